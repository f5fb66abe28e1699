import { v7 as uuid } from 'uuid';
import { dropNotices, insertNotice } from '../../db/asking/notice.ts';
import type { NoticeKind } from '../../db/schema/people.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import { isReachable } from '../../domain/who/owner.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Has a rep told something of another, in their next working time; in place of what still waits to be told of it. */
export async function tell(
  scope: Scope,
  rep: Rep,
  kind: NoticeKind,
  about: Rep,
  on: string | null = null,
): Promise<void> {
  const { tx, store, workspaceId, now } = scope;
  const told = { repId: rep.id, kind, aboutId: about.id };
  await dropNotices(tx, workspaceId, told, now);
  const id = uuid();
  const dueAt = nextWorkingTime(calendarFor(scope, rep), now);
  await insertNotice(tx, { workspaceId, id, ...told, on, dueAt, createdAt: now });
  if (dueAt <= now) await store.enqueue(tx, 'send-notice', { workspaceId, noticeId: id });
}

/** Tells whoever stood in for a rep that they need not any more, unless they were not told that they should. */
export async function tellItIsOver(scope: Scope, away: Rep): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const { id: aboutId, delegateId } = away;
  if (delegateId === null) return;
  const asked = { repId: delegateId, aboutId, kind: 'asked_to_stand_in' as const };
  if (await dropNotices(tx, workspaceId, asked, now)) return;
  const delegate = (await readReps(tx, workspaceId, [delegateId])).get(delegateId);
  if (delegate !== undefined && isReachable(delegate)) await tell(scope, delegate, 'stand_in_over', away);
}
