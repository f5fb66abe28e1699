import { and, asc, eq, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { handOverMessages } from '../schema/hand-overs.ts';

export type HandOverMessage = typeof handOverMessages.$inferSelect;

export async function insertHandOverMessage(
  tx: Tx,
  row: typeof handOverMessages.$inferInsert,
): Promise<void> {
  await tx.insert(handOverMessages).values(row);
}

export async function lockHandOverMessage(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<HandOverMessage | null> {
  const [row] = await tx.select().from(handOverMessages).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

export async function saveHandOverMessage(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<HandOverMessage>,
): Promise<void> {
  await tx.update(handOverMessages).set(change).where(one(workspaceId, id));
}

/** Those that are to be sent, looked for, or drawn anew by now. */
export async function findDueHandOverMessages(tx: Tx, workspaceId: string, now: Date): Promise<string[]> {
  const { id, dueAt, deliveredAt, droppedAt, isStale } = handOverMessages;
  const rows = await tx
    .select({ id })
    .from(handOverMessages)
    .where(
      and(
        eq(handOverMessages.workspaceId, workspaceId),
        isNull(droppedAt),
        or(isNull(deliveredAt), eq(isStale, true)),
        lte(dueAt, now),
      ),
    )
    .orderBy(asc(dueAt), asc(id));
  return rows.map((row) => row.id);
}

/** Lets what is in Slack about a hand-over be drawn anew. Returns the ids. */
export async function markStale(tx: Tx, workspaceId: string, handOverId: string): Promise<string[]> {
  const rows = await tx
    .update(handOverMessages)
    .set({ isStale: true })
    .where(
      and(
        eq(handOverMessages.workspaceId, workspaceId),
        eq(handOverMessages.handOverId, handOverId),
        isNotNull(handOverMessages.attemptedAt),
        isNull(handOverMessages.droppedAt),
      ),
    )
    .returning({ id: handOverMessages.id });
  return rows.map((row) => row.id);
}

function one(workspaceId: string, id: string) {
  return and(eq(handOverMessages.workspaceId, workspaceId), eq(handOverMessages.id, id));
}
