import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { type NoticeKind, notices } from '../schema/people.ts';

export type Notice = typeof notices.$inferSelect;

export async function insertNotice(tx: Tx, notice: typeof notices.$inferInsert): Promise<void> {
  await tx.insert(notices).values(notice);
}

export async function findDueNotices(tx: Tx, workspaceId: string, now: Date): Promise<string[]> {
  const { id, dueAt, attemptedAt } = notices;
  const rows = await tx
    .select({ id })
    .from(notices)
    .where(and(eq(notices.workspaceId, workspaceId), isNull(attemptedAt), lte(dueAt, now)))
    .orderBy(asc(dueAt), asc(id));
  return rows.map((row) => row.id);
}

export async function lockNotice(tx: Tx, workspaceId: string, id: string): Promise<Notice | null> {
  const [row] = await tx.select().from(notices).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

export async function saveNotice(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Notice>,
): Promise<void> {
  await tx.update(notices).set(change).where(one(workspaceId, id));
}

/** Takes back what has not gone out yet; false where it has. */
export async function dropNotices(
  tx: Tx,
  workspaceId: string,
  { repId, aboutId, kind }: { repId: string; aboutId: string; kind: NoticeKind },
  now: Date,
): Promise<boolean> {
  const dropped = await tx
    .update(notices)
    .set({ attemptedAt: now, error: 'taken back' })
    .where(
      and(
        eq(notices.workspaceId, workspaceId),
        eq(notices.repId, repId),
        eq(notices.aboutId, aboutId),
        eq(notices.kind, kind),
        isNull(notices.attemptedAt),
      ),
    )
    .returning({ id: notices.id });
  return dropped.length > 0;
}

function one(workspaceId: string, id: string) {
  return and(eq(notices.workspaceId, workspaceId), eq(notices.id, id));
}
