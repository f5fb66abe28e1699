import { readFileSync } from 'node:fs';

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
export async function byTurns(rounds: number, sides: Sides<number>): Promise<Compared> {
  const wrap = (side: () => Promise<number>) => async () => ({ measured: await side() });
  const sidesOf = { ours: wrap(sides.ours), beside: wrap(sides.beside) };
  return (await compareByTurns(rounds, sidesOf)).measured;
}

type Sides<T> = Record<'ours' | 'beside', () => Promise<T>>;

/** The same where one measurement tells several figures. */
export async function compareByTurns<K extends string>(
  rounds: number,
  sides: Sides<Record<K, number>>,
): Promise<Record<K, Compared>> {
  const ours: Record<K, number>[] = [];
  const beside: Record<K, number>[] = [];
  const turns = [async () => ours.push(await sides.ours()), async () => beside.push(await sides.beside())];
  for (let round = 1; round <= rounds; round += 1) {
    for (const turn of round % 2 === 1 ? turns : turns.toReversed()) await turn();
    tell(`  round ${round}: ${inWords(ours.at(-1))} beside ${inWords(beside.at(-1))}`);
  }
  const keys = Object.keys(ours[0] ?? {}) as K[];
  const compared = keys.map((key): [K, Compared] => [
    key,
    {
      ours: median(ours.map((figures) => figures[key])),
      beside: median(beside.map((figures) => figures[key])),
      ratio: median(ours.map((figures, round) => figures[key] / (beside[round]?.[key] ?? Number.NaN))),
    },
  ]);
  return Object.fromEntries(compared) as Record<K, Compared>;
}

function inWords(figures: Record<string, number> = {}): string {
  return Object.values(figures)
    .map((figure) => figure.toFixed(2))
    .join(', ');
}

/** Resident memory of a process; 0 once it is gone. */
export function residentMb(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_024;
  } catch {
    return 0;
  }
}

/** How long `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
