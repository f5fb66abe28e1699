import { insertDealEvents } from '../../db/deal-event.ts';
import { type DealUpdate, isHistory } from '../../domain/cycle/deal-update.ts';
import type { Flow } from '../ports.ts';

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
): Promise<Receipt> {
  const isNew = await storeDealUpdates(flow, workspaceId, updates);
  const accepted = updates.filter(isNew).length;
  return { accepted, duplicates: updates.length - accepted };
}

/** Tells of each update, once, whether it was new. */
export async function storeDealUpdates(
  flow: Flow,
  workspaceId: string,
  updates: readonly DealUpdate[],
): Promise<(update: DealUpdate) => boolean> {
  const receivedAt = flow.now();
  const received = updates.map((update) => ({ update, history: isHistory(update, receivedAt) }));
  const keyOf = ({ source, eventId }: { source: string; eventId: string }) => `${source}\n${eventId}`;
  const stored = await flow.store.transaction(async (tx) => {
    // Both on their way at once; where nothing was new, the job finds nothing to do.
    const [events] = await Promise.all([
      insertDealEvents(tx, workspaceId, received, receivedAt),
      flow.store.enqueue(tx, 'apply-deal-updates', { workspaceId }),
    ]);
    return new Set(events.map(keyOf));
  });
  return (update) => stored.delete(keyOf(update));
}
