import { readDueTimes } from '../../db/asking/prompt.ts';
import { insertDealEvents } from '../../db/cycle/deal-event.ts';
import { lockAccounts, readUnsettled } from '../../db/who/account.ts';
import type { Rep } from '../../db/who/rep.ts';
import { Diary, PROMPTS_A_DAY, RETURNS_A_DAY } from '../../domain/asking/spread-history.ts';
import { localDate } from '../../domain/asking/workday.ts';
import { type DealUpdate, isHistory } from '../../domain/cycle/deal-update.ts';
import type { Spread } from '../asking/new-prompt.ts';
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
  const diaries = new Map<string, Diary>();
  const take = async (updates: readonly DealUpdate[]) => {
    const accepted = await storeBatch(flow, workspaceId, updates, historyAfterDays, diaries);
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
  await settleUnsettled(flow, workspaceId);
  return total;
}

async function storeBatch(
  flow: Flow,
  workspaceId: string,
  updates: readonly DealUpdate[],
  historyAfterDays: number,
  diaries: Map<string, Diary>,
): Promise<number> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const received = updates.map((update) => ({ update, history: isHistory(update, now, historyAfterDays) }));
    const deals = await insertDealEvents(tx, workspaceId, received, now, true);
    await applyDeals(scope, deals, { spread: spreadOver(scope, diaries) });
    return deals.length;
  });
}

/** Plans the returns at the accounts that an import has touched, slice by slice. */
export async function settleUnsettled(flow: Flow, workspaceId: string): Promise<number> {
  const diaries = new Map<string, Diary>();
  let settled = 0;
  for (;;) {
    const found = await inScope(flow, workspaceId, async (scope) => {
      const ids = await readUnsettled(scope.tx, workspaceId, ACCOUNTS_AT_ONCE);
      await lockAccounts(scope.tx, workspaceId, ids);
      await scheduleReturns(scope, ids, spreadOver(scope, diaries));
      return ids.length;
    });
    settled += found;
    if (found < ACCOUNTS_AT_ONCE) return settled;
  }
}

/** `diaries` remembers, from batch to batch, which of a rep's days are taken. */
function spreadOver(scope: Scope, diaries: Map<string, Diary>): Spread {
  return async (rep, planned) => {
    const isReturn = planned.question === 'return';
    const key = `${rep.id}:${isReturn ? 'returns' : 'prompts'}`;
    const opened = diaries.get(key) ?? (await openDiary(scope, rep, isReturn));
    // The other batch may have opened it meanwhile.
    const diary = diaries.get(key) ?? opened;
    diaries.set(key, diary);
    return diary.take(planned.dueAt);
  };
}

async function openDiary(scope: Scope, rep: Rep, forReturns: boolean): Promise<Diary> {
  const { tx, workspaceId, now } = scope;
  const calendar = calendarFor(scope, rep);
  const taken = new Map<string, number>();
  for (const { question, dueAt, count } of await readDueTimes(tx, workspaceId, [rep.id], now)) {
    if ((question === 'return') !== forReturns) continue;
    const day = localDate(calendar.timeZone, dueAt);
    taken.set(day, (taken.get(day) ?? 0) + count);
  }
  return new Diary(calendar, forReturns ? RETURNS_A_DAY : PROMPTS_A_DAY, taken);
}
