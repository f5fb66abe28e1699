import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Holidays } from '../flow/ports.ts';

/** What the process beside us is asked. */
export type Question =
  | { kind: 'dates'; place: string; years: readonly number[] }
  | { kind: 'countries' }
  | { kind: 'regions'; country: string };

const ANSWERS_WITHIN_MS = 20_000;
const run = promisify(execFile);

/**
 * The public holidays of the world. The rules for them weigh as much in memory as a third of the product and are needed
 * once a year and place: a process of its own reads them, answers, and is gone.
 */
export const publicHolidays: Holidays = {
  dates: async (place, years) => dates.parse(await ask({ kind: 'dates', place, years })),
  countries: async () => codes.parse(await ask({ kind: 'countries' })),
  regions: async (country) =>
    regions.parse(await ask({ kind: 'regions', country })).map(([code, name]) => ({ code, name })),
};

const dates = z.array(z.iso.date());
const codes = z.array(z.string());
const regions = z.array(z.tuple([z.string(), z.string()]));

async function ask(question: Question): Promise<unknown> {
  const program = join(import.meta.dirname, 'holidays-main.ts');
  const options = { timeout: ANSWERS_WITHIN_MS, maxBuffer: 10_000_000 };
  const { stdout } = await run(process.execPath, [program, JSON.stringify(question)], options);
  return JSON.parse(stdout);
}
