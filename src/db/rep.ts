import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { OwnerRef } from '../domain/cycle/deal-update.ts';
import { ownerAliases, ownerName } from '../domain/who/owner.ts';
import type { Tx } from './driver.ts';
import { engagements } from './schema/cycle.ts';
import { repAliases, reps } from './schema/people.ts';
import { isOneOf } from './sql/is-one-of.ts';

export type Rep = typeof reps.$inferSelect;

/**
 * The rep of each owner that sources name, keyed by the owner's first alias. Owners not seen before become reps
 * without a Slack user: kept, and matched later. `created` counts them.
 */
export async function resolveOwners(
  tx: Tx,
  workspaceId: string,
  owners: readonly (OwnerRef | null)[],
  now: Date,
): Promise<{ byAlias: Map<string, string>; created: number }> {
  const distinct = new Map(owners.map((owner) => [ownerAliases(owner).join('\n'), owner]));
  const aliases = [...distinct.values()].flatMap(ownerAliases);
  const byAlias = await readAliases(tx, workspaceId, aliases);
  let created = 0;
  for (const owner of distinct.values()) {
    const [first = '', second] = ownerAliases(owner);
    if (byAlias.has(first) && (second === undefined || byAlias.has(second))) continue;
    if (!byAlias.has(first)) {
      const known =
        second === undefined ? undefined : await repWithoutEmail(tx, workspaceId, byAlias.get(second));
      const repId = known ?? (await insertRep(tx, workspaceId, owner, now));
      if (known === undefined) created += 1;
      else await tx.update(reps).set({ email: owner?.email }).where(oneRep(workspaceId, known));
      const winner = await insertAlias(tx, workspaceId, first, repId);
      if (winner !== repId && known === undefined) await tx.delete(reps).where(oneRep(workspaceId, repId));
      byAlias.set(first, winner);
    }
    const repId = byAlias.get(first);
    if (second !== undefined && !byAlias.has(second) && repId !== undefined) {
      byAlias.set(second, await insertAlias(tx, workspaceId, second, repId));
    }
  }
  return { byAlias, created };
}

async function readAliases(tx: Tx, workspaceId: string, aliases: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const rows = await tx
    .select()
    .from(repAliases)
    .where(and(eq(repAliases.workspaceId, workspaceId), isOneOf(repAliases.alias, aliases)));
  for (const row of rows) found.set(row.alias, row.repId);
  return found;
}

/** A name alone leads to somebody with an e-mail only by that e-mail: two people may bear one name. */
async function repWithoutEmail(
  tx: Tx,
  workspaceId: string,
  repId: string | undefined,
): Promise<string | undefined> {
  if (repId === undefined) return undefined;
  const [rep] = await tx
    .select({ id: reps.id })
    .from(reps)
    .where(and(oneRep(workspaceId, repId), isNull(reps.email)));
  return rep?.id;
}

async function insertRep(tx: Tx, workspaceId: string, owner: OwnerRef | null, now: Date): Promise<string> {
  const id = uuid();
  await tx.insert(reps).values({
    workspaceId,
    id,
    name: ownerName(owner),
    email: owner?.email ?? null,
    createdAt: now,
  });
  return id;
}

/** The rep whom the alias leads to: somebody else may have been faster. */
async function insertAlias(tx: Tx, workspaceId: string, alias: string, repId: string): Promise<string> {
  const [row] = await tx
    .insert(repAliases)
    .values({ workspaceId, alias, repId })
    .onConflictDoUpdate({ target: [repAliases.workspaceId, repAliases.alias], set: { alias } })
    .returning({ repId: repAliases.repId });
  return row?.repId ?? repId;
}

export async function addAlias(tx: Tx, workspaceId: string, alias: string, repId: string): Promise<void> {
  await tx.insert(repAliases).values({ workspaceId, alias, repId }).onConflictDoNothing();
}

export async function readReps(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Rep>> {
  const found = new Map<string, Rep>();
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, ids)));
  for (const row of rows) found.set(row.id, row);
  return found;
}

/** The same, held until the transaction ends, in the order of their ids. */
export async function lockReps(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Rep>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, ids)))
    .orderBy(asc(reps.id))
    .for('no key update');
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findRepBySlackUser(
  tx: Tx,
  workspaceId: string,
  slackUserId: string,
): Promise<Rep | null> {
  const [rep] = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), eq(reps.slackUserId, slackUserId)));
  return rep ?? null;
}

/** All of them: any may be the one who has just come to Slack. */
export async function readUnmatchedReps(tx: Tx, workspaceId: string): Promise<Rep[]> {
  return await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isNull(reps.slackUserId), eq(reps.active, true)))
    .orderBy(asc(reps.createdAt), asc(reps.id));
}

/** Who stands in where no manager does: somebody's manager, else whoever has been here longest. */
export async function findFallbackRep(tx: Tx, workspaceId: string): Promise<Rep | null> {
  const leads = sql`exists (select 1 from ${reps} as led where led.workspace_id = ${reps.workspaceId} and led.manager_id = ${reps.id})`;
  const [rep] = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), eq(reps.active, true)))
    .orderBy(sql`${reps.slackUserId} is null`, sql`${leads} desc`, asc(reps.createdAt), asc(reps.id))
    .limit(1);
  return rep ?? null;
}

export async function saveRep(tx: Tx, workspaceId: string, id: string, change: Partial<Rep>): Promise<void> {
  await tx.update(reps).set(change).where(oneRep(workspaceId, id));
}

/** Lets all names of one rep lead to another. */
export async function mergeReps(tx: Tx, workspaceId: string, fromId: string, toId: string): Promise<void> {
  await tx
    .update(repAliases)
    .set({ repId: toId })
    .where(and(eq(repAliases.workspaceId, workspaceId), eq(repAliases.repId, fromId)));
  await tx
    .update(engagements)
    .set({ namedOwnerId: toId })
    .where(and(eq(engagements.workspaceId, workspaceId), eq(engagements.namedOwnerId, fromId)));
}

export async function insertMatchedRep(tx: Tx, rep: typeof reps.$inferInsert): Promise<void> {
  await tx.insert(reps).values(rep).onConflictDoNothing();
}

function oneRep(workspaceId: string, id: string) {
  return and(eq(reps.workspaceId, workspaceId), eq(reps.id, id));
}
