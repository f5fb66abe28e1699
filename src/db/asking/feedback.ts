import type { Tx } from '../driver.ts';
import { promptFeedback } from '../schema/asking.ts';

/** Counts once for the same click; false for one that is counted. */
export async function insertFeedback(tx: Tx, row: typeof promptFeedback.$inferInsert): Promise<boolean> {
  const kept = await tx
    .insert(promptFeedback)
    .values(row)
    .onConflictDoNothing()
    .returning({ key: promptFeedback.key });
  return kept.length > 0;
}
