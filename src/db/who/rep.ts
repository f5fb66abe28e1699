import { and, asc, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { prompts } from '../schema/asking.ts';
import { reps } from '../schema/people.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export type Rep = typeof reps.$inferSelect;

export async function readReps(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Rep>> {
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The same, for deciding who is asked: until the transaction ends nobody else can change who they are, whether they can
 * be reached, or who leads them (changeRep). It hinders no other lock.
 */
export async function holdReps(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Rep>> {
  return await readLocked(tx, workspaceId, ids, 'key share');
}

/** The same, so that one transaction at a time claims for a rep. */
export async function lockReps(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Rep>> {
  return await readLocked(tx, workspaceId, ids, 'no key update');
}

/** Locks are taken in the order of the reps' ids. */
async function readLocked(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  strength: 'key share' | 'no key update',
): Promise<Map<string, Rep>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, ids)))
    .orderBy(asc(reps.id))
    .for(strength);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findRepBySlackUser(
  tx: Tx,
  workspaceId: string,
  slackUserId: string,
): Promise<Rep | null> {
  const [rep] = await tx.select().from(reps).where(bySlackUser(workspaceId, slackUserId));
  return rep ?? null;
}

export async function readRepsOfSlackUsers(
  tx: Tx,
  workspaceId: string,
  slackUserIds: readonly string[],
): Promise<Map<string, Rep>> {
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.slackUserId, slackUserIds)));
  return new Map(rows.map((row) => [row.slackUserId ?? '', row]));
}

/** Those who are one of these reps under another name. */
export async function readJoined(tx: Tx, workspaceId: string, repIds: readonly string[]): Promise<Rep[]> {
  return await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.joinedTo, repIds)));
}

/** Those whom any of these leads, and who cannot be asked themselves. */
export async function readUnreachableLed(
  tx: Tx,
  workspaceId: string,
  managerIds: readonly string[],
): Promise<Rep[]> {
  return await tx
    .select()
    .from(reps)
    .where(
      and(
        eq(reps.workspaceId, workspaceId),
        isOneOf(reps.managerId, managerIds),
        or(eq(reps.active, false), isNull(reps.slackUserId)),
      ),
    );
}

/** Those who named any of these to stand in for them, or to have their value talks. */
export async function findWhoNamed(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<string[]> {
  if (repIds.length === 0) return [];
  const named = or(isOneOf(reps.delegateId, repIds), isOneOf(reps.valueTalksId, repIds));
  const rows = await tx
    .select({ id: reps.id })
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), named));
  return rows.map((row) => row.id);
}

/** Reps whose being away begins or ends by `now`. */
export async function findAwayTurns(
  tx: Tx,
  workspaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ id: reps.id })
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), lte(reps.awayTurnsAt, now)))
    .orderBy(asc(reps.awayTurnsAt))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Reps who are not to be asked, being joined or out of reach, and are all the same. */
export async function findAskedInVain(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const isAsked = sql`exists (select 1 from ${prompts} where ${prompts.workspaceId} = ${reps.workspaceId}
    and ${prompts.repId} = ${reps.id} and ${prompts.closedAt} is null)`;
  const rows = await tx
    .select({ id: reps.id })
    .from(reps)
    .where(
      and(
        eq(reps.workspaceId, workspaceId),
        or(eq(reps.active, false), isNull(reps.slackUserId)),
        or(eq(reps.active, false), isNotNull(reps.identifiedAt)),
        isAsked,
      ),
    )
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Who keeps what nobody can be asked where no admin is known: somebody's manager, else whoever is here longest. */
export async function findFallbackRep(tx: Tx, workspaceId: string): Promise<Rep | null> {
  const leads = sql`exists (select 1 from ${reps} as led where led.workspace_id = ${reps.workspaceId} and led.manager_id = ${reps.id})`;
  const [rep] = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), eq(reps.active, true), isNotNull(reps.slackUserId)))
    .orderBy(sql`${leads} desc`, asc(reps.createdAt), asc(reps.id))
    .limit(1);
  return rep ?? null;
}

/** Changes what does not decide who is asked. */
export async function saveRep(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<
    Omit<
      Rep,
      'active' | 'slackUserId' | 'joinedTo' | 'identifiedAt' | 'managerId' | 'delegateId' | 'valueTalksId'
    >
  >,
): Promise<void> {
  await tx.update(reps).set(change).where(oneRep(workspaceId, id));
}

/** A rep, held so that nobody else decides who is asked in their place: see changeRep(). */
export async function lockRepForChange(tx: Tx, workspaceId: string, id: string): Promise<Rep | null> {
  const [rep] = await tx.select().from(reps).where(oneRep(workspaceId, id)).for('update');
  return rep ?? null;
}

/**
 * Changes anything of a rep, once nobody who decides who is asked (holdReps) looks at them: what such a decision stored
 * is then there to be handed on. Whoever calls it holds no lock yet, else the two may wait for each other.
 */
export async function changeRep(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Rep>,
): Promise<void> {
  await lockRepForChange(tx, workspaceId, id);
  await tx.update(reps).set(change).where(oneRep(workspaceId, id));
}

/** Does nothing where the Slack user has a row: somebody was faster. */
export async function insertMatchedRep(tx: Tx, rep: typeof reps.$inferInsert): Promise<void> {
  await tx.insert(reps).values(rep).onConflictDoNothing();
}

function bySlackUser(workspaceId: string, slackUserId: string) {
  return and(eq(reps.workspaceId, workspaceId), eq(reps.slackUserId, slackUserId));
}

function oneRep(workspaceId: string, id: string) {
  return and(eq(reps.workspaceId, workspaceId), eq(reps.id, id));
}
