import { and, asc, count, desc, eq, isNotNull, isNull, min, notInArray, sql } from 'drizzle-orm';
import { PEOPLE_SOURCES } from '../domain/cycle/deal-update.ts';
import type { Tx } from './driver.ts';
import { bundles, prompts } from './schema/asking.ts';
import { accounts, dealEvents, engagements } from './schema/cycle.ts';
import { reps } from './schema/people.ts';

/** When a source of deals last told something; null where none ever did. */
export async function readLastUpdate(
  tx: Tx,
  workspaceId: string,
): Promise<{ at: Date; source: string } | null> {
  const { receivedAt, source } = dealEvents;
  const [row] = await tx
    .select({ at: receivedAt, source })
    .from(dealEvents)
    .where(and(eq(dealEvents.workspaceId, workspaceId), notInArray(source, [...PEOPLE_SOURCES])))
    .orderBy(desc(receivedAt))
    .limit(1);
  return row ?? null;
}

/** Deal updates that are not applied yet, messages on their way and those to be folded; since when the oldest waits. */
export async function readBacklog(tx: Tx, workspaceId: string) {
  const [updates] = await tx
    .select({ count: count(), since: min(dealEvents.receivedAt) })
    .from(dealEvents)
    .where(and(eq(dealEvents.workspaceId, workspaceId), eq(dealEvents.applied, false)));
  const [messages] = await tx
    .select({ count: count(), since: min(bundles.claimedAt) })
    .from(bundles)
    .where(and(eq(bundles.workspaceId, workspaceId), eq(bundles.status, 'on_its_way')));
  const [folding] = await tx
    .select({ count: count(), since: min(bundles.foldSince) })
    .from(bundles)
    .where(and(eq(bundles.workspaceId, workspaceId), isNotNull(bundles.foldSince)));
  const none = { count: 0, since: null };
  return { updates: updates ?? none, messages: messages ?? none, folding: folding ?? none };
}

/** Owners whom sources name and nobody can reach, with how many questions wait for them; most first. */
export async function readUnreachable(tx: Tx, workspaceId: string, limit: number) {
  return await tx
    .select({ name: reps.name, count: count() })
    .from(prompts)
    .innerJoin(
      engagements,
      and(eq(engagements.workspaceId, workspaceId), eq(engagements.id, prompts.engagementId)),
    )
    .innerJoin(reps, and(eq(reps.workspaceId, workspaceId), eq(reps.id, engagements.namedOwnerId)))
    .where(
      and(eq(prompts.workspaceId, workspaceId), isNull(prompts.closedAt), isNotNull(prompts.unaskableSince)),
    )
    .groupBy(reps.id, reps.name)
    .orderBy(desc(count()), asc(reps.name))
    .limit(limit);
}

/** Orders that people told and that are likely a deal's, until somebody says so; how many, and with whom some are. */
export async function readLikelyPairs(tx: Tx, workspaceId: string, limit: number) {
  const likely = and(
    eq(engagements.workspaceId, workspaceId),
    isNotNull(engagements.sameAsId),
    eq(engagements.sameAsHow, 'likely'),
  );
  const rows = await tx
    .select({ account: accounts.name, total: sql<number>`(count(*) over ())::int` })
    .from(engagements)
    .innerJoin(accounts, and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, engagements.accountId)))
    .where(likely)
    .orderBy(asc(accounts.name), asc(engagements.id))
    .limit(limit);
  return { total: rows[0]?.total ?? 0, accounts: rows.map(({ account }) => account) };
}
