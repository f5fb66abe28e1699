import { v7 as uuid } from 'uuid';
import {
  type Digest,
  insertDigest,
  lockDigest,
  moveSubscription,
  readSubscription,
  saveDigest,
  takeDueSubscriptions,
} from '../../db/digest.ts';
import { readLongestWaiting, readUnmatchedOwners } from '../../db/figures.ts';
import { calendarOf } from '../../domain/asking/playbook.ts';
import { nextDigestAt } from '../../domain/figures/digest.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import type { DigestView } from '../show/views.ts';
import { readTotal } from './read-figures.ts';

const DIGESTS_AT_ONCE = 100;
const WAITING_AT_MOST = 5;

/** Puts the digests that are due on their way, each once. */
export async function claimDueDigests(flow: Flow, workspaceId: string): Promise<number> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now, playbook } = scope;
    const due = await takeDueSubscriptions(tx, workspaceId, now, DIGESTS_AT_ONCE);
    for (const { channelId, cadence, timeZone, since } of due) {
      const digestId = uuid();
      const calendar = calendarOf(playbook, { timeZone, promptAt: null });
      const isNew = await insertDigest(tx, { workspaceId, id: digestId, channelId, from: since, to: now });
      if (isNew) await flow.store.enqueue(tx, 'send-digest', { workspaceId, digestId });
      await moveSubscription(tx, workspaceId, channelId, {
        since: now,
        dueAt: nextDigestAt(cadence, calendar, now),
      });
    }
    return due.length;
  });
}

/**
 * Posts a digest. A channel's history is not the app's to read, so a digest whose posting ended in a time-out is not
 * posted again: better once too few than twice. Throws when Slack will take it later, so that the job runs again.
 */
export async function sendDigest(
  flow: Flow,
  { workspaceId, digestId }: { workspaceId: string; digestId: string },
): Promise<void> {
  const attempt = await beginAttempt(flow, workspaceId, digestId);
  if (attempt === null) return;
  const { digest, view } = attempt;
  const sent = await flow.slackOf(workspaceId).sendDigest(digest.channelId, view);
  await inScope(flow, workspaceId, async ({ tx, now }) => {
    if (sent.kind === 'sent') {
      return await saveDigest(tx, workspaceId, digestId, { deliveredAt: now, messageTs: sent.ts });
    }
    const attemptedAt = sent.kind === 'later' ? null : digest.attemptedAt;
    await saveDigest(tx, workspaceId, digestId, { error: sent.error, attemptedAt });
    if (sent.kind !== 'later' && sent.kind !== 'ambiguous') {
      await moveSubscription(tx, workspaceId, digest.channelId, { pausedReason: sent.error });
    }
  });
  if (sent.kind === 'sent') return;
  flow.log.warn({ workspaceId, digestId, ...sent }, 'a digest did not reach its channel');
  if (sent.kind === 'later') throw new Error(`the digest was not posted: ${sent.error}`);
}

interface Attempt {
  digest: Digest;
  view: DigestView;
}

/** The attempt is recorded once there is something to post: what fails before that is tried again. */
async function beginAttempt(flow: Flow, workspaceId: string, digestId: string): Promise<Attempt | null> {
  return await inScope(flow, workspaceId, async (scope) => {
    const digest = await lockDigest(scope.tx, workspaceId, digestId);
    if (digest === null || digest.deliveredAt !== null || digest.attemptedAt !== null) return null;
    const view = await readDigestView(scope, digest);
    const attempted = { ...digest, attemptedAt: scope.now };
    await saveDigest(scope.tx, workspaceId, digestId, { attemptedAt: scope.now });
    return { digest: attempted, view };
  });
}

async function readDigestView(
  { tx, workspaceId, playbook }: Scope,
  { id, channelId, from, to }: Digest,
): Promise<DigestView> {
  const subscription = await readSubscription(tx, workspaceId, channelId);
  return {
    digestId: id,
    cadence: subscription?.cadence ?? 'weekly',
    timeZone: subscription?.timeZone ?? playbook.timeZone,
    figures: await readTotal(tx, workspaceId, { from, to, timeZone: playbook.timeZone }),
    waiting: await readLongestWaiting(tx, workspaceId, WAITING_AT_MOST),
    unmatched: await readUnmatchedOwners(tx, workspaceId, WAITING_AT_MOST),
  };
}
