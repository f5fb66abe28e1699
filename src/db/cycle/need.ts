import { and, asc, eq, getTableColumns, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { NeedFact } from '../../domain/cycle/need.ts';
import type { Tx } from '../driver.ts';
import { answers, needs } from '../schema/answers.ts';
import { engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { type Engagement, takerOf } from './engagement.ts';

export type Need = typeof needs.$inferSelect;

export async function insertNeeds(tx: Tx, rows: (typeof needs.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(needs).values(rows);
}

/** A need, held until the transaction ends. */
export async function lockNeed(tx: Tx, workspaceId: string, id: string): Promise<Need | null> {
  const [row] = await tx.select().from(needs).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

export async function readNeed(tx: Tx, workspaceId: string, id: string): Promise<Need | null> {
  const [row] = await tx.select().from(needs).where(one(workspaceId, id));
  return row ?? null;
}

/** An open need of the account; null when there is none with that id, or it is not open. */
export async function lockOpenNeed(
  tx: Tx,
  workspaceId: string,
  accountId: string,
  id: string,
): Promise<Need | null> {
  const need = await lockNeed(tx, workspaceId, id);
  const isOpen = need?.outcome === 'open' && need.retractedAt === null && need.accountId === accountId;
  return isOpen ? need : null;
}

export async function takeUpNeed(
  tx: Tx,
  workspaceId: string,
  id: string,
  engagementId: string,
): Promise<void> {
  await saveNeed(tx, workspaceId, id, { outcome: 'taken_up', takenUpById: engagementId });
}

export async function saveNeed(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Need>,
): Promise<void> {
  await tx.update(needs).set(change).where(one(workspaceId, id));
}

/** The needs of these accounts, but those that were taken back, oldest first. */
export async function readNeeds(tx: Tx, workspaceId: string, accountIds: readonly string[]): Promise<Need[]> {
  if (accountIds.length === 0) return [];
  return await tx
    .select()
    .from(needs)
    .where(ofAccounts(workspaceId, accountIds))
    .orderBy(asc(needs.heardAt), asc(needs.id));
}

/** A need that is open and has a day. `askedId`: who heard it, or took on the deal in which it was heard. */
export type DatedNeed = Need & { neededOn: string; askedId: string };

export async function readDatedNeeds(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<DatedNeed[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx
    .select({ ...getTableColumns(needs), askedId: askedOf(workspaceId) })
    .from(needs)
    .where(and(ofAccounts(workspaceId, accountIds), eq(needs.outcome, 'open'), isNotNull(needs.neededOn)))
    .orderBy(asc(needs.id));
  return rows.filter((row): row is DatedNeed => row.neededOn !== null);
}

/** Who is asked about a need. */
export function askedOf(workspaceId: string): SQL<string> {
  return sql`coalesce(${takerOf(workspaceId, needs.engagementId)}, ${needs.repId})`;
}

function ofAccounts(workspaceId: string, accountIds: readonly string[]) {
  return and(
    eq(needs.workspaceId, workspaceId),
    isOneOf(needs.accountId, accountIds),
    isNull(needs.retractedAt),
  );
}

/** What was said of a need since it was heard. */
export async function readNeedFacts(tx: Tx, workspaceId: string, needId: string): Promise<NeedFact[]> {
  const rows = await tx
    .select()
    .from(answers)
    .where(
      and(eq(answers.workspaceId, workspaceId), eq(answers.needId, needId), isNull(answers.retractedAt)),
    );
  return rows.flatMap(({ id, at, fact }) => {
    const answer = 'answer' in fact ? fact.answer : undefined;
    return answer !== undefined && 'needId' in answer ? [{ id, at, answer }] : [];
  });
}

/**
 * Of these accounts, those where a client waits for a repair: some order did not show its value when last asked.
 * `besides`: an engagement that is just being put right.
 */
export async function readUnseen(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
  besides?: string,
): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ accountId: engagements.accountId })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isOneOf(engagements.accountId, accountIds),
        eq(engagements.unseen, true),
        isNull(engagements.sameAsId),
        sql`${engagements.ending} is distinct from 'deleted'`,
        besides === undefined ? undefined : ne(engagements.id, besides),
      ),
    );
  return new Set(rows.map((row) => row.accountId));
}

/** A need in the client's words, whatever became of it; null when there is none. */
export async function readNeedWords(tx: Tx, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await tx.select({ words: needs.words }).from(needs).where(one(workspaceId, id));
  return row?.words ?? null;
}

/** Lets the needs from which these engagements began be taken up by them; by those that never were, no longer. */
export async function settleTakenUp(tx: Tx, workspaceId: string, begun: readonly Begun[]): Promise<void> {
  for (const { id, needId, ending } of begun) {
    if (needId === null) continue;
    const isTaken = ending !== 'taken_back';
    await tx
      .update(needs)
      .set({ outcome: isTaken ? 'taken_up' : 'open', takenUpById: isTaken ? id : null, sameAsId: null })
      .where(
        and(
          eq(needs.workspaceId, workspaceId),
          eq(needs.id, needId),
          isTaken ? isNull(needs.takenUpById) : eq(needs.takenUpById, id),
        ),
      );
  }
}

type Begun = Pick<Engagement, 'id' | 'needId' | 'ending'>;

function one(workspaceId: string, id: string) {
  return and(eq(needs.workspaceId, workspaceId), eq(needs.id, id));
}
