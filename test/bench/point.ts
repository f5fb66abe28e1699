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

/** Medians of what was measured on either side. */
export interface Compared {
  ours: number;
  beside: number;
  /** The median of the rounds' ratios: a machine that is slow for a while is slow for both sides of a round. */
  ratio: number;
}

/** Measures both sides `rounds` times, by turns. */
export async function byTurns(
  rounds: number,
  sides: Record<'ours' | 'beside', () => Promise<number>>,
): Promise<Compared> {
  const all: Record<'ours' | 'beside', number>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const measured = { ours: 0, beside: 0 };
    for (const side of round % 2 === 1 ? (['ours', 'beside'] as const) : (['beside', 'ours'] as const)) {
      measured[side] = await sides[side]();
    }
    all.push(measured);
    const { ours, beside } = measured;
    tell(`  round ${round}: ${ours.toFixed(2)} beside ${beside.toFixed(2)}, ${(ours / beside).toFixed(2)}`);
  }
  return {
    ours: median(all.map(({ ours }) => ours)),
    beside: median(all.map(({ beside }) => beside)),
    ratio: median(all.map(({ ours, beside }) => ours / beside)),
  };
}

/** How long `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
