import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type CsvFile, type CsvLayout, openCsv } from '../deals/csv/csv.ts';
import { CSV_FIELDS, type CsvField, findColumns, readWords } from '../deals/csv/csv-columns.ts';
import { dateReader } from '../deals/csv/csv-date.ts';
import { readDeals } from '../deals/csv/csv-deals.ts';
import { readTeams } from '../deals/csv/csv-teams.ts';
import { HISTORY_AFTER_DAYS } from '../domain/cycle/deal-update.ts';
import { DAY_MS } from '../domain/durations.ts';
import { IMPORT_HELP } from './import-help.ts';
import { counted, DONE, type Io, inPlainWords, readWorkspace, SKIPPED_SOME, UsageError } from './io.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { planTable } from './plan-table.ts';
import { progressOf } from './progress.ts';
import { SkippedRows } from './skipped-rows.ts';

/** `npm run import -- FILE.csv`: returns the exit code (io.ts). */
export async function runImport(argv: readonly string[], io: Io): Promise<number> {
  return await inPlainWords(io, async () => {
    const { flags, path } = readArguments(argv);
    if (flags.help) {
      io.stdout.write(IMPORT_HELP);
      return DONE;
    }
    if (path === undefined) throw new UsageError('name one CSV file; see --help');
    if (flags.teams && flags['dry-run'])
      throw new UsageError('--dry-run is for deals: teams ask nobody anything');
    const workspaceId = readWorkspace(flags.workspace);
    const file = await openCsv(path, readLayout(flags));
    const take = flags.teams ? takeTeams : takeDeals;
    return await take({ file, path, flags, workspaceId, io });
  });
}

const text = { type: 'string' } as const;
const TEXT_FLAGS = [
  'won',
  'lost',
  'open',
  'stage-words',
  'prompt-since',
  'as-of',
  'source',
  'delimiter',
] as const;
const MORE_FLAGS = ['encoding', 'workspace', 'manager'] as const;
type TextFlag = CsvField | (typeof TEXT_FLAGS)[number] | (typeof MORE_FLAGS)[number];
type Flags = Partial<Record<TextFlag, string>> & { help?: boolean; teams?: boolean; 'dry-run'?: boolean };

function readArguments(argv: readonly string[]): { flags: Flags; path: string | undefined } {
  const names = [...CSV_FIELDS, ...TEXT_FLAGS, ...MORE_FLAGS];
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...Object.fromEntries(names.map((name) => [name, text])),
      help: { type: 'boolean', short: 'h' },
      teams: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
    },
  });
  if (positionals.length > 1) throw new UsageError(`one file at a time, not ${positionals.join(' and ')}`);
  return { flags: values as Flags, path: positionals[0] };
}

function readLayout({ delimiter, encoding }: Flags): CsvLayout {
  const character = delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter;
  if (character !== undefined && character.length !== 1)
    throw new UsageError('--delimiter is one character, or "tab"');
  if (encoding === undefined || encoding === 'utf8' || encoding === 'latin1' || encoding === 'utf16le') {
    return { delimiter: character, encoding };
  }
  throw new UsageError(`--encoding is utf8, latin1 or utf16le, not "${encoding}"`);
}

interface Task {
  file: CsvFile;
  path: string;
  flags: Flags;
  workspaceId: string | undefined;
  io: Io;
}

async function takeDeals({ file, path, flags, workspaceId, io }: Task): Promise<number> {
  const { columns, currency } = findColumns(file.header, flags);
  const words = readWords({ ...flags, stageWords: flags['stage-words'] });
  const skipped = new SkippedRows();
  const written = (await stat(path)).mtime;
  await using desk = await openWorkspace(io, workspaceId, flags['dry-run']);
  const { timeZone } = desk;
  const batches = readDeals(file, {
    columns,
    words,
    timeZone,
    currency: currency ?? desk.currency,
    source: flags.source ?? 'csv',
    asOf: earlier(readMoment('as-of', flags['as-of'], timeZone) ?? written, io.now()),
    onFault: skipped.take,
  });
  const historyAfterDays = readHistory(flags['prompt-since'], timeZone, io.now());
  let rows = 0;
  const progress = progressOf(file, io.stderr);
  async function* shown() {
    for await (const batch of batches) {
      rows += batch.length;
      progress.show(rows + skipped.count);
      yield batch;
    }
  }
  const { accepted, duplicates } = await desk
    .importDeals(shown(), historyAfterDays)
    .finally(() => progress.done())
    .catch((cause: unknown) => {
      io.stderr.write(`Stopped near row ${counted(rows)}: run it again, what is in is not taken twice.\n`);
      throw cause;
    });
  io.stdout.write(
    `${basename(path)}: ${counted(rows + skipped.count)} rows\n` +
      `  ${counted(accepted)} new\n  ${counted(duplicates)} already known\n  ${counted(skipped.count)} skipped\n`,
  );
  if (flags['dry-run']) io.stdout.write(`\n${planTable(await desk.showPlan())}`);
  return finish(skipped, io);
}

async function takeTeams({ file, path, flags, workspaceId, io }: Task): Promise<number> {
  const skipped = new SkippedRows();
  const columns = { owner: flags.owner ?? 'owner', manager: flags.manager ?? 'manager' };
  const rows = await readTeams(file, columns, skipped.take);
  await using desk = await openWorkspace(io, workspaceId);
  const changed = await desk.importTeams(rows);
  io.stdout.write(
    `${basename(path)}: ${counted(rows.length + skipped.count)} rows\n` +
      `  ${counted(changed)} reps with another manager than before\n  ${counted(skipped.count)} skipped\n`,
  );
  return finish(skipped, io);
}

async function openWorkspace(
  io: Io,
  workspaceId: string | undefined,
  dryRun?: boolean,
): Promise<OpenWorkspace & AsyncDisposable> {
  const desk = await io.openWorkspace({ workspaceId, begin: true, dryRun });
  return { ...desk, [Symbol.asyncDispose]: async () => await desk.close() };
}

function finish(skipped: SkippedRows, io: Io): number {
  if (skipped.count === 0) return DONE;
  io.stderr.write(skipped.describe());
  return SKIPPED_SOME;
}

function readMoment(flag: string, word: string | undefined, timeZone: string): Date | undefined {
  if (word === undefined) return undefined;
  const at = dateReader(timeZone)(word);
  if (at === null) throw new UsageError(`--${flag}: "${word}" is no date such as 2017-12-31`);
  return at;
}

/** Days after which a close is history; from days, or from the date since when reps are asked. */
function readHistory(word: string | undefined, timeZone: string, now: Date): number {
  if (word === undefined) return HISTORY_AFTER_DAYS;
  if (/^\d{1,5}$/.test(word)) return Number(word);
  const since = readMoment('prompt-since', word, timeZone) as Date;
  return Math.max(0, (now.getTime() - since.getTime()) / DAY_MS);
}

/** A file from a clock that runs ahead is of now. */
function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
