import { and, asc, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { type JoinKind, joins } from '../schema/joins.ts';

export type Join = typeof joins.$inferSelect;

/** Stores what a person said. False when it is there already: the same click again. */
export async function insertJoin(tx: Tx, join: typeof joins.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(joins).values(join).onConflictDoNothing().returning({ id: joins.id });
  return rows.length > 0;
}

/** What was said of these and not taken back, oldest first. */
export async function readJoins(
  tx: Tx,
  workspaceId: string,
  kind: JoinKind,
  of: { subjects?: readonly string[]; objects?: readonly string[] },
): Promise<Join[]> {
  const { subjects = [], objects = [] } = of;
  if (subjects.length + objects.length === 0) return [];
  return await tx
    .select()
    .from(joins)
    .where(
      and(
        eq(joins.workspaceId, workspaceId),
        eq(joins.kind, kind),
        or(inArray(joins.subject, [...subjects]), inArray(joins.object, [...objects])),
        isNull(joins.takenBackAt),
      ),
    )
    .orderBy(asc(joins.at), asc(joins.id));
}

/** The last that a rep said and that was not taken back; null when there is none. */
export async function findLastJoin(tx: Tx, workspaceId: string, repId: string): Promise<Join | null> {
  const [row] = await tx
    .select()
    .from(joins)
    .where(and(eq(joins.workspaceId, workspaceId), eq(joins.repId, repId), isNull(joins.takenBackAt)))
    .orderBy(desc(joins.at), desc(joins.id))
    .limit(1);
  return row ?? null;
}

/** One of them, held until the transaction ends; null when there is none. */
export async function lockJoin(tx: Tx, workspaceId: string, id: string): Promise<Join | null> {
  const [row] = await tx
    .select()
    .from(joins)
    .where(and(eq(joins.workspaceId, workspaceId), eq(joins.id, id)))
    .for('no key update');
  return row ?? null;
}

export async function takeBackJoin(
  tx: Tx,
  workspaceId: string,
  id: string,
  by: { takenBackBy: string; takenBackAt: Date },
): Promise<void> {
  await tx
    .update(joins)
    .set(by)
    .where(and(eq(joins.workspaceId, workspaceId), eq(joins.id, id), isNull(joins.takenBackAt)));
}
