import { and, asc, eq, lt, ne, or, sql } from 'drizzle-orm';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import type { Fact } from '../../domain/cycle/engagement.ts';
import type { Tx } from '../driver.ts';
import { dealEvents, engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { rowsOf } from '../sql/rows-of.ts';

export interface DealKey {
  source: string;
  dealId: string;
}

/** One stored update of a deal. */
export interface DealEvent extends DealKey {
  eventId: string;
}

export interface ReceivedUpdate {
  update: DealUpdate;
  history: boolean;
}

/** Stores updates that are not known yet, and returns those that were new. `applied`: the caller applies them at once. */
export async function insertDealEvents(
  tx: Tx,
  workspaceId: string,
  received: readonly ReceivedUpdate[],
  receivedAt: Date,
  applied = false,
): Promise<DealEvent[]> {
  if (received.length === 0) return [];
  const rows = received.map((one) => ({ ...toRow(workspaceId, one, receivedAt), applied }));
  const { source, dealId, eventId } = dealEvents;
  return await tx
    .insert(dealEvents)
    .select(rowsOf(dealEvents, rows))
    .onConflictDoNothing()
    .returning({ source, dealId, eventId });
}

function toRow(workspaceId: string, { update, history }: ReceivedUpdate, receivedAt: Date) {
  const { source, eventId, dealId, occurredAt, openedAt, closedAt, ...rest } = update;
  const times = { openedAt: openedAt?.toISOString(), closedAt: closedAt?.toISOString() };
  return {
    workspaceId,
    source,
    eventId,
    dealId,
    occurredAt,
    receivedAt,
    history,
    update: { source, eventId, dealId, ...rest, ...times },
  };
}

/**
 * Takes updates that are not applied yet, for a transaction that applies them: they count as applied when it is
 * committed. Those that somebody else is applying now are left to them.
 */
export async function takePendingUpdates(
  tx: Tx,
  workspaceId: string,
  limit: number,
  besides: readonly DealKey[] = [],
): Promise<DealEvent[]> {
  const { source, dealId, eventId } = dealEvents;
  const others = besides.map((deal) => or(ne(source, deal.source), ne(dealId, deal.dealId)));
  const ofWorkspace = eq(dealEvents.workspaceId, workspaceId);
  const pending = tx.$with('pending').as(
    tx
      .select({ source, eventId })
      .from(dealEvents)
      .where(and(ofWorkspace, eq(dealEvents.applied, false), ...others))
      .orderBy(asc(dealEvents.receivedAt))
      .limit(limit)
      .for('no key update', { skipLocked: true }),
  );
  return await tx
    .with(pending)
    .update(dealEvents)
    .set({ applied: true })
    .from(pending)
    .where(and(ofWorkspace, eq(source, pending.source), eq(eventId, pending.eventId)))
    .returning({ source, dealId, eventId });
}

/** Whether an update that came in before then is still not applied. */
export async function hasPendingUpdates(tx: Tx, workspaceId: string, before: Date): Promise<boolean> {
  const [found] = await tx
    .select({ eventId: dealEvents.eventId })
    .from(dealEvents)
    .where(
      and(
        eq(dealEvents.workspaceId, workspaceId),
        eq(dealEvents.applied, false),
        lt(dealEvents.receivedAt, before),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** All updates of these deals, as facts, by deal. */
export async function readDealFacts(
  tx: Tx,
  workspaceId: string,
  deals: readonly DealKey[],
): Promise<Map<string, Fact[]>> {
  const facts = new Map<string, Fact[]>();
  for (const piece of bySource(deals)) {
    const { occurredAt, history, update } = dealEvents;
    const rows = await tx
      .select({ occurredAt, history, update })
      .from(dealEvents)
      .where(ofDeals(workspaceId, piece));
    for (const row of rows) {
      const key = dealKey(row.update);
      const known = facts.get(key);
      if (known === undefined) facts.set(key, [toFact(row)]);
      else known.push(toFact(row));
    }
  }
  return facts;
}

export function dealKey({ source, dealId }: DealKey): string {
  return `${source}\n${dealId}`;
}

function bySource(deals: readonly DealKey[]): { source: string; dealIds: string[] }[] {
  const sources = Map.groupBy(deals, (deal) => deal.source);
  return [...sources].map(([source, group]) => ({ source, dealIds: group.map((deal) => deal.dealId) }));
}

function ofDeals(workspaceId: string, { source, dealIds }: { source: string; dealIds: string[] }) {
  return and(
    eq(dealEvents.workspaceId, workspaceId),
    eq(dealEvents.source, source),
    isOneOf(dealEvents.dealId, dealIds),
  );
}

function toFact(row: Pick<typeof dealEvents.$inferSelect, 'occurredAt' | 'history' | 'update'>): Fact {
  const { openedAt, closedAt, ...rest } = row.update;
  const update: DealUpdate = {
    ...rest,
    occurredAt: row.occurredAt,
    openedAt: openedAt === undefined ? undefined : new Date(openedAt),
    closedAt: closedAt === undefined ? undefined : new Date(closedAt),
  };
  return {
    id: `${rest.source}:${rest.eventId}`,
    at: row.occurredAt,
    kind: 'update',
    update,
    history: row.history,
  };
}

/** Lets the deals of an owner be applied anew, as whose they are is another's now. */
export async function applyDealsAnew(tx: Tx, workspaceId: string, namedOwnerId: string): Promise<void> {
  const ofOwner = sql`(${dealEvents.source}, ${dealEvents.dealId}) in (
    select ${engagements.source}, ${engagements.dealId} from ${engagements}
    where ${engagements.workspaceId} = ${workspaceId} and ${namedOwnerId} in (${engagements.namedOwnerId}, ${engagements.handedFromId}))`;
  await tx
    .update(dealEvents)
    .set({ applied: false })
    .where(and(eq(dealEvents.workspaceId, workspaceId), ofOwner));
}
