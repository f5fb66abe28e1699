/** What a process that a test starts needs of this one's environment: its paths, its zone and its clock (faketime). */
export function childEnv(): Record<string, string> {
  const needed = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|TZ|LD_PRELOAD|FAKETIME.*)$/.test(name),
  );
  return Object.fromEntries(needed) as Record<string, string>;
}
