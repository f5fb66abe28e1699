import { and, asc, desc, eq, lte } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { digestSubscriptions, digests } from '../schema/digests.ts';

export type Subscription = typeof digestSubscriptions.$inferSelect;
export type Digest = typeof digests.$inferSelect;

export async function saveSubscription(tx: Tx, subscription: Subscription): Promise<void> {
  const { workspaceId: _, channelId: __, ...set } = subscription;
  await tx
    .insert(digestSubscriptions)
    .values(subscription)
    .onConflictDoUpdate({ target: [digestSubscriptions.workspaceId, digestSubscriptions.channelId], set });
}

export async function removeSubscription(tx: Tx, workspaceId: string, channelId: string): Promise<void> {
  await tx.delete(digestSubscriptions).where(ofChannel(workspaceId, channelId));
}

/** A channel's subscription, held until the transaction ends. */
export async function lockSubscription(
  tx: Tx,
  workspaceId: string,
  channelId: string,
): Promise<Subscription | null> {
  const [row] = await tx
    .select()
    .from(digestSubscriptions)
    .where(ofChannel(workspaceId, channelId))
    .for('no key update');
  return row ?? null;
}

/** Subscriptions whose digest is due, held until the transaction ends; those that somebody else holds are left out. */
export async function takeDueSubscriptions(
  tx: Tx,
  workspaceId: string,
  now: Date,
  limit: number,
): Promise<Subscription[]> {
  return await tx
    .select()
    .from(digestSubscriptions)
    .where(and(eq(digestSubscriptions.workspaceId, workspaceId), lte(digestSubscriptions.dueAt, now)))
    .orderBy(asc(digestSubscriptions.dueAt))
    .limit(limit)
    .for('no key update', { skipLocked: true });
}

export async function moveSubscription(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  change: Partial<Pick<Subscription, 'since' | 'dueAt' | 'refusedFor' | 'refusalToldAt'>>,
): Promise<void> {
  await tx.update(digestSubscriptions).set(change).where(ofChannel(workspaceId, channelId));
}

/** False when the digest of that period is there already. */
export async function insertDigest(tx: Tx, digest: typeof digests.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(digests).values(digest).onConflictDoNothing().returning({ id: digests.id });
  return rows.length > 0;
}

/** The latest digest of a channel, posted or not. */
export async function readLastDigest(tx: Tx, workspaceId: string, channelId: string): Promise<Digest | null> {
  const [row] = await tx
    .select()
    .from(digests)
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.channelId, channelId)))
    .orderBy(desc(digests.to))
    .limit(1);
  return row ?? null;
}

export async function lockDigest(tx: Tx, workspaceId: string, id: string): Promise<Digest | null> {
  const [row] = await tx
    .select()
    .from(digests)
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.id, id)))
    .for('no key update');
  return row ?? null;
}

export async function saveDigest(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Digest>,
): Promise<void> {
  await tx
    .update(digests)
    .set(change)
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.id, id)));
}

function ofChannel(workspaceId: string, channelId: string) {
  return and(eq(digestSubscriptions.workspaceId, workspaceId), eq(digestSubscriptions.channelId, channelId));
}
