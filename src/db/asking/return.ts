import { and, asc, desc, eq, isNotNull, isNull, max, or, type SQL, sql } from 'drizzle-orm';
import type { ComeBack, Happening, Part } from '../../domain/asking/returns.ts';
import { takerOf } from '../cycle/engagement.ts';
import type { Tx } from '../driver.ts';
import { answers } from '../schema/answers.ts';
import { prompts } from '../schema/asking.ts';
import { engagements } from '../schema/cycle.ts';
import { reps } from '../schema/people.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import type { Prompt } from './prompt.ts';

/** A prompt that is for somebody: mostly the open return at an account. */
export type Return = Prompt & { namedRepId: string };

/** The open returns of these accounts, the latest reason first. */
export async function readReturns(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Return[]> {
  return (await selectReturns(tx, workspaceId, accountIds).orderBy(desc(prompts.since))).filter(isNamed);
}

/** The same, held until the transaction ends. */
export async function lockReturns(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Return[]> {
  const found = selectReturns(tx, workspaceId, accountIds).orderBy(asc(prompts.id)).for('no key update');
  return (await found).filter(isNamed);
}

function selectReturns(tx: Tx, workspaceId: string, accountIds: readonly string[]) {
  return tx
    .select()
    .from(prompts)
    .where(and(isOpenReturn(workspaceId), isOneOf(prompts.accountId, accountIds)))
    .$dynamic();
}

/** What is open and for these reps, or asked of them: returns, and what is asked beside the questions of stages. */
export async function readNamedOfReps(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Return[]> {
  return (await selectNamedOfReps(tx, workspaceId, repIds)).filter(isNamed);
}

/** The same, held until the transaction ends. */
export async function lockNamedOfReps(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Return[]> {
  return (await selectNamedOfReps(tx, workspaceId, repIds).for('no key update')).filter(isNamed);
}

function selectNamedOfReps(tx: Tx, workspaceId: string, repIds: readonly string[]) {
  const isTheirs = or(isOneOf(prompts.namedRepId, repIds), isOneOf(prompts.repId, repIds));
  const isOpen = and(isNotNull(prompts.namedRepId), isNull(prompts.closedAt));
  return tx
    .select()
    .from(prompts)
    .where(and(eq(prompts.workspaceId, workspaceId), isOpen, isTheirs))
    .orderBy(asc(prompts.id))
    .$dynamic();
}

/** The accounts at which an open return is for one of these reps. */
export async function readAccountsOfReturns(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ accountId: prompts.accountId })
    .from(prompts)
    .where(and(isOpenReturn(workspaceId), isOneOf(prompts.namedRepId, repIds)));
  return rows.map((row) => row.accountId);
}

function isOpenReturn(workspaceId: string) {
  return and(eq(prompts.workspaceId, workspaceId), eq(prompts.question, 'return'), isNull(prompts.closedAt));
}

function isNamed(prompt: Prompt): prompt is Return {
  return prompt.namedRepId !== null;
}

/** What each rep has had going on at these accounts. */
export async function readParts(tx: Tx, workspaceId: string, accountIds: readonly string[]): Promise<Part[]> {
  const { accountId, namedOwnerId: repId, id, ending, endedAt, source, dealId, movedAt } = engagements;
  const deal = sql`${source} || ' ' || ${dealId}`;
  const latest = (value: SQL | typeof id, column: typeof endedAt | typeof movedAt) =>
    sql<string>`(array_agg(${value} order by ${column} desc nulls last, ${source} desc, ${dealId} desc))[1]`;
  const rows = await tx
    .select({
      accountId,
      repId,
      hasOpen: sql<boolean>`bool_or(${ending} is null)`,
      ended: { engagementId: latest(id, endedAt), deal: latest(deal, endedAt), at: max(endedAt) },
      moved: { engagementId: latest(id, movedAt), deal: latest(deal, movedAt), at: max(movedAt) },
    })
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isOneOf(accountId, accountIds),
        isNull(engagements.sameAsId),
        sql`${ending} is distinct from 'taken_back'`,
      ),
    )
    .groupBy(accountId, repId);
  return rows.map(({ ended, moved, ...part }) => {
    return { ...part, lastEnding: happening(ended), lastMove: happening(moved) };
  });
}

