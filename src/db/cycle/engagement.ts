import { and, asc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { v7 as uuid } from 'uuid';
import type { Standing } from '../../domain/cycle/engagement.ts';
import type { Tx } from '../driver.ts';
import { needs } from '../schema/answers.ts';
import { engagements, stageChanges } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { overwriteRows, rowsOf } from '../sql/rows-of.ts';
import { type DealKey, dealKey } from './deal-event.ts';

export type Engagement = typeof engagements.$inferSelect;

/** Whom an engagement's source names, whoever took it on. */
export const givenOwner = sql<string>`coalesce(${engagements.handedFromId}, ${engagements.namedOwnerId})`;

/** Who took on the engagement of that id, or the deal that it is the same order as; null where nobody did. */
export function takerOf(workspaceId: string, engagementId: PgColumn): SQL<string | null> {
  return sql`(select deal.named_owner_id from ${engagements} as of_it join ${engagements} as deal
    on deal.workspace_id = of_it.workspace_id and deal.id = coalesce(of_it.same_as_id, of_it.id)
    where of_it.workspace_id = ${workspaceId} and of_it.id = ${engagementId} and deal.handed_from_id is not null)`;
}

/** The engagements of these deals, held until the transaction ends, by deal, in the order of their ids. */
export async function lockEngagementsOfDeals(
  tx: Tx,
  workspaceId: string,
  deals: readonly DealKey[],
): Promise<Map<string, Engagement>> {
  const found = new Map<string, Engagement>();
  for (const [source, group] of Map.groupBy(deals, (deal) => deal.source)) {
    const dealIds = group.map((deal) => deal.dealId);
    const rows = await tx
      .select()
      .from(engagements)
      .where(
        and(
          eq(engagements.workspaceId, workspaceId),
          eq(engagements.source, source),
          isOneOf(engagements.dealId, dealIds),
        ),
      )
      .orderBy(asc(engagements.id))
      .for('no key update');
    for (const row of rows) found.set(dealKey(row), row);
  }
  return found;
}

/** These engagements and those that they are the same order as, held until the transaction ends. */
export async function lockEngagements(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Engagement[]> {
  const isSame = sql`${engagements.id} in (select same_as_id from engagements
    where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[]))`;
  return await tx
    .select()
    .from(engagements)
    .where(and(eq(engagements.workspaceId, workspaceId), or(isOneOf(engagements.id, ids), isSame)))
    .orderBy(asc(engagements.id))
    .for('no key update');
}

export async function lockEngagement(tx: Tx, workspaceId: string, id: string): Promise<Engagement | null> {
  const [row] = await tx.select().from(engagements).where(one(workspaceId, id)).for('no key update');
  return row ?? null;
}

/** Engagements whose account is named so and that are still with the one it was part of, or stood alone as. */
export async function lockEngagementsLeft(
  tx: Tx,
  workspaceId: string,
  { namedId, fromId }: { namedId: string; fromId: string },
  limit: number,
): Promise<Engagement[]> {
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        eq(engagements.accountId, fromId),
        eq(engagements.namedAccountId, namedId),
      ),
    )
    .orderBy(asc(engagements.id))
    .limit(limit)
    .for('no key update');
}

/** Engagements of reps' own that grew from needs heard in these, and are with another account than these needs. */
export async function lockBegunElsewhere(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<{ begun: Engagement; heardIn: string }[]> {
  const heardIn = needs.engagementId;
  const rows = await tx
    .select({ begun: engagements, heardIn })
    .from(engagements)
    .innerJoin(needs, and(eq(needs.workspaceId, workspaceId), eq(needs.id, engagements.needId)))
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        eq(engagements.source, 'whatsnext'),
        isOneOf(needs.engagementId, engagementIds),
        ne(engagements.accountId, needs.accountId),
      ),
    )
    .orderBy(asc(engagements.id))
    .for('no key update', { of: engagements });
  return rows.map((row) => ({ ...row, heardIn: row.heardIn ?? '' }));
}

