import { v7 as uuid } from 'uuid';
import { insertHandOverMessage, markStale } from '../../db/asking/hand-over-message.ts';
import { type HandOver, saveHandOver } from '../../db/cycle/hand-over.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import type { HandOverEnd, HandOverMessageKind } from '../../domain/who/hand-over.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Has somebody told of a hand-over in their next working time. Returns when that is. */
export async function tellOf(
  scope: Scope,
  handOverId: string,
  rep: Rep,
  kind: HandOverMessageKind,
): Promise<Date> {
  const { tx, workspaceId, now } = scope;
  const id = uuid();
  const dueAt = nextWorkingTime(calendarFor(scope, rep), now);
  await insertHandOverMessage(tx, { workspaceId, id, handOverId, repId: rep.id, kind, dueAt });
  if (dueAt <= now) await bring(scope, [id]);
  return dueAt;
}

/** Ends a hand-over: its messages say so from now on, and whoever gave or proposed it hears of what others decided. */
export async function endHandOver(
  scope: Scope,
  handOver: HandOver,
  how: { ending: HandOverEnd; by: Rep | null; answerId?: string },
): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const { ending, by, answerId = null } = how;
  const change = { ending, endedAt: now, endedById: by?.id ?? null, answerId };
  await saveHandOver(tx, workspaceId, handOver.id, change);
  await bring(scope, await markStale(tx, workspaceId, handOver.id));
  if (ending === 'withdrawn' || ending === 'overtaken') return;
  const told = [...new Set([handOver.fromId, handOver.byId])].filter((id) => id !== by?.id);
  for (const rep of (await readReps(tx, workspaceId, told)).values())
    await tellOf(scope, handOver.id, rep, 'told');
}

async function bring({ tx, store, workspaceId }: Scope, messageIds: readonly string[]): Promise<void> {
  for (const messageId of messageIds) await store.enqueue(tx, 'bring-hand-over', { workspaceId, messageId });
}
