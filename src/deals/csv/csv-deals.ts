import { hash } from 'node:crypto';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import { type Fault, readEvent } from '../hook/event.ts';
import type { CsvFile, RowFault } from './csv.ts';
import { type CsvColumns, type CsvField, type CsvWords, folded } from './csv-columns.ts';
import { dateReader } from './csv-date.ts';

export interface CsvDealsOptions {
  columns: CsvColumns;
  words: CsvWords;
  /** Of amounts whose row names none. */
  currency: string;
  /** IANA zone of dates without an offset. */
  timeZone: string;
  /** What the updates are said to come from: deals with the same id and source are the same deal. */
  source: string;
  /**
   * When the file told the truth: rows say how deals stand, not when that came about, so this is when their updates
   * occurred. An edited row of a later file then overrules the earlier one.
   */
  asOf: Date;
  batchSize?: number;
  onFault(fault: RowFault): void;
}

/**
 * Turns rows into deal updates, in batches. The id of an update is made of what its row says: the same row again is
 * the same update, an edited one is a new one. Faulty rows go to `onFault` and are left out.
 */
export async function* readDeals(file: CsvFile, options: CsvDealsOptions): AsyncGenerator<DealUpdate[]> {
  const { batchSize = 1_000, onFault } = options;
  const read = rowReader(file.header, options);
  let batch: DealUpdate[] = [];
  for await (const { line, cells } of file.rows(onFault)) {
    const { update, faults } = read(cells);
    if (update !== undefined) batch.push(update);
    for (const { column, reason } of faults) onFault({ line, column, reason });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface CellFault {
  column: string | null;
  reason: string;
}

/** Which field a path of the event comes from. */
const FIELDS: Record<string, CsvField> = {
  occurred_at: 'occurred',
  'deal.id': 'id',
  'deal.name': 'name',
  'deal.url': 'url',
  'deal.account.id': 'account-id',
  'deal.account.name': 'account',
  'deal.owner.email': 'owner-email',
  'deal.owner.name': 'owner',
  'deal.amount.value': 'amount',
  'deal.amount.currency': 'currency',
  'deal.opened_at': 'opened',
  'deal.closed_at': 'closed',
};

type Cells = Partial<Record<CsvField, string>>;

function rowReader(header: readonly string[], options: CsvDealsOptions) {
  const { columns, source, asOf } = options;
  const fields = Object.entries(columns) as [CsvField, number][];
  const readDate = dateReader(options.timeZone);
  const columnOf = (field: CsvField | undefined) => {
    const index = field === undefined ? undefined : columns[field];
    return index === undefined ? null : (header[index] ?? null);
  };

  return (row: readonly string[]): { update?: DealUpdate; faults: CellFault[] } => {
    const cells: Cells = {};
    const faults: CellFault[] = [];
    const fault = (field: CsvField, reason: string) => faults.push({ column: columnOf(field), reason });
    for (const [field, index] of fields) {
      const cell = row[index]?.trim() ?? '';
      if (cell === '') continue;
      const reason = unreadable(cell);
      if (reason === null) cells[field] = cell;
      else fault(field, reason);
    }
    const date = (field: 'opened' | 'closed' | 'occurred') => {
      const text = cells[field];
      const at = text === undefined ? null : readDate(text);
      if (text !== undefined && at === null) fault(field, `"${shown(text)}" is no date such as 2017-03-01`);
      return at?.toISOString();
    };
    const deal = { ...plainFields(cells, options.currency), ...standingOf(cells, options, fault) };
    const times = { opened_at: date('opened'), closed_at: date('closed') };
    const occurred = date('occurred');
    if (faults.length > 0) return { faults };
    const event = {
      id: eventId(deal, cells),
      type: 'deal.updated',
      occurred_at: occurred ?? asOf.toISOString(),
    };
    const reading = readEvent({ ...event, deal: { ...deal, ...times } }, source, asOf);
    if (reading.kind === 'read') return { update: reading.updates[0] as DealUpdate, faults };
    return {
      faults: reading.faults.map((it) => ({ column: columnOf(fieldOf(it, cells)), reason: it.reason })),
    };
  };
}

/** Signs of a file that is read the wrong way; a name that spans rows would hide what it swallowed. */
function unreadable(cell: string): string | null {
  if (cell.includes('\ufffd')) return 'is not UTF-8: save the file as UTF-8, or pass --encoding latin1';
  if (/[\r\n]/.test(cell)) return 'has a line break: is a quote missing?';
  return null;
}

function plainFields(cells: Cells, currency: string) {
  const email = cells['owner-email'] ?? (cells.owner?.includes('@') ? cells.owner : undefined);
  const name = cells.owner === email ? undefined : cells.owner;
  return {
    id: cells.id,
    name: cells.name,
    url: cells.url,
    account: { id: cells['account-id'], name: cells.account ?? standIn(cells, name ?? email) },
    owner: name === undefined && email === undefined ? undefined : { email, name },
    amount:
      cells.amount === undefined ? undefined : { value: cells.amount, currency: cells.currency ?? currency },
  };
}

/**
 * What an account is called that the file does not name. One for each owner: somebody then owns the door, and can
 * say who the client is; one for all would be a client that everybody sells to.
 */
function standIn(cells: Cells, owner: string | undefined): string {
  if (cells['account-id'] !== undefined) return `Account ${cells['account-id']}`;
  return owner === undefined ? 'Account not named' : `Account not named (${owner})`;
}

/** The status and, of an open deal, the stage. A column of its own for stages must hold words that are known. */
function standingOf(
  cells: Cells,
  { words, columns }: CsvDealsOptions,
  fault: (field: CsvField, reason: string) => void,
) {
  const status = words.status.get(folded(cells.status ?? ''));
  if (cells.status === undefined) fault('status', 'is missing');
  else if (status === undefined) {
    fault(
      'status',
      `"${shown(cells.status)}" is none of the words for won, lost or open: add it to one of these flags`,
    );
  }
  if (status === 'won' && cells.closed === undefined && cells.occurred === undefined) {
    fault('closed', 'is missing: when was the deal won?');
  }
  if (status !== 'open') return { status };
  const word = cells.stage ?? cells.status ?? '';
  const stage = words.stage.get(folded(word));
  if (stage === undefined && cells.stage !== undefined && columns.stage !== columns.status) {
    fault(
      'stage',
      `"${shown(word)}" is no stage known here: say which with --stage-words "${shown(word)}=deliver"`,
    );
  }
  return { status, stage };
}

function eventId(deal: { id: string | undefined }, cells: Cells): string {
  const said = JSON.stringify([deal, cells.opened, cells.closed, cells.occurred]);
  return `${(deal.id ?? '').slice(0, 200)}#${hash('sha256', said, 'base64url').slice(0, 22)}`;
}

function fieldOf(fault: Fault, cells: Cells): CsvField | undefined {
  const field = FIELDS[fault.path];
  return field === 'owner-email' && cells['owner-email'] === undefined ? 'owner' : field;
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
