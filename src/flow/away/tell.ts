import { v7 as uuid } from 'uuid';
import { dropNotices, insertNotice } from '../../db/asking/notice.ts';
import type { NoticeKind } from '../../db/schema/people.ts';
import type { Rep } from '../../db/who/rep.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Has a rep told something of another, in their next working time. */
export async function tell(
  scope: Scope,
  rep: Rep,
  kind: NoticeKind,
  about: Rep,
  on: string | null = null,
): Promise<void> {
  const { tx, store, workspaceId, now } = scope;
  const id = uuid();
  const dueAt = nextWorkingTime(calendarFor(scope, rep), now);
  await insertNotice(tx, {
    workspaceId,
    id,
    repId: rep.id,
    kind,
    aboutId: about.id,
    on,
    dueAt,
    createdAt: now,
  });
  if (dueAt <= now) await store.enqueue(tx, 'send-notice', { workspaceId, noticeId: id });
}

/** Tells somebody that they need not stand in any more, unless they were not told that they should. */
export async function tellItIsOver(scope: Scope, delegate: Rep, about: Rep): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const asked = { repId: delegate.id, aboutId: about.id, kind: 'asked_to_stand_in' as const };
  if (!(await dropNotices(tx, workspaceId, asked, now))) await tell(scope, delegate, 'stand_in_over', about);
}
