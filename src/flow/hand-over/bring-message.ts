import {
  findDueHandOverMessages,
  type HandOverMessage,
  lockHandOverMessage,
  saveHandOverMessage,
} from '../../db/asking/hand-over-message.ts';
import { type HandOver, readHandOver } from '../../db/cycle/hand-over.ts';
import { type Rep, readReps, saveRep } from '../../db/who/rep.ts';
import { isWorkingTime, localDate, nextWorkingTime } from '../../domain/asking/workday.ts';
import { isReachable } from '../../domain/who/owner.ts';
import type { Flow, Sent } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { readHandOverView } from './read-view.ts';
import type { HandOverMessageView } from './views.ts';

/** An attempt that has said nothing for this long has ended in the dark. */
const DARK_AFTER_MS = 60_000;

interface Job {
  workspaceId: string;
  messageId: string;
}

/** Puts on their way the messages that are to be sent, looked for, or drawn anew. */
export async function bringDueHandOvers(flow: Flow, workspaceId: string): Promise<void> {
  await inScope(flow, workspaceId, async ({ tx, store, now }) => {
    for (const messageId of await findDueHandOverMessages(tx, workspaceId, now))
      await store.enqueue(tx, 'bring-hand-over', { workspaceId, messageId });
  });
}

type Attempt = { view: HandOverMessageView } & (
  | { kind: 'send'; slackUserId: string; repId: string; darkSince: Date | null; isNews: boolean }
  | { kind: 'redraw'; channelId: string; ts: string }
);

/**
 * Brings a message about a hand-over to Slack once (promise 2), in its reader's working time (promise 4), or draws it
 * anew. After an attempt that ended in the dark the DM is searched first.
 */
export async function bringHandOver(flow: Flow, { workspaceId, messageId }: Job): Promise<void> {
  const attempt = await inScope(flow, workspaceId, (scope) => beginAttempt(scope, messageId));
  if (attempt === null) return;
  const sent =
    attempt.kind === 'send'
      ? await send(flow, workspaceId, attempt)
      : await redraw(flow, workspaceId, attempt);
  await flow.store.transaction(async (tx) => {
    const isRedraw = attempt.kind === 'redraw';
    await saveHandOverMessage(
      tx,
      workspaceId,
      messageId,
      isRedraw ? afterRedraw(sent) : afterSend(sent, flow.now()),
    );
    if (attempt.kind === 'send' && sent.kind === 'sent')
      await saveRep(tx, workspaceId, attempt.repId, { dmChannelId: sent.channelId });
  });
  if (sent.kind !== 'sent')
    flow.log.warn({ workspaceId, messageId, ...sent }, 'a word about a hand-over did not reach Slack');
}

async function send(
  flow: Flow,
  workspaceId: string,
  { slackUserId, darkSince, isNews, view }: Extract<Attempt, { kind: 'send' }>,
): Promise<Sent> {
  const slack = flow.slackOf(workspaceId);
  const dm = await slack.openDm(slackUserId);
  if (dm.kind !== 'sent') return dm;
  const { channelId } = dm;
  if (darkSince !== null) {
    const found = await slack.findHandOver(channelId, view.messageId, darkSince);
    if (found.kind === 'found') return { kind: 'sent', channelId, ts: found.ts };
    if (found.kind !== 'absent') return { kind: 'ambiguous', error: found.error };
  }
  if (!isNews) return { kind: 'refused', error: 'it has moved on' };
  return await slack.sendHandOver(channelId, view);
}

async function redraw(
  flow: Flow,
  workspaceId: string,
  { channelId, ts, view }: Extract<Attempt, { kind: 'redraw' }>,
): Promise<Sent> {
  return await flow.slackOf(workspaceId).redrawHandOver(channelId, ts, view);
}

function afterSend(sent: Sent, now: Date): Partial<HandOverMessage> {
  switch (sent.kind) {
    case 'sent':
      return { deliveredAt: now, channelId: sent.channelId, messageTs: sent.ts, error: null };
    case 'later':
      return {
        attemptedAt: null,
        dueAt: new Date(now.getTime() + sent.afterSeconds * 1_000),
        error: sent.error,
      };
    case 'ambiguous':
      return { error: sent.error };
    default:
      return { droppedAt: now, error: sent.error };
  }
}

/** What Slack refuses to draw anew stays as it is. */
function afterRedraw(sent: Sent): Partial<HandOverMessage> {
  const isAgain = sent.kind === 'later' || sent.kind === 'ambiguous';
  return isAgain ? { isStale: true, error: sent.error } : {};
}

/** Null where there is nothing to do, or not yet. */
async function beginAttempt(scope: Scope, messageId: string): Promise<Attempt | null> {
  const { tx, workspaceId, now } = scope;
  const message = await lockHandOverMessage(tx, workspaceId, messageId);
  if (message === null || message.droppedAt !== null) return null;
  const handOver = await readHandOver(tx, workspaceId, message.handOverId);
  const rep = (await readReps(tx, workspaceId, [message.repId])).get(message.repId);
  if (handOver === null || rep === undefined) return null;
  const { channelId, messageTs: ts, deliveredAt, isStale } = message;
  if (deliveredAt === null) return await beginSend(scope, message, handOver, rep);
  if (!isStale || channelId === null || ts === null) return null;
  await saveHandOverMessage(tx, workspaceId, messageId, { isStale: false });
  return { kind: 'redraw', channelId, ts, view: await viewOf(scope, message, handOver, rep, now) };
}

async function beginSend(
  scope: Scope,
  message: HandOverMessage,
  handOver: HandOver,
  rep: Rep,
): Promise<Attempt | null> {
  const { tx, workspaceId, now } = scope;
  const { id, attemptedAt: darkSince, dueAt } = message;
  if (dueAt > now) return null;
  const hasNews = isNews(message, handOver);
  if (rep.slackUserId === null || !isReachable(rep) || (darkSince === null && !hasNews)) {
    await saveHandOverMessage(tx, workspaceId, id, { droppedAt: now });
    return null;
  }
  const calendar = calendarFor(scope, rep);
  if (!isWorkingTime(calendar, now)) {
    await saveHandOverMessage(tx, workspaceId, id, { dueAt: nextWorkingTime(calendar, now) });
    return null;
  }
  // Until it is known what became of the attempt nobody makes another.
  const attempt = { attemptedAt: darkSince ?? now, dueAt: new Date(now.getTime() + DARK_AFTER_MS) };
  await saveHandOverMessage(tx, workspaceId, id, attempt);
  const view = await viewOf(scope, message, handOver, rep, now);
  return { kind: 'send', slackUserId: rep.slackUserId, repId: rep.id, darkSince, isNews: hasNews, view };
}

/** Nobody is asked about what is decided, or what is another's to decide by now. */
function isNews({ kind, repId }: HandOverMessage, { endedAt, askedId }: HandOver): boolean {
  return kind === 'told' || (endedAt === null && repId === askedId);
}

async function viewOf(
  scope: Scope,
  { id: messageId, kind }: HandOverMessage,
  handOver: HandOver,
  rep: Rep,
  now: Date,
): Promise<HandOverMessageView> {
  const { timeZone } = calendarFor(scope, rep);
  const today = localDate(timeZone, now);
  return { messageId, kind, handOver: await readHandOverView(scope, handOver), timeZone, today };
}
