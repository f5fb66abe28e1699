import { lockNextBundle, saveBundle } from '../../db/asking/bundle.ts';
import { saveRep } from '../../db/who/rep.ts';
import { nextPromptTime } from '../../domain/asking/workday.ts';
import { deactivateRep, unlinkRep } from '../people/person-changed.ts';
import type { Flow, Sent } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';
import { readBundleView } from '../show/bundle-view.ts';
import { type Attempt, leaseFrom, logUnsent, readRepOf, saveLearned, secondsFrom } from './attempt.ts';
import { recordDelivered } from './record-delivered.ts';
import { isStillWanted, takeBack } from './take-back.ts';

/** So long after its beginning a post still ends before its lease does. */
const SURE_MS = 10_000;
/** An ambiguous post is looked up after Slack had time to finish it; the pauses grow while that goes on. */
const LOOK_AFTER_SECONDS = 5;
/** Calls are paced: patience beyond this would spare Slack nothing, and the rep would wait for it. */
const LOOK_AFTER_AT_MOST = 30;

type NotSent = Exclude<Sent, { kind: 'sent' }>;

/**
 * Takes the next bundle to be posted, closes first, and records the attempt before Slack is called (promise 2). Null
 * when there is none. What is not wanted any more is taken back on the way.
 */
export async function beginPost(flow: Flow, workspaceId: string): Promise<Attempt | null> {
  for (;;) {
    const next = await inScope(flow, workspaceId, async (scope) => {
      const { tx, now } = scope;
      const bundle = await lockNextBundle(tx, workspaceId, 'send', now);
      if (bundle === null) return null;
      const rep = await readRepOf(scope, bundle);
      if (!(await isStillWanted(scope, bundle, rep))) return 'taken back' as const;
      const isFirst = bundle.attemptedAt === null;
      const begun = {
        attemptedAt: bundle.attemptedAt ?? now,
        attempts: bundle.attempts + 1,
        foundAbsentAt: null,
        leasedUntil: leaseFrom(now),
        // Where to look for it, should nobody know what became of it.
        channelId: rep.dmChannelId,
      };
      await saveBundle(tx, workspaceId, bundle.id, begun);
      return { bundle: { ...bundle, ...begun }, rep, isFirst, begunAt: now };
    });
    if (next !== 'taken back') return next;
  }
}

/** Posts a bundle into its rep's DM and stores what became of it. */
export async function postBundle(flow: Flow, attempt: Attempt): Promise<void> {
  const { bundle, rep, begunAt } = attempt;
  const view = await readBundleView(flow, bundle.workspaceId, bundle.id);
  // A worker that stood still as long may not be the only one any more: it is looked for once the lease has ended.
  if (flow.now().getTime() - begunAt.getTime() >= SURE_MS) return;
  const to = rep.dmChannelId ?? rep.slackUserId;
  if (to === null) throw new Error(`bundle ${bundle.id} is for somebody who is not in Slack`);
  const sent = await flow.slackOf(bundle.workspaceId).sendBundle(to, view);
  if (sent.kind === 'sent') return await recordDelivered(flow, bundle, sent.channelId, sent.ts);
  logUnsent(flow, attempt, sent);
  await recordUnsent(flow, attempt, sent);
}

/** What to do when Slack did not take it: see the table of errors in slack/send/errors.ts. */
async function recordUnsent(flow: Flow, attempt: Attempt, sent: NotSent): Promise<void> {
  const { bundle } = attempt;
  switch (sent.kind) {
    case 'ambiguous': {
      const pause = Math.min(LOOK_AFTER_SECONDS * 2 ** bundle.ambiguousAttempts, LOOK_AFTER_AT_MOST);
      const leasedUntil = secondsFrom(flow, pause);
      return await saveLearned(flow, attempt, {
        ambiguousAttempts: bundle.ambiguousAttempts + 1,
        leasedUntil,
      });
    }
    case 'later': {
      const leasedUntil = secondsFrom(flow, sent.afterSeconds);
      return await saveLearned(flow, attempt, { ...untouched(attempt), leasedUntil });
    }
    case 'dm_gone':
      return await openAnew(flow, attempt);
    default:
      return await giveUp(flow, attempt, sent);
  }
}

/** A "no" to a first attempt leaves Slack without it; after an ambiguous one it may have it all the same. */
function untouched({ isFirst }: Attempt): { attemptedAt?: null } {
  return isFirst ? { attemptedAt: null } : {};
}

/** The DM that was known is gone, or there was none: from now on it goes to the one that Slack opens. */
async function openAnew(flow: Flow, attempt: Attempt): Promise<void> {
  const { bundle, rep } = attempt;
  const opened = await flow.slackOf(bundle.workspaceId).openDm(rep.slackUserId ?? '');
  if (opened.kind !== 'sent') {
    logUnsent(flow, attempt, opened);
    // Nothing is in doubt: opening a DM may be done twice.
    const isPassing = opened.kind === 'ambiguous' || opened.kind === 'dm_gone';
    const again = { kind: 'later', error: opened.error, afterSeconds: LOOK_AFTER_SECONDS } as const;
    return await recordUnsent(flow, attempt, isPassing ? again : opened);
  }
  const { channelId } = opened;
  if (channelId === bundle.channelId) {
    return await giveUp(flow, attempt, { kind: 'refused', error: 'the DM is not there' });
  }
  await inScope(flow, bundle.workspaceId, ({ tx }) =>
    saveRep(tx, bundle.workspaceId, rep.id, { dmChannelId: channelId }),
  );
  await saveLearned(flow, attempt, { ...untouched(attempt), channelId, leasedUntil: null });
}

/** Slack will never take it like this: its prompts wait, or go to whoever is next in line. */
async function giveUp(flow: Flow, { bundle, rep }: Attempt, { kind, error }: NotSent): Promise<void> {
  await inScope(flow, bundle.workspaceId, async (scope) => {
    const dueAt = nextPromptTime(calendarFor(scope, rep), new Date(scope.now.getTime() + 3_600_000));
    await takeBack(scope, bundle.id, () => dueAt, error);
  });
  if (kind === 'person_gone') await deactivateRep(flow, bundle.workspaceId, rep.id);
  if (kind === 'person_unknown') await unlinkRep(flow, bundle.workspaceId, rep.id);
}
