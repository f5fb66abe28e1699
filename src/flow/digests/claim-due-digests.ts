import { v7 as uuid } from 'uuid';
import {
  insertDigest,
  moveSubscription,
  readLastDigest,
  takeDueSubscriptions,
} from '../../db/asking/digest.ts';
import { calendarOf } from '../../domain/asking/playbook.ts';
import { nextDigestAt } from '../../domain/figures/digest.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

const DIGESTS_AT_ONCE = 100;

/** Puts the digests that are due on their way, each once. One that never reached its channel is told with the next. */
export async function claimDueDigests(flow: Flow, workspaceId: string): Promise<number> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now, playbook } = scope;
    const due = await takeDueSubscriptions(tx, workspaceId, now, DIGESTS_AT_ONCE);
    for (const { channelId, cadence, timeZone, since } of due) {
      const digestId = uuid();
      const calendar = calendarOf(playbook, { timeZone, promptAt: null });
      const last = await readLastDigest(tx, workspaceId, channelId);
      const isUntold = last !== null && last.deliveredAt === null && last.attemptedAt === null;
      const from = isUntold && last.from < since ? last.from : since;
      const isNew = await insertDigest(tx, { workspaceId, id: digestId, channelId, from, to: now });
      if (isNew) await flow.store.enqueue(tx, 'send-digest', { workspaceId, digestId });
      await moveSubscription(tx, workspaceId, channelId, {
        since: now,
        dueAt: nextDigestAt(cadence, calendar, now),
      });
    }
    return due.length;
  });
}
