import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Counts } from '../domain/figures/figures.ts';
import type { Tx } from './driver.ts';
import { needs } from './schema/answers.ts';
import { prompts } from './schema/asking.ts';
import { accounts, engagements } from './schema/cycle.ts';
import { reps } from './schema/people.ts';

export const GROUPINGS = ['rep', 'manager', 'account', 'month'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A period [from, to), and how its figures are grouped. Months are local months of `timeZone`. */
export interface Period {
  from: Date;
  to: Date;
  timeZone: string;
  by?: Grouping | undefined;
}

/** The figures of a period by group; without grouping one group, ''. Currencies are never added up. */
export async function readCounts(tx: Tx, workspaceId: string, period: Period): Promise<Map<string, Counts>> {
  const groups = new Map<string, Counts>();
  const of = (group: string): Counts => {
    const known = groups.get(group) ?? none();
    groups.set(group, known);
    return known;
  };
  if (period.by === undefined) of('');
  for (const { group, currency, count: won, sum } of await readWon(tx, workspaceId, period)) {
    of(group).won.count += Number(won);
    if (currency !== null && sum !== null) of(group).won.amounts.push({ value: sum, currency });
  }
  for (const { group, count: verified, median } of await readVerified(tx, workspaceId, period)) {
    of(group).verified = Number(verified);
    of(group).medianDaysToVerified = median === null ? null : Number(median);
  }
  for (const { group, count: heard } of await readHeard(tx, workspaceId, period))
    of(group).needs = Number(heard);
  for (const { group, count: begun } of await readBegun(tx, workspaceId, period))
    of(group).begun = Number(begun);
  for (const { group, count: open } of await readOpen(tx, workspaceId, period))
    of(group).openDoors = Number(open);
  return groups;
}

function none(): Counts {
  return {
    won: { count: 0, amounts: [] },
    verified: 0,
    needs: 0,
    begun: 0,
    medianDaysToVerified: null,
    openDoors: 0,
  };
}

/** What is counted: rows of a table, each with a time, a rep and an account. */
interface Counted {
  table: typeof engagements | typeof needs | typeof prompts;
  at: PgColumn;
  rep: PgColumn;
  /** Which rows count, besides those outside the period. */
  where: SQL;
  select?: SQL;
  groupBy?: SQL;
}

const ofEngagements = { table: engagements, rep: engagements.ownerId };

async function readWon(tx: Tx, workspaceId: string, period: Period) {
  const select = sql`, trim(${engagements.currency}) as currency, trim_scale(sum(${engagements.amount}))::text as sum`;
  const at = engagements.wonAt;
  const won: Counted = {
    ...ofEngagements,
    at,
    where: within(at, period),
    select,
    groupBy: sql`, ${engagements.currency}`,
  };
  return await tally<{ currency: string | null; sum: string | null }>(tx, workspaceId, period, won);
}

async function readVerified(tx: Tx, workspaceId: string, period: Period) {
  const at = engagements.verifiedAt;
  const days = sql`extract(epoch from ${at} - ${engagements.wonAt}) / 86400`;
  const select = sql`, percentile_cont(0.5) within group (order by ${days}) as median`;
  return await tally<{ median: string | null }>(tx, workspaceId, period, {
    ...ofEngagements,
    at,
    where: within(at, period),
    select,
  });
}

async function readHeard(tx: Tx, workspaceId: string, period: Period) {
  const at = needs.heardAt;
  return await tally(tx, workspaceId, period, {
    table: needs,
    rep: needs.repId,
    at,
    where: sql`${needs.retractedAt} is null and ${within(at, period)}`,
  });
}

async function readBegun(tx: Tx, workspaceId: string, period: Period) {
  const at = engagements.createdAt;
  const where = sql`${engagements.parentId} is not null and ${engagements.sameAsId} is null and ${engagements.ending} is distinct from 'taken_back' and ${within(at, period)}`;
  return await tally(tx, workspaceId, period, { ...ofEngagements, at, where });
}

/** Doors that stand open now: they belong to no month. */
async function readOpen(tx: Tx, workspaceId: string, period: Period) {
  if (period.by === 'month') return [];
  const open: Counted = {
    table: prompts,
    rep: prompts.repId,
    at: prompts.since,
    where: sql`${prompts.closedAt} is null and ${prompts.question} not in ('promise', 'promised', 'need', 'lost')`,
  };
  return await tally(tx, workspaceId, period, open);
}

type Tally<Extra> = { group: string; count: string } & Extra;

async function tally<Extra = object>(
  tx: Tx,
  workspaceId: string,
  period: Period,
  { table, at, rep, where, select = sql``, groupBy = sql`` }: Counted,
): Promise<Tally<Extra>[]> {
  const { name, join } = grouping(period, table, at, rep);
  const result: unknown = await tx.execute(sql`
    select ${name} as "group", count(*) as count ${select}
    from ${table} ${join}
    where ${table.workspaceId} = ${workspaceId} and ${where}
    group by 1 ${groupBy}
    order by 1 ${groupBy}`);
  // postgres.js answers with the rows, PGlite with an object that has them.
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Tally<Extra>[];
}

function grouping(
  { by, timeZone }: Period,
  table: Counted['table'],
  at: PgColumn,
  rep: PgColumn,
): { name: SQL; join: SQL } {
  const joinRep = sql`join ${reps} as rep on rep.workspace_id = ${table.workspaceId} and rep.id = ${rep}`;
  switch (by) {
    case undefined:
      return { name: sql`''`, join: sql`` };
    case 'month':
      return { name: sql`to_char(${at} at time zone ${sql.raw(quote(timeZone))}, 'YYYY-MM')`, join: sql`` };
    case 'rep':
      return { name: sql`rep.name`, join: joinRep };
    case 'manager': {
      const named = sql`left join ${reps} as named on named.workspace_id = rep.workspace_id and named.id = rep.manager_id`;
      const lead = sql`left join ${reps} as lead on lead.workspace_id = rep.workspace_id and lead.id = coalesce(named.joined_to, named.id)`;
      return { name: sql`coalesce(lead.name, 'Nobody')`, join: sql`${joinRep} ${named} ${lead}` };
    }
    case 'account': {
      const { workspaceId, id, name } = accounts;
      const on = sql`${workspaceId} = ${table.workspaceId} and ${id} = ${table.accountId}`;
      return { name: sql`${name}`, join: sql`join ${accounts} on ${on}` };
    }
  }
}

/** A parameter would make PostgreSQL take the expression for another one in `group by`: so it is quoted in place. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function within(at: PgColumn, { from, to }: Period): SQL {
  return sql`${at} >= ${from.toISOString()}::timestamptz and ${at} < ${to.toISOString()}::timestamptz`;
}

/** The open engagements that have waited longest for something to happen. */
export async function readLongestWaiting(tx: Tx, workspaceId: string, limit: number) {
  return await tx
    .select({
      account: accounts.name,
      question: engagements.stage,
      since: engagements.askingSince,
      rep: reps.name,
      slackUserId: reps.slackUserId,
    })
    .from(engagements)
    .innerJoin(
      accounts,
      and(eq(accounts.workspaceId, engagements.workspaceId), eq(accounts.id, engagements.accountId)),
    )
    .innerJoin(reps, and(eq(reps.workspaceId, engagements.workspaceId), eq(reps.id, engagements.ownerId)))
    .where(and(eq(engagements.workspaceId, workspaceId), isNull(engagements.ending)))
    .orderBy(asc(engagements.askingSince))
    .limit(limit);
}

/** Owners whom Slack does not know, with how many open engagements wait for them, most first. */
export async function readUnmatchedOwners(tx: Tx, workspaceId: string, limit: number) {
  const waiting = count(engagements.id);
  const { workspaceId: ofWorkspace, namedOwnerId, ending } = engagements;
  return await tx
    .select({ name: reps.name, engagements: waiting })
    .from(reps)
    .innerJoin(engagements, and(eq(ofWorkspace, reps.workspaceId), eq(namedOwnerId, reps.id), isNull(ending)))
    .where(and(eq(reps.workspaceId, workspaceId), isNull(reps.slackUserId)))
    .groupBy(reps.id, reps.name)
    .orderBy(sql`count(*) desc`, asc(reps.name))
    .limit(limit);
}
