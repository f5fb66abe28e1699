import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { answers, needs, verifications } from '../schema/answers.ts';
import { prompts } from '../schema/asking.ts';
import { engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import type { JoinChange } from './account-name.ts';

/**
 * Brings what hangs on engagements, which the caller holds, to the accounts that these are with now. Returns the ids
 * of the open prompts among it.
 */
export async function followEngagements(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<string[]> {
  const { accountId } = engagements;
  const behind = (table: typeof prompts | typeof needs | typeof answers | typeof verifications) =>
    and(
      eq(table.workspaceId, workspaceId),
      isOneOf(table.engagementId, engagementIds),
      eq(engagements.workspaceId, workspaceId),
      eq(engagements.id, table.engagementId),
      ne(table.accountId, engagements.accountId),
    );
  for (const table of [needs, answers, verifications]) {
    await tx.update(table).set({ accountId }).from(engagements).where(behind(table));
  }
  const { id, closedAt } = prompts;
  const moved = await tx
    .update(prompts)
    .set({ accountId })
    .from(engagements)
    .where(behind(prompts))
    .returning({ id, closedAt });
  return moved.filter((prompt) => prompt.closedAt === null).map((prompt) => prompt.id);
}

/** Brings what was said of an account known by name only, in no engagement, on to where that account is now. */
export async function followName(
  tx: Tx,
  workspaceId: string,
  { namedId, fromId }: JoinChange,
  toId: string,
): Promise<void> {
  for (const table of [needs, answers]) {
    await tx
      .update(table)
      .set({ accountId: toId })
      .where(
        and(
          eq(table.workspaceId, workspaceId),
          eq(table.accountId, fromId),
          eq(table.namedAccountId, namedId),
          isNull(table.engagementId),
        ),
      );
  }
  const { accountId } = needs;
  await tx
    .update(prompts)
    .set({ accountId })
    .from(needs)
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        eq(prompts.accountId, fromId),
        eq(needs.workspaceId, workspaceId),
        eq(needs.id, prompts.needId),
        ne(needs.accountId, prompts.accountId),
      ),
    );
}
