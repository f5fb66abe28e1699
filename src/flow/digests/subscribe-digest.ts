import { removeSubscription, saveSubscription } from '../../db/asking/digest.ts';
import { type Cadence, digestSince, nextDigestAt } from '../../domain/figures/digest.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';

export type Subscribed =
  | { kind: 'on'; firstAt: Date; timeZone: string }
  | { kind: 'off' }
  /** A digest tells of everybody's accounts, which is nothing for guests. */
  | { kind: 'not_for_guests' };

/** Posts a digest to a channel from now on, at the hour of whoever asked for it; or no longer. */
export async function subscribeDigest(
  flow: Flow,
  wish: Who & { channelId: string; cadence: Cadence | 'off' },
): Promise<Subscribed> {
  const { rep, isGuest } = await readerOf(flow, wish);
  if (isGuest) return { kind: 'not_for_guests' };
  const { workspaceId, channelId, cadence } = wish;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    if (cadence === 'off') {
      await removeSubscription(tx, workspaceId, channelId);
      return { kind: 'off' };
    }
    const calendar = calendarFor(scope, rep);
    const { timeZone } = calendar;
    const dueAt = nextDigestAt(cadence, calendar, now);
    const since = digestSince(cadence, now);
    const whose = { workspaceId, channelId, cadence, timeZone, subscribedBy: rep.id };
    await saveSubscription(tx, { ...whose, since, dueAt, refusedFor: null, refusalToldAt: null });
    return { kind: 'on', firstAt: dueAt, timeZone };
  });
}
