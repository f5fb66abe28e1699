import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { needs } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export type Need = typeof needs.$inferSelect;

export async function insertNeeds(tx: Tx, rows: (typeof needs.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(needs).values(rows);
}

/** An open need of the account; null when there is none with that id, or it is not open. */
export async function lockOpenNeed(
  tx: Tx,
  workspaceId: string,
  accountId: string,
  id: string,
): Promise<Need | null> {
  const [row] = await tx
    .select()
    .from(needs)
    .where(
      and(
        eq(needs.workspaceId, workspaceId),
        eq(needs.id, id),
        eq(needs.accountId, accountId),
        eq(needs.outcome, 'open'),
      ),
    )
    .for('no key update');
  return row ?? null;
}

export async function takeUpNeed(
  tx: Tx,
  workspaceId: string,
  id: string,
  engagementId: string,
): Promise<void> {
  await tx
    .update(needs)
    .set({ outcome: 'taken_up', takenUpById: engagementId })
    .where(and(eq(needs.workspaceId, workspaceId), eq(needs.id, id)));
}

export async function readNeeds(tx: Tx, workspaceId: string, accountIds: readonly string[]): Promise<Need[]> {
  if (accountIds.length === 0) return [];
  return await tx
    .select()
    .from(needs)
    .where(and(eq(needs.workspaceId, workspaceId), isOneOf(needs.accountId, accountIds)))
    .orderBy(asc(needs.heardAt), asc(needs.id));
}
