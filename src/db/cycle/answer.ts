import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Fact } from '../../domain/cycle/engagement.ts';
import type { Tx } from '../driver.ts';
import { answers } from '../schema/answers.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export type StoredAnswer = typeof answers.$inferSelect;

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

/** What a message in Slack was kept as first, once its client was known; null when it was not kept. */
export async function findAnswerOfMessage(
  tx: Tx,
  workspaceId: string,
  message: string,
): Promise<StoredAnswer | null> {
  const [row] = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.message, message)))
    .orderBy(asc(isNull(answers.accountId)), asc(answers.at), asc(answers.id))
    .limit(1);
  return row ?? null;
}

/** What a person's message in Slack says now; null where they have none. */
export async function readWordsOfMessage(
  tx: Tx,
  workspaceId: string,
  { message, repId }: { message: string; repId: string },
): Promise<string | null> {
  const [row] = await tx
    .select({ fact: answers.fact })
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.message, message), eq(answers.repId, repId)))
    .orderBy(desc(answers.at), desc(answers.id))
    .limit(1);
  const answer = row !== undefined && 'answer' in row.fact ? row.fact.answer : undefined;
  return answer?.kind === 'note' ? answer.text : null;
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

export function toFact(row: StoredAnswer): Fact {
  const { id, at, fact } = row;
  if ('retracted' in fact) return { id, at, kind: 'retracted', retracts: fact.retracted };
  if ('begun' in fact)
    return { id, at, kind: 'begun', stage: fact.begun, name: fact.name, amount: fact.amount };
  return { id, at, kind: 'answer', answer: fact.answer, retracts: row.retracts ?? undefined };
}
