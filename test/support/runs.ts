/** How many runs a property gets: `usual`, times TEST_RUNS where there is time for more. */
export function runs(usual: number): number {
  return usual * Number(process.env.TEST_RUNS ?? 1);
}
