import { and, asc, desc, eq, inArray, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { bundlePrompts, bundles } from '../schema/asking.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import type { Bundle } from './bundle.ts';

/** A message whose questions have been asked anew since: they are to be folded in it. */
export type ToFold = Pick<Bundle, 'id' | 'channelId' | 'messageTs'> & { foldSince: Date };

/** Marks all messages but this one that ask these questions. */
export async function markForFolding(
  tx: Tx,
  workspaceId: string,
  bundleId: string,
  promptIds: readonly string[],
  now: Date,
): Promise<void> {
  if (promptIds.length === 0) return;
  const asking = tx
    .select({ id: bundlePrompts.bundleId })
    .from(bundlePrompts)
    .where(and(eq(bundlePrompts.workspaceId, workspaceId), isOneOf(bundlePrompts.promptId, promptIds)));
  await tx
    .update(bundles)
    .set({ foldSince: now })
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        ne(bundles.id, bundleId),
        eq(bundles.status, 'delivered'),
        inArray(bundles.id, asking),
      ),
    );
}

/** The message that has waited longest to be folded. */
export async function readNextToFold(tx: Tx, workspaceId: string): Promise<ToFold | null> {
  const { id, channelId, messageTs, foldSince } = bundles;
  const [row] = await tx
    .select({ id, channelId, messageTs, foldSince })
    .from(bundles)
    .where(and(eq(bundles.workspaceId, workspaceId), isNotNull(foldSince)))
    .orderBy(asc(foldSince), asc(id))
    .limit(1);
  return row === undefined || row.foldSince === null ? null : { ...row, foldSince: row.foldSince };
}

/** The message is drawn as it was to be then; where it was marked again meanwhile, it stays marked. */
export async function saveFolded(tx: Tx, workspaceId: string, { id, foldSince }: ToFold): Promise<void> {
  await tx
    .update(bundles)
    .set({ foldSince: null })
    .where(
      and(
        eq(bundles.workspaceId, workspaceId),
        eq(bundles.id, id),
        // Postgres keeps microseconds, which a Date has lost.
        lte(sql`date_trunc('milliseconds', ${bundles.foldSince})`, foldSince.toISOString()),
      ),
    );
}

/** Whether a message has been waiting to be folded since before then. */
export async function isFoldingDue(tx: Tx, workspaceId: string, before: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: bundles.id })
    .from(bundles)
    .where(and(eq(bundles.workspaceId, workspaceId), lte(bundles.foldSince, before)))
    .limit(1);
  return rows.length > 0;
}

/** Of each question the latest message that asks it. */
export async function readLatestMessages(tx: Tx, workspaceId: string, promptIds: readonly string[]) {
  if (promptIds.length === 0) return [];
  const { promptId, bundleId } = bundlePrompts;
  const { deliveredAt, channelId, messageTs } = bundles;
  const rows = await tx
    .selectDistinctOn([promptId], { promptId, bundleId, deliveredAt, channelId, messageTs })
    .from(bundlePrompts)
    .innerJoin(bundles, and(eq(bundles.workspaceId, bundlePrompts.workspaceId), eq(bundles.id, bundleId)))
    .where(
      and(
        eq(bundlePrompts.workspaceId, workspaceId),
        isOneOf(promptId, promptIds),
        eq(bundles.status, 'delivered'),
      ),
    )
    .orderBy(asc(promptId), desc(deliveredAt), desc(bundleId));
  return rows.flatMap((row) => {
    const { deliveredAt, channelId, messageTs } = row;
    return deliveredAt === null || channelId === null || messageTs === null
      ? []
      : [{ promptId: row.promptId, bundleId: row.bundleId, deliveredAt, channelId, messageTs }];
  });
}
