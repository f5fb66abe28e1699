import { and, asc, count, eq, gt, gte, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { prompts } from '../schema/asking.ts';
import { engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { overwriteRows, rowsOf } from '../sql/rows-of.ts';

export type Prompt = typeof prompts.$inferSelect;

export async function readPrompts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Prompt[]> {
  if (ids.length === 0) return [];
  return await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.id, ids)));
}

/** All open prompts about these engagements, by engagement. Those of needs are none of an engagement's. */
export async function readOpenAbout(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<Map<string, Prompt[]>> {
  if (engagementIds.length === 0) return new Map();
  const rows = await readOpen(
    tx,
    workspaceId,
    and(isOneOf(prompts.engagementId, engagementIds), isNull(prompts.needId)),
  );
  return Map.groupBy(rows, (row) => row.engagementId ?? '');
}

/** Of the open prompts about an engagement, the one that asks the question of its stage, and those beside it. */
export function splitOpen(rows: readonly Prompt[] = []): { main: Prompt | undefined; beside: Prompt[] } {
  return {
    main: rows.find(({ namedRepId }) => namedRepId === null),
    beside: rows.filter(({ namedRepId }) => namedRepId !== null),
  };
}

/** The ids of what is open at an account and was asked. */
export async function readAskedAt(tx: Tx, workspaceId: string, accountId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: prompts.id })
    .from(prompts)
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        eq(prompts.accountId, accountId),
        isNull(prompts.closedAt),
        gt(prompts.asked, 0),
      ),
    );
  return rows.map(({ id }) => id);
}

/** The open prompts about the days of needs at these accounts. */
export async function readOpenOfNeeds(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Prompt[]> {
  if (accountIds.length === 0) return [];
  return await readOpen(
    tx,
    workspaceId,
    and(isOneOf(prompts.accountId, accountIds), isNotNull(prompts.needId)),
  );
}

async function readOpen(tx: Tx, workspaceId: string, which: SQL | undefined): Promise<Prompt[]> {
  return await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isNull(prompts.closedAt), which))
    .orderBy(asc(prompts.id));
}

/**
 * The closed prompts about these engagements, or about the orders that joined them, about these needs, and the returns at
 * these accounts.
 */
export async function readClosedPrompts(
  tx: Tx,
  workspaceId: string,
  of: { engagementIds: readonly string[]; needIds: readonly string[]; returnsAt: readonly string[] },
): Promise<Prompt[]> {
  const told = sql`${prompts.engagementId} in (select id from ${engagements}
    where ${engagements.workspaceId} = ${workspaceId} and ${isOneOf(engagements.sameAsId, of.engagementIds)})`;
  const isReturn = and(eq(prompts.question, 'return'), isOneOf(prompts.accountId, of.returnsAt));
  const isOfNeed = isOneOf(prompts.needId, of.needIds);
  return await tx
    .select()
    .from(prompts)
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        isNotNull(prompts.closedAt),
        or(isOneOf(prompts.engagementId, of.engagementIds), told, isReturn, isOfNeed),
      ),
    )
    .orderBy(asc(prompts.closedAt), asc(prompts.id));
}

export async function insertPrompts(tx: Tx, rows: readonly Prompt[]): Promise<void> {
  if (rows.length > 0) await tx.insert(prompts).select(rowsOf(prompts, rows));
}

/** Writes whole rows of prompts that are there, and held by the caller. */
export async function updatePrompts(tx: Tx, rows: readonly Prompt[]): Promise<void> {
  await overwriteRows(tx, prompts, rows);
}

/** Closes prompts: answered by `answerId`, or overtaken without one. */
export async function closePrompts(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  closedAt: Date,
  answerId: string | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(prompts)
    .set({ closedAt, answerId })
    .where(and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.id, ids)));
}

/** Puts prompts off until `dueAt`. `forRoom`: they are due, and it counts how long they wait. */
export async function deferPrompts(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  dueAt: Date,
  { forRoom = false } = {},
): Promise<void> {
  if (ids.length === 0) return;
  const waits = sql`coalesce(${prompts.waitingSince}, ${prompts.dueAt})`;
  await tx
    .update(prompts)
    .set(forRoom ? { dueAt, waitingSince: waits } : { dueAt })
    .where(and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.id, ids)));
}

export async function savePrompt(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Prompt>,
): Promise<void> {
  await tx
    .update(prompts)
    .set(change)
    .where(and(eq(prompts.workspaceId, workspaceId), eq(prompts.id, id)));
}

const waitsForBundle = (workspaceId: string) =>
  and(
    eq(prompts.workspaceId, workspaceId),
    isNull(prompts.closedAt),
    isNull(prompts.bundleId),
    isNull(prompts.unaskableSince),
  );

/** Reps with prompts that are due, those who have waited longest first. */
export async function findRepsWithDuePrompts(
  tx: Tx,
  workspaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ repId: prompts.repId })
    .from(prompts)
    .where(and(waitsForBundle(workspaceId), lte(prompts.dueAt, now)))
    .groupBy(prompts.repId)
    .orderBy(sql`min(${prompts.dueAt})`)
    .limit(limit);
  return rows.map((row) => row.repId);
}

/** The prompts of these reps that are due, most pressing first. */
export async function readDuePrompts(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
  now: Date,
): Promise<Map<string, Prompt[]>> {
  if (repIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(prompts)
    .where(and(waitsForBundle(workspaceId), isOneOf(prompts.repId, repIds), lte(prompts.dueAt, now)))
    .orderBy(asc(prompts.dueAt), asc(prompts.id));
  return Map.groupBy(rows, (row) => row.repId);
}

/** All open prompts that are put to these reps, or to others in their place. */
export async function readOpenPromptsOfReps(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Prompt[]> {
  return await selectOpenOfReps(tx, workspaceId, repIds);
}

/** The same, held until the transaction ends. */
export async function lockOpenPromptsOfReps(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Prompt[]> {
  return await selectOpenOfReps(tx, workspaceId, repIds).orderBy(asc(prompts.id)).for('no key update');
}

/** These prompts as far as they are open, held until the transaction ends. */
export async function lockOpenPrompts(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Prompt[]> {
  if (ids.length === 0) return [];
  return await tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.id, ids), isNull(prompts.closedAt)))
    .orderBy(asc(prompts.id))
    .for('no key update');
}

function selectOpenOfReps(tx: Tx, workspaceId: string, repIds: readonly string[]) {
  const isTheirs = or(isOneOf(prompts.repId, repIds), isOneOf(prompts.askedForId, repIds));
  return tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isTheirs, isNull(prompts.closedAt)))
    .$dynamic();
}

/** The due times of a rep's open prompts from `from` on: imported history keeps clear of full days. */
export async function readDueTimes(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
  from: Date,
): Promise<{ repId: string; question: string; dueAt: Date; count: number }[]> {
  const { repId, question, dueAt } = prompts;
  return await tx
    .select({ repId, question, dueAt, count: count() })
    .from(prompts)
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        isOneOf(prompts.repId, repIds),
        isNull(prompts.closedAt),
        gte(prompts.dueAt, from),
      ),
    )
    .groupBy(repId, question, dueAt);
}

/** How many questions for a rep are due and wait for room in a bundle. */
export async function countWaiting(tx: Tx, workspaceId: string, repId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(prompts)
    .where(and(waitsForBundle(workspaceId), eq(prompts.repId, repId), isNotNull(prompts.waitingSince)));
  return row?.count ?? 0;
}
