import { lockSubscription, moveSubscription } from '../../db/asking/digest.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, findOwners, inScope } from '../scope.ts';
import type { RefusedDigestView } from '../show/views.ts';

/**
 * Tells whoever subscribed, or whoever stands in for them, that their channel's digest is refused: once, in their
 * working time. Like a digest it is not told again after a time-out. Throws when Slack will take it later.
 */
export async function tellRefusedDigest(
  flow: Flow,
  job: { workspaceId: string; channelId: string },
): Promise<void> {
  const { workspaceId, channelId } = job;
  const told = await claim(flow, job);
  if (told === null) return;
  const slack = flow.slackOf(workspaceId);
  const dm = await slack.openDm(told.slackUserId);
  const sent = dm.kind === 'sent' ? await slack.sendRefusedDigest(dm.channelId, told.view) : dm;
  if (sent.kind === 'sent') return;
  flow.log.warn({ workspaceId, channelId, ...sent }, 'nobody heard that a digest is refused');
  if (sent.kind !== 'later') return;
  await flow.store.transaction((tx) => moveSubscription(tx, workspaceId, channelId, { refusalToldAt: null }));
  throw new Error(`it was not told that a digest is refused: ${sent.error}`);
}

/** Null when it is told, put off, or over. */
async function claim(
  flow: Flow,
  job: { workspaceId: string; channelId: string },
): Promise<{ slackUserId: string; view: RefusedDigestView } | null> {
  const { workspaceId, channelId } = job;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, store, now } = scope;
    const subscription = await lockSubscription(tx, workspaceId, channelId);
    if (subscription === null || subscription.refusedFor === null || subscription.refusalToldAt !== null) {
      return null;
    }
    const { subscribedBy, refusedFor } = subscription;
    const rep = (await findOwners(scope, [subscribedBy])).get(subscribedBy);
    if (rep === undefined || rep.slackUserId === null) return null;
    const at = nextWorkingTime(calendarFor(scope, rep), now);
    if (at > now) {
      const startAfter = Math.ceil((at.getTime() - now.getTime()) / 1_000);
      await store.enqueue(tx, 'tell-refused-digest', job, { startAfter });
      return null;
    }
    await moveSubscription(tx, workspaceId, channelId, { refusalToldAt: now });
    return { slackUserId: rep.slackUserId, view: { channelId, refusedFor } };
  });
}
