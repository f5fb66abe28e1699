import { readDueTimes } from '../../db/asking/prompt.ts';
import { insertDealEvents } from '../../db/cycle/deal-event.ts';
import { lockAccounts, readReturnsPending } from '../../db/who/account.ts';
import type { Rep } from '../../db/who/rep.ts';
import { DayPlanner, PROMPTS_A_DAY, RETURNS_A_DAY } from '../../domain/asking/spread-history.ts';
import { localDate } from '../../domain/asking/workday.ts';
import { type DealUpdate, isHistory } from '../../domain/cycle/deal-update.ts';
import type { Spread } from '../asking/new-prompt.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { applyDeals } from './apply-deal-updates.ts';
import type { Receipt } from './receive-deal-updates.ts';

const ACCOUNTS_AT_ONCE = 500;
/** The database is told again what its tables hold whenever they have grown by this factor. */
const GROWTH = 4;

export interface Importing {
  /** Days; closes that lie further back become history. */
  historyAfterDays: number;
  /** Called after each batch has been stored. */
  onProgress?(receipt: Receipt): void;
}

/**
 * Takes a history of deals in, batch by batch: the same way as live updates, but nobody is woken up by it. What it
 * asks is spread over the days to come. Each batch is stored whole or not at all; the same import again changes
 * nothing.
 */
export async function importDeals(
  flow: Flow,
  workspaceId: string,
  batches: AsyncIterable<readonly DealUpdate[]>,
  { historyAfterDays, onProgress }: Importing,
): Promise<Receipt> {
  const total: Receipt = { accepted: 0, duplicates: 0 };
  let analyzeAt = 1;
  const planners = new Map<string, DayPlanner>();
  const take = async (updates: readonly DealUpdate[]) => {
    const accepted = await storeBatch(flow, workspaceId, updates, historyAfterDays, planners);
    total.accepted += accepted;
    total.duplicates += updates.length - accepted;
    onProgress?.({ ...total });
  };
  let underWay: Promise<void> = Promise.resolve();
  for await (const updates of batches) {
    const before = underWay;
    // The database works on one batch while the next is prepared: each of the two waits half of its time.
    underWay = Promise.all([before, take(updates)]).then(() => undefined);
    underWay.catch(() => undefined);
    await before;
    if (total.accepted < analyzeAt) continue;
    await underWay;
    await flow.store.analyze();
    analyzeAt = total.accepted * GROWTH;
  }
  await underWay;
  await planPendingReturns(flow, workspaceId);
  return total;
}

async function storeBatch(
  flow: Flow,
  workspaceId: string,
  updates: readonly DealUpdate[],
  historyAfterDays: number,
  planners: Map<string, DayPlanner>,
): Promise<number> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const received = updates.map((update) => ({ update, history: isHistory(update, now, historyAfterDays) }));
    const deals = await insertDealEvents(tx, workspaceId, received, now, true);
    await applyDeals(scope, deals, { spread: spreadOver(scope, planners) });
    return deals.length;
  });
}

/** Plans the returns at the accounts that an import has touched, slice by slice. */
export async function planPendingReturns(flow: Flow, workspaceId: string): Promise<number> {
  const planners = new Map<string, DayPlanner>();
  let planned = 0;
  for (;;) {
    const found = await inScope(flow, workspaceId, async (scope) => {
      const ids = await readReturnsPending(scope.tx, workspaceId, ACCOUNTS_AT_ONCE);
      await lockAccounts(scope.tx, workspaceId, ids);
      await scheduleNeeds(scope, ids);
      await scheduleReturns(scope, ids, { spread: spreadOver(scope, planners) });
      return ids.length;
    });
    planned += found;
    if (found < ACCOUNTS_AT_ONCE) return planned;
  }
}

/** `planners` remembers, from batch to batch, which of a rep's days are taken. */
function spreadOver(scope: Scope, planners: Map<string, DayPlanner>): Spread {
  return async (rep, planned) => {
    const isReturn = planned.question === 'return';
    const key = `${rep.id}:${isReturn ? 'returns' : 'prompts'}`;
    const opened = planners.get(key) ?? (await openPlanner(scope, rep, isReturn));
    // The other batch may have opened it meanwhile.
    const planner = planners.get(key) ?? opened;
    planners.set(key, planner);
    return planner.take(planned.dueAt);
  };
}

async function openPlanner(scope: Scope, rep: Rep, forReturns: boolean): Promise<DayPlanner> {
  const { tx, workspaceId, now } = scope;
  const calendar = calendarFor(scope, rep);
  const taken = new Map<string, number>();
  for (const { question, dueAt, count } of await readDueTimes(tx, workspaceId, [rep.id], now)) {
    if ((question === 'return') !== forReturns) continue;
    const day = localDate(calendar.timeZone, dueAt);
    taken.set(day, (taken.get(day) ?? 0) + count);
  }
  return new DayPlanner(calendar, forReturns ? RETURNS_A_DAY : PROMPTS_A_DAY, taken);
}
