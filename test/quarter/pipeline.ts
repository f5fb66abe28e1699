import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';

const DAY_MS = 86_400_000;
/** The working day of the file's sellers, from New York to Los Angeles, in minutes of UTC. */
const AT_WORK = { from: 13 * 60, to: 24 * 60 };

type Row = Record<
  | 'opportunity_id'
  | 'sales_agent'
  | 'product'
  | 'account'
  | 'deal_stage'
  | 'engage_date'
  | 'close_date'
  | 'close_value',
  string
>;

/** A quarter of a sales pipeline: what was known when it began, and what its CRM tells in its course, oldest first. */
export interface Pipeline {
  agents: string[];
  history: DealUpdate[];
  news: DealUpdate[];
}

/**
 * Reads the quarter that begins on `from` (a local date) and lasts so many weeks. The file knows days only: `chance`
 * gives each an instant of its working day. Deals without an account or a first day are left out.
 */
export function readQuarter(
  path: string,
  { from, weeks, agentsAtMost, chance }: QuarterOptions,
): Pipeline & { begin: Date; end: Date } {
  const rows: Row[] = parse(readFileSync(path), { columns: true, bom: true });
  const agents = [...new Set(rows.map((row) => row.sales_agent))].sort().slice(0, agentsAtMost);
  const begin = new Date(`${from}T00:00:00Z`);
  const end = new Date(begin.getTime() + weeks * 7 * DAY_MS);
  const known = rows.filter((row) => {
    return agents.includes(row.sales_agent) && row.account !== '' && row.engage_date !== '';
  });
  const updates = known.flatMap((row) => toldOf(row, chance)).sort((a, b) => +a.occurredAt - +b.occurredAt);
  return {
    ...{ agents, begin, end },
    history: updates.filter(({ occurredAt }) => occurredAt < begin),
    news: updates.filter(({ occurredAt }) => occurredAt >= begin && occurredAt < end),
  };
}

export interface QuarterOptions {
  from: string;
  weeks: number;
  agentsAtMost: number;
  chance(): number;
}

/** What a CRM tells of a deal: that it was opened, and what became of it. */
function toldOf(row: Row, chance: () => number): DealUpdate[] {
  const { opportunity_id: dealId, account, product, sales_agent: owner } = row;
  const openedAt = within(row.engage_date, chance);
  const deal = { source: 'crm', dealId, account: { name: account }, owner: { name: owner }, name: product };
  const opened = { ...deal, eventId: `${dealId}_opened`, occurredAt: openedAt, openedAt };
  const told: DealUpdate[] = [{ ...opened, status: 'open' }];
  if (row.close_date === '') return told;
  const closedAt = new Date(Math.max(+within(row.close_date, chance), +openedAt + 1));
  const closed = { ...deal, eventId: `${dealId}_closed`, occurredAt: closedAt, closedAt };
  if (row.deal_stage !== 'Won') told.push({ ...closed, status: 'lost' });
  else told.push({ ...closed, status: 'won', amount: { value: row.close_value, currency: 'USD' } });
  return told;
}

function within(day: string, chance: () => number): Date {
  const minutes = AT_WORK.from + Math.floor(chance() * (AT_WORK.to - AT_WORK.from));
  return new Date(Date.parse(day) + minutes * 60_000 + Math.floor(chance() * 60_000));
}
