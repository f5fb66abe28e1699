import { and, asc, eq } from 'drizzle-orm';
import type { Answer } from '../domain/cycle/answer.ts';
import type { Fact } from '../domain/cycle/engagement.ts';
import type { Tx } from './driver.ts';
import { answers, needs, verifications } from './schema/cycle.ts';
import { isOneOf } from './sql/is-one-of.ts';

export type StoredAnswer = typeof answers.$inferSelect;
export type Need = typeof needs.$inferSelect;

/** Stores what a rep said. False when an answer with the same key is there already: the same click again. */
export async function insertAnswer(tx: Tx, answer: typeof answers.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(answers).values(answer).onConflictDoNothing().returning({ id: answers.id });
  return rows.length > 0;
}

export async function findAnswerByKey(
  tx: Tx,
  workspaceId: string,
  key: string,
): Promise<StoredAnswer | null> {
  const [row] = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.key, key)));
  return row ?? null;
}

/** What a message in Slack was kept as first; null when it was not kept. */
export async function findAnswerOfMessage(
  tx: Tx,
  workspaceId: string,
  message: string,
): Promise<StoredAnswer | null> {
  const [row] = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.message, message)))
    .orderBy(asc(answers.at), asc(answers.id))
    .limit(1);
  return row ?? null;
}

export async function readAnswers(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, StoredAnswer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), isOneOf(answers.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** What reps said about these engagements, as facts, by engagement. */
export async function readAnswerFacts(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<Map<string, Fact[]>> {
  const facts = new Map<string, Fact[]>();
  if (engagementIds.length === 0) return facts;
  const rows = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), isOneOf(answers.engagementId, engagementIds)))
    .orderBy(asc(answers.at));
  for (const row of rows) {
    if (row.engagementId === null) continue;
    const known = facts.get(row.engagementId);
    if (known === undefined) facts.set(row.engagementId, [toFact(row)]);
    else known.push(toFact(row));
  }
  return facts;
}

function toFact(row: StoredAnswer): Fact {
  if ('begun' in row.fact) return { id: row.id, at: row.at, kind: 'begun', stage: row.fact.begun };
  return { id: row.id, at: row.at, kind: 'answer', answer: row.fact.answer };
}

/** The notes of an account, latest first. */
export function noteText(answer: StoredAnswer): string | null {
  const said: Answer | null = 'answer' in answer.fact ? answer.fact.answer : null;
  return said?.kind === 'note' ? said.text : null;
}

export async function insertNeeds(tx: Tx, rows: (typeof needs.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(needs).values(rows);
}

export async function insertVerification(tx: Tx, row: typeof verifications.$inferInsert): Promise<void> {
  await tx.insert(verifications).values(row);
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
