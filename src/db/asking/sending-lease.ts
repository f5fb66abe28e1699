import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { sendingLeases } from '../schema/asking.ts';

/** Takes or keeps the lease on a workspace's sending; false while somebody else holds it. */
export async function takeSendingLease(
  tx: Tx,
  workspaceId: string,
  holderId: string,
  now: Date,
  until: Date,
): Promise<boolean> {
  const taken = { holderId, leasedUntil: until };
  const rows = await tx
    .insert(sendingLeases)
    .values({ workspaceId, ...taken })
    .onConflictDoUpdate({
      target: sendingLeases.workspaceId,
      set: taken,
      setWhere: sql`${sendingLeases.leasedUntil} <= ${now.toISOString()} or ${sendingLeases.holderId} = ${holderId}`,
    })
    .returning({ holderId: sendingLeases.holderId });
  return rows.length > 0;
}

/** Lets go of the lease, where it is still held. */
export async function releaseSendingLease(
  tx: Tx,
  workspaceId: string,
  holderId: string,
  now: Date,
): Promise<void> {
  await tx
    .update(sendingLeases)
    .set({ leasedUntil: now })
    .where(and(eq(sendingLeases.workspaceId, workspaceId), eq(sendingLeases.holderId, holderId)));
}

/** Until when somebody holds the lease, or held it; null when nobody ever did. */
export async function readSendingLease(tx: Tx, workspaceId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ leasedUntil: sendingLeases.leasedUntil })
    .from(sendingLeases)
    .where(eq(sendingLeases.workspaceId, workspaceId));
  return row?.leasedUntil ?? null;
}
