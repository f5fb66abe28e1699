import { lockSummary, readKept, saveSummary } from '../../db/asking/admin-summary.ts';
import { readReps, saveRep } from '../../db/who/rep.ts';
import { isWorkingTime, nextPromptTime } from '../../domain/asking/workday.ts';
import { isReachable } from '../../domain/who/owner.ts';
import type { Flow, Sent } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import type { AdminSummaryView } from '../show/views.ts';

const SHOWN = { owners: 20, accounts: 3 };

interface Job {
  workspaceId: string;
  summaryId: string;
}

/**
 * Tells an admin what nobody could be asked. As with a digest, what ended in a time-out is not sent again: better once
 * too few than twice. What Slack will take later, the next sweep puts on its way again.
 */
export async function sendAdminSummary(flow: Flow, job: Job): Promise<void> {
  const { workspaceId, summaryId } = job;
  const attempt = await inScope(flow, workspaceId, (scope) => beginAttempt(scope, summaryId));
  if (attempt === null) return;
  const sent = await send(flow, workspaceId, attempt);
  await flow.store.transaction(async (tx) => {
    if (sent.kind === 'sent') {
      await saveSummary(tx, workspaceId, summaryId, { deliveredAt: flow.now(), error: null });
      return await saveRep(tx, workspaceId, attempt.repId, { dmChannelId: sent.channelId });
    }
    const again = sent.kind === 'later' ? { attemptedAt: null } : {};
    await saveSummary(tx, workspaceId, summaryId, { ...again, error: sent.error });
  });
  if (sent.kind !== 'sent')
    flow.log.warn({ workspaceId, summaryId, ...sent }, 'an admin did not hear what nobody could be asked');
}

interface Attempt {
  repId: string;
  slackUserId: string;
  view: AdminSummaryView;
}

/** Null when it is told, when there is nothing to tell any more, and outside the admin's working time. */
async function beginAttempt(scope: Scope, summaryId: string): Promise<Attempt | null> {
  const { tx, workspaceId, now } = scope;
  const summary = await lockSummary(tx, workspaceId, summaryId);
  if (summary === null || summary.attemptedAt !== null) return null;
  const { repId } = summary;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  const kept = await readKept(tx, workspaceId, repId, SHOWN);
  if (rep === undefined || rep.slackUserId === null || !isReachable(rep) || kept.length === 0) {
    await saveSummary(tx, workspaceId, summaryId, { attemptedAt: now });
    return null;
  }
  const calendar = calendarFor(scope, rep);
  if (!isWorkingTime(calendar, now)) {
    await saveSummary(tx, workspaceId, summaryId, { dueAt: nextPromptTime(calendar, now) });
    return null;
  }
  await saveSummary(tx, workspaceId, summaryId, { attemptedAt: now });
  return { repId, slackUserId: rep.slackUserId, view: { summaryId, kept } };
}

async function send(flow: Flow, workspaceId: string, { slackUserId, view }: Attempt): Promise<Sent> {
  const slack = flow.slackOf(workspaceId);
  const dm = await slack.openDm(slackUserId);
  return dm.kind === 'sent' ? await slack.sendAdminSummary(dm.channelId, view) : dm;
}
