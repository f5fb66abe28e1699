import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import type { Grouping } from '../db/figures.ts';
import type { FigureGroups } from '../flow/digests/read-figures.ts';
import type { Figures } from '../flow/show/views.ts';

import { figuresTable } from './figures-table.ts';
import { DONE, type Io, inPlainWords, readWorkspace, UsageError } from './io.ts';

const HELP = `Prints the numbers behind the digest. Amounts of different currencies are never added up.

  npm run figures -- --from 2017-01-01 --to 2017-12-31 [--by rep|manager|account|month] [--json] [--workspace T…]

  --from --to        local dates of the workspace, both included
  --by               one line for each
  --json             for programs: amounts are exact decimals in quotes
  --workspace T…     without it, the workspace of SLACK_BOT_TOKEN
`;

const BY: readonly string[] = ['rep', 'manager', 'account', 'month'] satisfies Grouping[];

/** `npm run figures -- --from … --to …`: returns the exit code (io.ts). */
export async function runFigures(argv: readonly string[], io: Io): Promise<number> {
  return await inPlainWords(io, async () => {
    const { values: flags } = parseArgs({ args: [...argv], options: OPTIONS });
    if (flags.help) {
      io.stdout.write(HELP);
      return DONE;
    }
    const from = readDate('from', flags.from);
    const to = readDate('to', flags.to);
    if (Temporal.PlainDate.compare(from, to) > 0) throw new UsageError('--to must not come before --from');
    const by = readBy(flags.by);
    const desk = await io.openWorkspace({ workspaceId: readWorkspace(flags.workspace), begin: false });
    try {
      const period = { from: startOf(from, desk.timeZone), to: startOf(to.add({ days: 1 }), desk.timeZone) };
      const figures = await desk.readFigures({ ...period, ...(by === undefined ? {} : { by }) });
      io.stdout.write(flags.json ? asJson(figures, desk.timeZone) : figuresTable(figures, by));
      return DONE;
    } finally {
      await desk.close();
    }
  });
}

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  json: { type: 'boolean' },
  workspace: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function readDate(flag: string, word: string | undefined): Temporal.PlainDate {
  if (word === undefined)
    throw new UsageError(`say --${flag} when, such as --${flag} 2017-01-01; see --help`);
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return Temporal.PlainDate.from(word);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UsageError(`--${flag}: "${word}" is no date such as 2017-01-01`);
}

function readBy(word: string | undefined): Grouping | undefined {
  if (word === undefined || BY.includes(word)) return word as Grouping | undefined;
  throw new UsageError(`--by is ${BY.join(', ')}, not "${word}"`);
}

function startOf(date: Temporal.PlainDate, timeZone: string): Date {
  return new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
}

function asJson({ total, groups }: FigureGroups, timeZone: string): string {
  const { from, to } = total;
  const plain = ({ from: _, to: __, ...figures }: Figures) => figures;
  const named = groups.map(({ name, figures }) => ({ name, ...plain(figures) }));
  return `${JSON.stringify({ from, to, timeZone, total: plain(total), groups: named }, null, 2)}\n`;
}
