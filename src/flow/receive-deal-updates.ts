import { insertDealEvents } from '../db/deal-event.ts';
import { type DealUpdate, HISTORY_AFTER_DAYS, isHistory } from '../domain/deal-update.ts';
import type { Flow } from './ports.ts';

export interface Receipt {
  accepted: number;
  /** Updates that were known already: the same source and event id. */
  duplicates: number;
}

/**
 * Takes deal updates in: they are stored, with the job that applies them, when this returns (promise 6). The same
 * update again is counted and changes nothing. Throws when the database is away; then nothing is stored.
 */
export async function receiveDealUpdates(
  flow: Flow,
  workspaceId: string,
  updates: readonly DealUpdate[],
  { historyAfterDays = HISTORY_AFTER_DAYS }: { historyAfterDays?: number } = {},
): Promise<Receipt> {
  const receivedAt = flow.now();
  const received = updates.map((update) => ({
    update,
    history: isHistory(update, receivedAt, historyAfterDays),
  }));
  const accepted = await flow.store.transaction(async (tx) => {
    const deals = await insertDealEvents(tx, workspaceId, received, receivedAt);
    if (deals.length > 0) await flow.store.enqueue(tx, 'apply-deal-updates', { workspaceId });
    return deals.length;
  });
  return { accepted, duplicates: updates.length - accepted };
}