export async function readEngagements(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Engagement>> {
  const found = new Map<string, Engagement>();
  const rows = await tx
    .select()
    .from(engagements)
    .where(and(eq(engagements.workspaceId, workspaceId), isOneOf(engagements.id, ids)));
  for (const row of rows) found.set(row.id, row);
  return found;
}

/** Inserts engagements; those of deals that somebody else inserted meanwhile are left out of what is returned. */
export async function insertEngagements(tx: Tx, rows: readonly Engagement[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { id } = engagements;
  const given = rowsOf(engagements, rows);
  const inserted = await tx.insert(engagements).select(given).onConflictDoNothing().returning({ id });
  return new Set(inserted.map((row) => row.id));
}

/** Writes whole rows of engagements that are there, and held by the caller. */
export async function updateEngagements(tx: Tx, rows: readonly Engagement[]): Promise<void> {
  await overwriteRows(tx, engagements, rows);
}

/** The part of an engagement's row that its facts decide. */
export function standingColumns(standing: Standing) {
  const amount = standing.amount ?? standing.toldAmount;
  return {
    name: standing.name,
    url: standing.url,
    stage: standing.stage,
    ending: standing.ending,
    endedAt: standing.endedAt,
    openedAt: standing.openedAt,
    wonAt: standing.wonAt,
    verifiedAt: standing.verifiedAt,
    movedAt: standing.movedAt,
    amount: amount?.value ?? null,
    currency: amount?.currency ?? null,
    amountIsTold: standing.amount === null && amount !== null,
    askingFactId: standing.asking.factId,
    askingSince: standing.asking.since,
    askingOn: standing.asking.on,
    askingHow: standing.asking.how,
    beside: standing.beside,
    promise: standing.promise,
    repair: standing.repair,
    unseen: standing.unseen,
    returnReason: standing.returnReason,
  };
}

/** What planPrompt() and reasonsBeside() look at, from an engagement's row. */
export function askingOf(
  row: Engagement,
): Pick<Standing, 'stage' | 'ending' | 'asking' | 'beside' | 'wonAt'> {
  const { stage, ending, wonAt, beside } = row;
  const asking = { factId: row.askingFactId, since: row.askingSince, on: row.askingOn, how: row.askingHow };
  return { stage, ending, wonAt, beside, asking };
}

export interface History {
  workspaceId: string;
  engagementId: string;
  changes: Standing['changes'];
  /** Whether there may be lines from before: a new engagement has none. */
  isNew: boolean;
}

/** Appends the lines of each history that are not there yet, and retracts those that turned out wrong. */
export async function recordHistories(tx: Tx, histories: readonly History[], now: Date): Promise<void> {
  const known = await readKnownLines(tx, histories);
  const append: Line[] = [];
  const retract: string[] = [];
  for (const { workspaceId, engagementId, changes } of histories) {
    const before = new Map((known.get(engagementId) ?? []).map((line) => [lineKey(line), line.id]));
    for (const change of changes) {
      if (before.delete(lineKey(change))) continue;
      append.push({ workspaceId, id: uuid(), engagementId, ...change, recordedAt: now, retractedAt: null });
    }
    retract.push(...before.values());
  }
  if (append.length > 0) await tx.insert(stageChanges).select(rowsOf(stageChanges, append));
  const workspaceId = histories[0]?.workspaceId;
  if (workspaceId === undefined || retract.length === 0) return;
  await tx
    .update(stageChanges)
    .set({ retractedAt: now })
    .where(and(eq(stageChanges.workspaceId, workspaceId), isOneOf(stageChanges.id, retract)));
}

type Line = typeof stageChanges.$inferSelect;

async function readKnownLines(tx: Tx, histories: readonly History[]): Promise<Map<string, Line[]>> {
  const old = histories.filter((history) => !history.isNew);
  const [first] = old;
  if (first === undefined) return new Map();
  const ids = old.map((history) => history.engagementId);
  const lines = await readHistory(tx, first.workspaceId, ids);
  return Map.groupBy(lines, (line) => line.engagementId);
}

/** The history as it is known now, oldest first. */
export async function readHistory(tx: Tx, workspaceId: string, engagementIds: string[]): Promise<Line[]> {
  return await tx
    .select()
    .from(stageChanges)
    .where(
      and(
        eq(stageChanges.workspaceId, workspaceId),
        isOneOf(stageChanges.engagementId, engagementIds),
        isNull(stageChanges.retractedAt),
      ),
    )
    .orderBy(asc(stageChanges.at), asc(stageChanges.factId));
}

function lineKey(line: { factId: string; at: Date; stage: string; ending: string | null }): string {
  return [line.factId, line.at.toISOString(), line.stage, line.ending ?? ''].join('\n');
}

/** Open engagements whose owner, named or standing in, is one of these reps: for handing them on. */
export async function lockOpenOfReps(
  tx: Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Engagement[]> {
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isNull(engagements.ending),
        or(isOneOf(engagements.ownerId, repIds), isOneOf(engagements.namedOwnerId, repIds)),
      ),
    )
    .orderBy(asc(engagements.id))
    .for('no key update');
}

/** Lets all engagements of an owner, ended ones too, be those of the person whom the owner is. Returns their accounts. */
export async function renameOwner(
  tx: Tx,
  workspaceId: string,
  fromId: string,
  toId: string,
): Promise<string[]> {
  const { namedOwnerId, handedFromId } = engagements;
  const isNamed = or(eq(namedOwnerId, fromId), eq(handedFromId, fromId));
  const named = and(eq(engagements.workspaceId, workspaceId), isNamed);
  await tx
    .select({ id: engagements.id })
    .from(engagements)
    .where(named)
    .orderBy(asc(engagements.id))
    .for('no key update');
  const renamed = (column: typeof namedOwnerId | typeof handedFromId | typeof engagements.ownerId) =>
    sql`case when ${column} = ${fromId} then ${toId}::uuid else ${column} end`;
  const rows = await tx
    .update(engagements)
    .set({
      namedOwnerId: renamed(namedOwnerId),
      handedFromId: renamed(handedFromId),
      ownerId: renamed(engagements.ownerId),
    })
    .where(named)
    .returning({ accountId: engagements.accountId });
  return [...new Set(rows.map((row) => row.accountId))];
}

function one(workspaceId: string, id: string) {
  return and(eq(engagements.workspaceId, workspaceId), eq(engagements.id, id));
}
