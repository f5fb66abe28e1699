import {
  type Digest,
  lockDigest,
  lockSubscription,
  moveSubscription,
  readLastDigest,
  type Subscription,
  saveDigest,
} from '../../db/asking/digest.ts';
import { readLongestWaiting, readUnmatchedOwners } from '../../db/figures.ts';
import type { Flow, Sent } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import type { DigestView } from '../show/views.ts';
import { readTotal } from './read-figures.ts';

const WAITING_AT_MOST = 5;
/** How long a digest waits for its turn before its job is tried again. */
const TURN_WITHIN_MS = 30_000;

/**
 * Posts a digest. A channel's history is not the app's to read, so a digest whose posting ended in a time-out is not
 * posted again: better once too few than twice. Throws when Slack will take it later, so that the job runs again.
 * When Slack will not take it, the next one tries again, and whoever subscribed is told so once.
 */
export async function sendDigest(
  flow: Flow,
  { workspaceId, digestId }: { workspaceId: string; digestId: string },
): Promise<void> {
  const slack = flow.slackOf(workspaceId);
  // The turn first: what a dying process had recorded as attempted is not posted again.
  if (!(await slack.turn('send', TURN_WITHIN_MS)))
    throw new Error('there was no turn for the digest in time');
  const attempt = await beginAttempt(flow, workspaceId, digestId);
  if (attempt === null) return;
  const { digest, view } = attempt;
  const sent = await slack.sendDigest(digest.channelId, view);
  await inScope(flow, workspaceId, (scope) => record(scope, digest, sent));
  if (sent.kind === 'sent') return;
  flow.log.warn({ workspaceId, digestId, ...sent }, 'a digest did not reach its channel');
  if (sent.kind === 'later') throw new Error(`the digest was not posted: ${sent.error}`);
}

async function record(scope: Scope, digest: Digest, sent: Sent): Promise<void> {
  const { tx, store, workspaceId, now } = scope;
  const { id, channelId } = digest;
  if (sent.kind === 'sent') {
    await saveDigest(tx, workspaceId, id, { deliveredAt: now, messageTs: sent.ts, error: null });
    return await moveSubscription(tx, workspaceId, channelId, { refusedFor: null, refusalToldAt: null });
  }
  const attemptedAt = sent.kind === 'ambiguous' ? digest.attemptedAt : null;
  await saveDigest(tx, workspaceId, id, { error: sent.error, attemptedAt });
  if (sent.kind === 'later' || sent.kind === 'ambiguous') return;
  const subscription = await lockSubscription(tx, workspaceId, channelId);
  if (subscription === null || subscription.refusedFor !== null) return;
  await moveSubscription(tx, workspaceId, channelId, { refusedFor: sent.error });
  await store.enqueue(tx, 'tell-refused-digest', { workspaceId, channelId });
}

interface Attempt {
  digest: Digest;
  view: DigestView;
}

/** The attempt is recorded once there is something to post: what fails before that is tried again. */
async function beginAttempt(flow: Flow, workspaceId: string, digestId: string): Promise<Attempt | null> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const digest = await lockDigest(tx, workspaceId, digestId);
    if (digest === null || digest.deliveredAt !== null || digest.attemptedAt !== null) return null;
    const subscription = await lockSubscription(tx, workspaceId, digest.channelId);
    const last = await readLastDigest(tx, workspaceId, digest.channelId);
    // Nobody wants it any more, or a later one tells its period too.
    if (subscription === null || last?.id !== digestId) return null;
    const view = await readDigestView(scope, digest, subscription);
    await saveDigest(tx, workspaceId, digestId, { attemptedAt: now });
    return { digest: { ...digest, attemptedAt: now }, view };
  });
}

async function readDigestView(
  { tx, workspaceId, playbook }: Scope,
  { id, from, to }: Digest,
  { cadence, timeZone }: Subscription,
): Promise<DigestView> {
  return {
    digestId: id,
    cadence,
    timeZone,
    figures: await readTotal(tx, workspaceId, { from, to, timeZone: playbook.timeZone }),
    waiting: await readLongestWaiting(tx, workspaceId, WAITING_AT_MOST),
    unmatched: await readUnmatchedOwners(tx, workspaceId, WAITING_AT_MOST),
  };
}
