/** One line of the table: what was measured beside what. */
export interface Row {
  what: string;
  ours: string;
  beside: string;
  /** Ours divided by the other; null where there is nothing to divide by. */
  ratio: number | null;
  target: string;
  pass: boolean;
}

/** Something that is measured on its own: `npm run bench -- <name>`. */
export interface Point {
  name: string;
  run(): Promise<Row[]>;
}

/** What a point tells while it runs; the table goes to standard output. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The nearest-rank percentile. Throws for no values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** Runs each of `sides` `rounds` times, by turns, so that a machine that is slow for a while is slow for all. */
export async function byTurns<K extends string>(
  rounds: number,
  sides: Record<K, () => Promise<number>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(sides) as K[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await sides[name]();
      measured[name].push(value);
      tell(`  round ${round + 1}, ${name}: ${value.toFixed(2)}`);
    }
  }
  return measured;
}

/** How long `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
