import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { engagements } from '../schema/cycle.ts';
import { handOvers } from '../schema/hand-overs.ts';
import { reps } from '../schema/people.ts';

export type HandOver = typeof handOvers.$inferSelect;

/** False where one is open for that engagement already. */
export async function insertHandOver(tx: Tx, row: typeof handOvers.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(handOvers).values(row).onConflictDoNothing().returning({ id: handOvers.id });
  return rows.length > 0;
}

export async function readHandOver(tx: Tx, workspaceId: string, id: string): Promise<HandOver | null> {
  const [row] = await tx.select().from(handOvers).where(one(workspaceId, id));
  return row ?? null;
}

/** The caller holds the engagement. */
export async function lockHandOver(tx: Tx, workspaceId: string, id: string): Promise<HandOver | null> {
  const [row] = await tx.select().from(handOvers).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

/** The one that is open for an engagement. */
export async function findOpenHandOver(
  tx: Tx,
  workspaceId: string,
  engagementId: string,
): Promise<HandOver | null> {
  const [row] = await tx
    .select()
    .from(handOvers)
    .where(
      and(
        eq(handOvers.workspaceId, workspaceId),
        eq(handOvers.engagementId, engagementId),
        isNull(handOvers.endedAt),
      ),
    );
  return row ?? null;
}

export async function saveHandOver(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<HandOver>,
): Promise<void> {
  await tx.update(handOvers).set(change).where(one(workspaceId, id));
}

/**
 * Those that are open and cannot stay as they are: whose time is up, whoever is asked cannot be reached, or the deal is
 * no longer the giver's, or gone.
 */
export async function findHandOversToMove(tx: Tx, workspaceId: string, now: Date): Promise<HandOver[]> {
  const asked = sql`exists (select from ${reps} where ${reps.workspaceId} = ${workspaceId}
    and ${reps.id} = ${handOvers.askedId} and ${reps.active} and ${reps.slackUserId} is not null)`;
  const giver = sql`exists (select from ${reps} where ${reps.workspaceId} = ${workspaceId}
    and ${reps.id} = ${handOvers.fromId} and ${engagements.namedOwnerId} in (${reps.id}, ${reps.joinedTo}))`;
  const rows = await tx
    .select({ row: handOvers })
    .from(handOvers)
    .innerJoin(
      engagements,
      and(eq(engagements.workspaceId, workspaceId), eq(engagements.id, handOvers.engagementId)),
    )
    .where(
      and(
        eq(handOvers.workspaceId, workspaceId),
        isNull(handOvers.endedAt),
        or(
          and(isNotNull(handOvers.goesUpAt), lte(handOvers.goesUpAt, now)),
          inArray(engagements.ending, ['deleted', 'taken_back']),
          sql`not ${asked}`,
          sql`not ${giver}`,
        ),
      ),
    )
    .orderBy(asc(handOvers.id));
  return rows.map(({ row }) => row);
}

function one(workspaceId: string, id: string) {
  return and(eq(handOvers.workspaceId, workspaceId), eq(handOvers.id, id));
}
