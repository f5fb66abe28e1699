import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { verifications } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export async function insertVerification(tx: Tx, row: typeof verifications.$inferInsert): Promise<void> {
  await tx.insert(verifications).values(row);
}

/** Oldest first. */
export async function readVerifications(tx: Tx, workspaceId: string, engagementIds: readonly string[]) {
  return await tx
    .select()
    .from(verifications)
    .where(
      and(eq(verifications.workspaceId, workspaceId), isOneOf(verifications.engagementId, engagementIds)),
    )
    .orderBy(asc(verifications.recordedAt), asc(verifications.id));
}