function happening({ at, ...what }: Omit<Happening, 'at'> & { at: Date | null }): Happening | null {
  return at === null ? null : { ...what, at };
}

/** What reps said of coming back to these accounts. */
export async function readComeBacks(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<ComeBack[]> {
  const { accountId, returnFor, id: factId, at, engagementId, returnOn: on, fact } = answers;
  // Days that were named about a deal go with it to whoever took it on.
  const repId = sql<string | null>`coalesce(${takerOf(workspaceId, engagementId)}, ${returnFor})`;
  const isLoss = sql<boolean>`${fact}->'answer'->>'kind' = 'lost'`;
  const every = sql<ComeBack['every']>`${fact}->'answer'->>'every'`;
  const rows = await tx
    .select({ accountId, repId, factId, at, engagementId, on, isLoss, every, answered: prompts.id })
    .from(answers)
    .leftJoin(
      prompts,
      and(
        eq(prompts.workspaceId, answers.workspaceId),
        sql`${prompts.factId} = ${factId}::text`,
        eq(prompts.question, 'return'),
        sql`exists (select 1 from ${answers} as given where given.workspace_id = ${prompts.workspaceId}
          and given.id = ${prompts.answerId} and given.retracted_at is null)`,
      ),
    )
    .where(
      and(
        eq(answers.workspaceId, workspaceId),
        isOneOf(accountId, accountIds),
        isNotNull(returnFor),
        isNull(answers.retractedAt),
      ),
    );
  return rows.flatMap(({ answered, ...row }) => {
    if (row.accountId === null || row.repId === null) return [];
    return [{ ...row, accountId: row.accountId, repId: row.repId, isAnswered: answered !== null }];
  });
}

/** What was said of coming back for one rep is for another from now on. */
export async function moveComeBacks(
  tx: Tx,
  workspaceId: string,
  fromId: string,
  toId: string,
): Promise<void> {
  await tx
    .update(answers)
    .set({ returnFor: toId })
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.returnFor, fromId)));
}

/** When each rep was last asked to come back to these accounts, and when something of theirs last moved there. */
export async function readLastThere(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<{ accountId: string; repId: string | null; name: string; at: Date; how: 'asked' | 'moved' }[]> {
  if (accountIds.length === 0) return [];
  const asked = await tx
    .select({
      accountId: prompts.accountId,
      repId: prompts.namedRepId,
      name: reps.name,
      at: max(prompts.lastAskedAt),
    })
    .from(prompts)
    .innerJoin(reps, and(eq(reps.workspaceId, prompts.workspaceId), eq(reps.id, prompts.namedRepId)))
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        isOneOf(prompts.accountId, accountIds),
        isNull(prompts.engagementId),
      ),
    )
    .groupBy(prompts.accountId, prompts.namedRepId, reps.name);
  const moved = await tx
    .select({
      accountId: engagements.accountId,
      repId: engagements.namedOwnerId,
      name: reps.name,
      at: max(engagements.movedAt),
    })
    .from(engagements)
    .innerJoin(
      reps,
      and(eq(reps.workspaceId, engagements.workspaceId), eq(reps.id, engagements.namedOwnerId)),
    )
    .where(and(eq(engagements.workspaceId, workspaceId), isOneOf(engagements.accountId, accountIds)))
    .groupBy(engagements.accountId, engagements.namedOwnerId, reps.name);
  const was = <H extends 'asked' | 'moved'>(how: H, rows: typeof asked | typeof moved) =>
    rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at, how }]));
  return [...was('asked', asked), ...was('moved', moved)];
}
