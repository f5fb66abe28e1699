import { and, eq, lt } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { formDrafts } from '../schema/asking.ts';

export async function readFormDraft(
  tx: Tx,
  workspaceId: string,
  rootViewId: string,
): Promise<Record<string, string>> {
  const [row] = await tx
    .select({ inputs: formDrafts.inputs })
    .from(formDrafts)
    .where(and(eq(formDrafts.workspaceId, workspaceId), eq(formDrafts.rootViewId, rootViewId)));
  return row?.inputs ?? {};
}

export async function saveFormDraft(tx: Tx, row: typeof formDrafts.$inferInsert): Promise<void> {
  const { inputs, savedAt } = row;
  await tx
    .insert(formDrafts)
    .values(row)
    .onConflictDoUpdate({
      target: [formDrafts.workspaceId, formDrafts.rootViewId],
      set: { inputs, savedAt },
    });
}

export async function deleteFormDrafts(tx: Tx, workspaceId: string, before: Date): Promise<void> {
  await tx
    .delete(formDrafts)
    .where(and(eq(formDrafts.workspaceId, workspaceId), lt(formDrafts.savedAt, before)));
}
