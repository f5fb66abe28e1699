import { and, asc, eq, lt } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { joinChanges } from '../schema/cycle.ts';
import type { JoinChange } from './account-name.ts';

/** Keeps in mind what has to move on, until it has: see followNames(). */
export async function insertJoinChanges(
  tx: Tx,
  workspaceId: string,
  changes: readonly JoinChange[],
  changedAt: Date,
): Promise<void> {
  const rows = changes.map((change) => ({ workspaceId, ...change, changedAt }));
  await tx.insert(joinChanges).values(rows).onConflictDoNothing();
}

export async function deleteJoinChange(
  tx: Tx,
  workspaceId: string,
  { namedId, fromId }: JoinChange,
): Promise<void> {
  await tx
    .delete(joinChanges)
    .where(
      and(
        eq(joinChanges.workspaceId, workspaceId),
        eq(joinChanges.namedId, namedId),
        eq(joinChanges.fromId, fromId),
      ),
    );
}

/** Changes from before then that not everything has followed. */
export async function readJoinChanges(
  tx: Tx,
  workspaceId: string,
  before: Date,
  limit: number,
): Promise<JoinChange[]> {
  const { namedId, fromId, changedAt } = joinChanges;
  return await tx
    .select({ namedId, fromId })
    .from(joinChanges)
    .where(and(eq(joinChanges.workspaceId, workspaceId), lt(changedAt, before)))
    .orderBy(asc(changedAt))
    .limit(limit);
}
