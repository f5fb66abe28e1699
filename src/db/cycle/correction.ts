import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { PEOPLE_SOURCES, TYPED_SOURCE } from '../../domain/cycle/deal-update.ts';
import { inForce, retractedAmong } from '../../domain/cycle/in-force.ts';
import type { Tx } from '../driver.ts';
import { answers, needs, verifications } from '../schema/answers.ts';
import { prompts } from '../schema/asking.ts';
import { dealEvents, engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { type StoredAnswer, toFact } from './answer.ts';
import { type Engagement, givenOwner } from './engagement.ts';

/** What a person typed of an order: the order itself, or what it amounts to. `factId` is what takes it back names. */
export interface TypedUpdate {
  factId: string;
  engagementId: string;
  at: Date;
  isOrder: boolean;
}

/** Brings what was told, and all that was heard in it, to whether it is in force, once something takes it back. */
export async function applyRetractions(
  tx: Tx,
  workspaceId: string,
  factIds: readonly string[],
  now: Date,
): Promise<void> {
  const family = await readFamily(tx, workspaceId, factIds);
  const facts = family.map(toFact);
  const out = retractedAmong(facts);
  const counting = inForce(facts);
  const held = new Set(counting.flatMap(({ id, place }) => [id, place ?? id]));
  const changed = family.filter(({ id, retractedAt }) => out.has(id) !== (retractedAt !== null));
  for (const isOut of [true, false]) {
    const ids = changed.filter(({ id }) => out.has(id) === isOut).map(({ id }) => id);
    const retractedAt = isOut ? now : null;
    for (const { table, key } of [
      { table: answers, key: answers.id },
      { table: verifications, key: verifications.answerId },
    ])
      await tx
        .update(table)
        .set({ retractedAt })
        .where(and(eq(table.workspaceId, workspaceId), isOneOf(key, ids)));
    // What was heard in an answer stays while another stands in its place.
    const heardIn = family.filter(({ id }) => held.has(id) !== isOut).map(({ id }) => id);
    await tx
      .update(needs)
      .set({ retractedAt })
      .where(and(eq(needs.workspaceId, workspaceId), isOneOf(needs.answerId, heardIn)));
  }
  const inPlace = new Map(counting.map(({ id, place }) => [place ?? id, id]));
  await showInPlace(tx, workspaceId, family, inPlace);
}

/** What was answered shows the answer that stands in its place now. */
async function showInPlace(
  tx: Tx,
  workspaceId: string,
  family: readonly StoredAnswer[],
  inPlace: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [root, rows] of Map.groupBy(family, placeOf)) {
    const answerId = inPlace.get(root) ?? root;
    if (rows.length === 1) continue;
    await tx
      .update(prompts)
      .set({ answerId })
      .where(
        and(
          eq(prompts.workspaceId, workspaceId),
          isOneOf(
            prompts.answerId,
            rows.map(({ id }) => id),
          ),
        ),
      );
  }
}

/** Where an answer stands: in its own place, or in that of the one that it was changed from. */
function placeOf({ id, retracts, fact }: StoredAnswer): string {
  return retracts === null || 'retracted' in fact ? id : retracts;
}

/** These facts with all that takes them, or each other, back or takes their place. */
async function readFamily(tx: Tx, workspaceId: string, factIds: readonly string[]): Promise<StoredAnswer[]> {
  const known = new Map<string, StoredAnswer>();
  const asked = new Set<string>();
  for (let next = [...factIds]; next.length > 0; ) {
    for (const id of next) asked.add(id);
    const isNamed = isOneOf(answers.id, next.filter(isAnswerId));
    const rows = await tx
      .select()
      .from(answers)
      .where(and(eq(answers.workspaceId, workspaceId), or(isNamed, isOneOf(answers.retracts, next))));
    for (const row of rows) known.set(row.id, row);
    const named = rows.flatMap(({ id, retracts }) => (retracts === null ? [id] : [id, retracts]));
    next = [...new Set(named)].filter((id) => !asked.has(id));
  }
  return [...known.values()];
}

/** The facts of deal updates are called after their source. */
function isAnswerId(factId: string): boolean {
  return !factId.includes(':');
}

export async function readAnswerById(
  tx: Tx,
  workspaceId: string,
  factId: string,
): Promise<StoredAnswer | null> {
  if (!isAnswerId(factId)) return null;
  const [row] = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.id, factId)));
  return row ?? null;
}

