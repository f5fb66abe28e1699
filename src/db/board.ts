import { and, asc, count, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import { isBeforeOrder } from '../domain/cycle/stage.ts';
import type { Money } from '../domain/money.ts';
import { readVerifications } from './cycle/verification.ts';
import type { Tx } from './driver.ts';
import { answers, needs } from './schema/answers.ts';
import { prompts } from './schema/asking.ts';
import { accounts, engagements } from './schema/cycle.ts';
import { reps } from './schema/people.ts';
import { isOneOf } from './sql/is-one-of.ts';

const money = (value: string | null, currency: string | null): Money | null =>
  value === null || currency === null ? null : { value, currency };

/** Open prompts of a rep, or of an account, with what they are about: most pressing first. */
export async function readDoors(
  tx: Tx,
  workspaceId: string,
  of: { repId?: string; accountId?: string; ids?: readonly string[]; limit: number },
) {
  const rows = await tx
    .select({ prompt: prompts, account: accounts, engagement: engagements, rep: reps.name })
    .from(prompts)
    .innerJoin(
      accounts,
      and(eq(accounts.workspaceId, prompts.workspaceId), eq(accounts.id, prompts.accountId)),
    )
    .innerJoin(reps, and(eq(reps.workspaceId, prompts.workspaceId), eq(reps.id, prompts.repId)))
    .leftJoin(
      engagements,
      and(eq(engagements.workspaceId, prompts.workspaceId), eq(engagements.id, prompts.engagementId)),
    )
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        isNull(prompts.closedAt),
        of.repId === undefined ? undefined : eq(prompts.repId, of.repId),
        of.accountId === undefined ? undefined : eq(prompts.accountId, of.accountId),
        of.ids === undefined ? undefined : isOneOf(prompts.id, of.ids),
      ),
    )
    .orderBy(asc(prompts.dueAt), asc(prompts.id))
    .limit(of.limit);
  return rows.map(({ prompt, account, engagement, rep }) => ({
    promptId: prompt.id,
    account: { id: account.id, name: account.name },
    engagement:
      engagement === null
        ? null
        : {
            id: engagement.id,
            name: engagement.name,
            url: engagement.url,
            amount: money(engagement.amount, engagement.currency),
            stage: engagement.stage,
            ending: engagement.ending,
            dealAt: engagement.wonAt ?? engagement.openedAt,
          },
    question: prompt.question,
    since: prompt.since,
    dueAt: prompt.dueAt,
    asked: prompt.asked,
    quietSince: prompt.quietSince,
    repId: prompt.repId,
    rep,
  }));
}

export async function countDoors(tx: Tx, workspaceId: string, repId: string): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), eq(prompts.repId, repId), isNull(prompts.closedAt)));
  return row?.count ?? 0;
}

/** Of these accounts, those at which a rep owns something, or owned or was asked about something once. */
export async function findOwnAccounts(
  tx: Tx,
  workspaceId: string,
  repId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const owned = tx
    .select({ id: engagements.accountId })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isOneOf(engagements.accountId, ids),
        or(eq(engagements.ownerId, repId), eq(engagements.namedOwnerId, repId)),
      ),
    );
  const asked = tx
    .select({ id: prompts.accountId })
    .from(prompts)
    .where(
      and(eq(prompts.workspaceId, workspaceId), isOneOf(prompts.accountId, ids), eq(prompts.repId, repId)),
    );
  return new Set((await union(owned, asked)).map(({ id }) => id));
}

/** An account's engagements, latest first, each with its owner, the need it grew from and its last verification. */
export async function readTurns(tx: Tx, workspaceId: string, accountId: string, limit: number) {
  const rows = await tx
    .select({ engagement: engagements, owner: reps.name, grewFrom: needs.words })
    .from(engagements)
    .innerJoin(reps, and(eq(reps.workspaceId, engagements.workspaceId), eq(reps.id, engagements.ownerId)))
    .leftJoin(needs, and(eq(needs.workspaceId, engagements.workspaceId), eq(needs.id, engagements.needId)))
    .where(turnsOf(workspaceId, accountId))
    .orderBy(sql`${engagements.ending} is null desc`, desc(engagements.openedAt), desc(engagements.id))
    .limit(limit);
  const ids = rows.map((row) => row.engagement.id);
  const verified = await readVerifications(tx, workspaceId, ids);
  const latest = new Map(verified.map((verification) => [verification.engagementId, verification]));
  return rows.map((row) => ({ ...row, verification: latest.get(row.engagement.id) ?? null }));
}

/** An account's turns of the cycle: an order that a deal is too goes on as that deal, and one taken back never was. */
function turnsOf(workspaceId: string, accountId: string) {
  return and(
    eq(engagements.workspaceId, workspaceId),
    eq(engagements.accountId, accountId),
    isNull(engagements.sameAsId),
    sql`${engagements.ending} is distinct from 'taken_back'`,
  );
}

/** How many engagements an account has had, and what was won, per currency. */
export async function sumAccount(tx: Tx, workspaceId: string, accountId: string) {
  const ofAccount = turnsOf(workspaceId, accountId);
  const [all] = await tx.select({ count: count() }).from(engagements).where(ofAccount);
  const rows = await tx
    .select({
      currency: engagements.currency,
      count: count(),
      sum: sql<string | null>`sum(${engagements.amount})`,
    })
    .from(engagements)
    .where(and(ofAccount, isNotNull(engagements.wonAt)))
    .groupBy(engagements.currency)
    .orderBy(asc(engagements.currency));
  return {
    turns: all?.count ?? 0,
    won: rows.reduce((sum, row) => sum + row.count, 0),
    amounts: rows.flatMap((row) => money(row.sum, row.currency) ?? []),
  };
}

/**
 * The notes of an account, latest first: replies, as they were last written, and what was noted beside another
 * answer.
 */
export async function readNotes(tx: Tx, workspaceId: string, accountId: string, limit: number) {
  const isLatest = sql`not exists (select 1 from ${answers} as later where later.workspace_id = ${answers.workspaceId}
    and later.message = ${answers.message} and (later.at, later.id) > (${answers.at}, ${answers.id}))`;
  return await tx
    .select({ fact: answers.fact, at: answers.at, by: reps.name })
    .from(answers)
    .innerJoin(reps, and(eq(reps.workspaceId, answers.workspaceId), eq(reps.id, answers.repId)))
    .where(
      and(
        eq(answers.workspaceId, workspaceId),
        eq(answers.accountId, accountId),
        isNull(answers.retractedAt),
        sql`(${answers.fact}->'answer'->>'kind' = 'note' or ${answers.fact}->'answer'->>'note' is not null)`,
        isLatest,
      ),
    )
    .orderBy(desc(answers.at))
    .limit(limit);
}

/** The account's engagements before the order that are open: what "won" can be about. */
export async function readOpenBeforeOrder(tx: Tx, workspaceId: string, accountId: string) {
  return (await readDoors(tx, workspaceId, { accountId, limit: 100 })).filter(
    ({ engagement, question }) => engagement?.stage === question && isBeforeOrder(engagement.stage),
  );
}
