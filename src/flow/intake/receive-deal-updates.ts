import { insertDealEvents } from '../../db/cycle/deal-event.ts';
import { type DealUpdate, isHistory } from '../../domain/cycle/deal-update.ts';
import type { Flow } from '../ports.ts';

export interface Receipt {
  accepted: number;
  /** Updates that were known already: the same source and event id. */
  duplicates: number;
}

/**
 * Takes the deal updates of one or more requests in: they are stored together, with the job that applies them, when
 * this returns (promise 6), and each request has its receipt, in their order. The same update again is counted and
 * changes nothing. Throws when the database is away; then nothing is stored. What ships calls it through
 * gatherDealUpdates().
 */
export async function receiveDealUpdates(
  flow: Flow,
  workspaceId: string,
  requests: readonly (readonly DealUpdate[])[],
): Promise<Receipt[]> {
  const receivedAt = flow.now();
  const received = requests.flat().map((update) => ({ update, history: isHistory(update, receivedAt) }));
  const added = await flow.store.transaction(async (tx) => {
    // Both on their way at once; where nothing was new, the job finds nothing to do.
    const [events] = await Promise.all([
      insertDealEvents(tx, workspaceId, received, receivedAt),
      flow.store.enqueue(tx, 'apply-deal-updates', { workspaceId }),
    ]);
    return new Set(events.map(keyOf));
  });
  // Of one event that several requests tell, the first one's is new: deleting it leaves the others duplicates.
  return requests.map((updates) => {
    const accepted = updates.filter((update) => added.delete(keyOf(update))).length;
    return { accepted, duplicates: updates.length - accepted };
  });
}

function keyOf({ source, eventId }: { source: string; eventId: string }): string {
  return `${source}\n${eventId}`;
}
