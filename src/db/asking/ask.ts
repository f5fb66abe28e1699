import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { Question } from '../../domain/cycle/stage.ts';
import type { Tx } from '../driver.ts';
import { bundlePrompts, bundles, prompts } from '../schema/asking.ts';
import { isOneOf } from '../sql/is-one-of.ts';

/** One time at which a question about an engagement was put to a rep. */
export interface Ask {
  engagementId: string | null;
  question: Question;
  factId: string;
  repId: string;
  at: Date;
}

/** Every ask about these engagements, oldest first, whatever became of the prompts since. */
export async function readAsks(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<Ask[]> {
  if (engagementIds.length === 0) return [];
  const { engagementId, question, factId, closedAt } = prompts;
  const rows = await tx
    .select({ engagementId, question, factId, repId: bundles.repId, at: bundles.deliveredAt })
    .from(prompts)
    .innerJoin(
      bundlePrompts,
      and(eq(bundlePrompts.workspaceId, prompts.workspaceId), eq(bundlePrompts.promptId, prompts.id)),
    )
    .innerJoin(
      bundles,
      and(eq(bundles.workspaceId, bundlePrompts.workspaceId), eq(bundles.id, bundlePrompts.bundleId)),
    )
    .where(
      and(
        eq(prompts.workspaceId, workspaceId),
        isOneOf(engagementId, engagementIds),
        eq(bundles.status, 'delivered'),
        // One that was closed on the way was shown as closed.
        or(isNull(closedAt), lte(bundles.deliveredAt, closedAt)),
      ),
    )
    .orderBy(bundles.deliveredAt);
  return rows.flatMap(({ at, ...ask }) => (at === null ? [] : [{ ...ask, at }]));
}
