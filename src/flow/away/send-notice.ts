import { findDueNotices, lockNotice, saveNotice } from '../../db/asking/notice.ts';
import { readReps, saveRep } from '../../db/who/rep.ts';
import { isWorkingTime, localDate, nextWorkingTime } from '../../domain/asking/workday.ts';
import { isReachable } from '../../domain/who/owner.ts';
import type { Flow, Sent } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import type { NoticeView } from '../show/views.ts';

/** Puts those notices on their way that are due. */
export async function claimDueNotices(flow: Flow, workspaceId: string): Promise<void> {
  await inScope(flow, workspaceId, async ({ tx, store, now }) => {
    for (const noticeId of await findDueNotices(tx, workspaceId, now))
      await store.enqueue(tx, 'send-notice', { workspaceId, noticeId });
  });
}

/**
 * Tells a rep something that is no question. As with a digest, what ended in a time-out is not sent again. What Slack
 * will take later, the next sweep puts on its way again.
 */
export async function sendNotice(
  flow: Flow,
  { workspaceId, noticeId }: { workspaceId: string; noticeId: string },
): Promise<void> {
  const attempt = await inScope(flow, workspaceId, (scope) => beginAttempt(scope, noticeId));
  if (attempt === null) return;
  const slack = flow.slackOf(workspaceId);
  const dm = await slack.openDm(attempt.slackUserId);
  const sent: Sent = dm.kind === 'sent' ? await slack.sendNotice(dm.channelId, attempt.view) : dm;
  await flow.store.transaction(async (tx) => {
    if (sent.kind === 'sent') {
      await saveNotice(tx, workspaceId, noticeId, { deliveredAt: flow.now(), error: null });
      return await saveRep(tx, workspaceId, attempt.repId, { dmChannelId: sent.channelId });
    }
    const again = sent.kind === 'later' ? { attemptedAt: null } : {};
    await saveNotice(tx, workspaceId, noticeId, { ...again, error: sent.error });
  });
  if (sent.kind !== 'sent')
    flow.log.warn({ workspaceId, noticeId, ...sent }, 'a word to a rep did not reach Slack');
}

interface Attempt {
  repId: string;
  slackUserId: string;
  view: NoticeView;
}

/** Null when it went out, when there is nothing to tell any more, and outside the rep's working time. */
async function beginAttempt(scope: Scope, noticeId: string): Promise<Attempt | null> {
  const { tx, workspaceId, now } = scope;
  const notice = await lockNotice(tx, workspaceId, noticeId);
  if (notice === null || notice.attemptedAt !== null) return null;
  const { repId, aboutId, kind, on } = notice;
  const reps = await readReps(tx, workspaceId, [repId, aboutId]);
  const [rep, about] = [reps.get(repId), reps.get(aboutId)];
  const isPast = kind === 'asked_to_stand_in' && about?.delegateId !== repId;
  if (rep === undefined || about === undefined || rep.slackUserId === null || !isReachable(rep) || isPast) {
    await saveNotice(tx, workspaceId, noticeId, { attemptedAt: now });
    return null;
  }
  const calendar = calendarFor(scope, rep);
  if (!isWorkingTime(calendar, now)) {
    await saveNotice(tx, workspaceId, noticeId, { dueAt: nextWorkingTime(calendar, now) });
    return null;
  }
  await saveNotice(tx, workspaceId, noticeId, { attemptedAt: now });
  const today = localDate(calendar.timeZone, now);
  const who = { repId: about.id, name: about.name, slackUserId: about.slackUserId };
  const { slackUserId } = rep;
  return {
    repId,
    slackUserId,
    view: { noticeId, kind, about: who, on, today, isAway: rep.awayUntil !== null },
  };
}