/** The last that a rep answered and that is in force; what began with it goes with it. */
export async function findLastAnswer(
  tx: Tx,
  workspaceId: string,
  repId: string,
): Promise<StoredAnswer | null> {
  const [row] = await tx
    .select()
    .from(answers)
    .where(
      and(
        eq(answers.workspaceId, workspaceId),
        eq(answers.repId, repId),
        isNull(answers.retractedAt),
        sql`${answers.fact} ? 'answer'`,
      ),
    )
    // The day of a change is its own, not that of what it changed.
    .orderBy(desc(answers.id))
    .limit(1);
  return row ?? null;
}

/** What people typed of orders, in force, the latest first: of these engagements, or all of a rep's. */
export async function readTyped(
  tx: Tx,
  workspaceId: string,
  of: { engagementIds: readonly string[] } | { repId: string },
  limit: number,
): Promise<TypedUpdate[]> {
  const factId = sql<string>`${dealEvents.source} || ':' || ${dealEvents.eventId}`;
  const isOrder = sql<boolean>`${dealEvents.eventId} = ${dealEvents.dealId}`;
  const isInForce = sql`not exists (select 1 from ${answers} as taking where taking.workspace_id = ${workspaceId}
    and taking.retracts = ${factId} and taking.retracted_at is null)`;
  return await tx
    .select({ factId, engagementId: engagements.id, at: dealEvents.receivedAt, isOrder })
    .from(engagements)
    .innerJoin(
      dealEvents,
      and(
        eq(dealEvents.workspaceId, engagements.workspaceId),
        eq(dealEvents.source, engagements.source),
        eq(dealEvents.dealId, engagements.dealId),
      ),
    )
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        eq(engagements.source, TYPED_SOURCE),
        'repId' in of ? eq(givenOwner, of.repId) : isOneOf(engagements.id, of.engagementIds),
        isInForce,
      ),
    )
    .orderBy(desc(dealEvents.receivedAt), desc(dealEvents.eventId))
    .limit(limit);
}

/** The engagement whose order was typed with that fact; null when there is none. */
export async function findTypedEngagement(
  tx: Tx,
  workspaceId: string,
  factId: string,
): Promise<string | null> {
  const [source = '', eventId = ''] = [
    factId.slice(0, factId.indexOf(':')),
    factId.slice(factId.indexOf(':') + 1),
  ];
  const [row] = await tx
    .select({ id: engagements.id })
    .from(dealEvents)
    .innerJoin(
      engagements,
      and(
        eq(engagements.workspaceId, dealEvents.workspaceId),
        eq(engagements.source, dealEvents.source),
        eq(engagements.dealId, dealEvents.dealId),
      ),
    )
    .where(
      and(
        eq(dealEvents.workspaceId, workspaceId),
        eq(dealEvents.source, source),
        eq(dealEvents.eventId, eventId),
        inArray(dealEvents.source, [TYPED_SOURCE]),
      ),
    );
  return row?.id ?? null;
}

/** All that people said of these engagements and that is in force, oldest first: answers, beginnings and notes. */
export async function readSaidOf(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<StoredAnswer[]> {
  return await tx
    .select()
    .from(answers)
    .where(
      and(
        eq(answers.workspaceId, workspaceId),
        isOneOf(answers.engagementId, engagementIds),
        isNull(answers.retractedAt),
        sql`not ${answers.fact} ? 'retracted'`,
      ),
    )
    .orderBy(asc(answers.at), asc(answers.id));
}

/** The engagements that reps began from these needs and that were not taken back. */
export async function readBegunFrom(
  tx: Tx,
  workspaceId: string,
  needIds: readonly string[],
): Promise<Engagement[]> {
  return await tx
    .select()
    .from(engagements)
    .where(
      and(
        eq(engagements.workspaceId, workspaceId),
        isOneOf(engagements.needId, needIds),
        inArray(engagements.source, [...PEOPLE_SOURCES]),
        sql`${engagements.ending} is distinct from 'taken_back'`,
      ),
    )
    .orderBy(asc(engagements.id));
}

/** The ids of the needs that were heard in these answers. */
export async function readHeardIn(
  tx: Tx,
  workspaceId: string,
  answerIds: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .select({ id: needs.id })
    .from(needs)
    .where(and(eq(needs.workspaceId, workspaceId), isOneOf(needs.answerId, answerIds)));
  return rows.map(({ id }) => id);
}

/** What was taken back along with that. */
export async function readAlong(tx: Tx, first: StoredAnswer): Promise<StoredAnswer[]> {
  const { workspaceId, id, repId, at } = first;
  const isAlong = sql`${answers.fact}->>'with' = ${id}`;
  return await tx
    .select()
    .from(answers)
    .where(and(eq(answers.workspaceId, workspaceId), eq(answers.repId, repId), eq(answers.at, at), isAlong));
}
