import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { verifications } from '../schema/answers.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export async function insertVerification(tx: Tx, row: typeof verifications.$inferInsert): Promise<void> {
  await tx.insert(verifications).values(row);
}

/** Those in force, oldest first. */
export async function readVerifications(tx: Tx, workspaceId: string, engagementIds: readonly string[]) {
  return await tx
    .select()
    .from(verifications)
    .where(
      and(
        eq(verifications.workspaceId, workspaceId),
        isOneOf(verifications.engagementId, engagementIds),
        isNull(verifications.retractedAt),
      ),
    )
    .orderBy(asc(verifications.recordedAt), asc(verifications.id));
}

/** Whoever spoke for each of these accounts last, as far as that was told. */
export async function readContacts(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map();
  const { accountId, who, recordedAt, id } = verifications;
  const rows = await tx
    .selectDistinctOn([accountId], { accountId, who })
    .from(verifications)
    .where(
      and(
        eq(verifications.workspaceId, workspaceId),
        isOneOf(accountId, accountIds),
        isNotNull(who),
        isNull(verifications.retractedAt),
      ),
    )
    .orderBy(asc(accountId), desc(recordedAt), desc(id));
  return new Map(rows.flatMap((row) => (row.who === null ? [] : [[row.accountId, row.who]])));
}
