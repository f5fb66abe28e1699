import { and, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tx } from './driver.ts';
import { homes, prompts } from './schema/asking.ts';
import { isOneOf } from './sql/is-one-of.ts';

export type Home = typeof homes.$inferSelect;

/** A rep opened their Home tab, or looks at another part of it. */
export async function saveHomePlace(
  tx: Tx,
  place: Pick<Home, 'workspaceId' | 'repId' | 'offset' | 'accountId' | 'openedAt'>,
): Promise<Home> {
  const { offset, accountId, openedAt } = place;
  const [row] = await tx
    .insert(homes)
    .values(place)
    .onConflictDoUpdate({ target: [homes.workspaceId, homes.repId], set: { offset, accountId, openedAt } })
    .returning();
  if (row === undefined) throw new Error('a row that was written is returned');
  return row;
}

export async function readHome(tx: Tx, workspaceId: string, repId: string): Promise<Home | null> {
  const [row] = await tx.select().from(homes).where(one(workspaceId, repId));
  return row ?? null;
}

/** The Homes opened since then of whoever is asked these prompts are to be drawn anew. Returns whose. */
export async function wantHomesAsked(
  tx: Tx,
  workspaceId: string,
  promptIds: readonly string[],
  openedSince: Date,
): Promise<string[]> {
  const asked = tx
    .select({ id: prompts.repId })
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.id, promptIds)));
  return await want(tx, workspaceId, inArray(homes.repId, asked), openedSince);
}

/** The Home of a rep is to be drawn anew, where it was opened since then. Returns whose. */
export async function wantHomeOfRep(
  tx: Tx,
  workspaceId: string,
  repId: string,
  openedSince: Date,
): Promise<string[]> {
  return await want(tx, workspaceId, eq(homes.repId, repId), openedSince);
}

async function want(tx: Tx, workspaceId: string, whose: SQL, openedSince: Date): Promise<string[]> {
  const rows = await tx
    .update(homes)
    .set({ wanted: sql`${homes.wanted} + 1` })
    .where(and(eq(homes.workspaceId, workspaceId), gt(homes.openedAt, openedSince), whose))
    .returning({ repId: homes.repId });
  return rows.map(({ repId }) => repId);
}

/** What was wanted when the Home was read is drawn by now. */
export async function saveHomeDrawn(tx: Tx, { workspaceId, repId, wanted }: Home): Promise<void> {
  await tx
    .update(homes)
    .set({ drawn: sql`greatest(${homes.drawn}, ${wanted})` })
    .where(one(workspaceId, repId));
}

function one(workspaceId: string, repId: string) {
  return and(eq(homes.workspaceId, workspaceId), eq(homes.repId, repId));
}
