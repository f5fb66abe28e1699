import { and, eq, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Question } from '../../domain/cycle/stage.ts';
import type { Tx } from '../driver.ts';
import { bundlePrompts, bundles, prompts } from '../schema/asking.ts';
import { isOneOf } from '../sql/is-one-of.ts';

/** One time at which a question about an engagement, or the day of a need, was put to a rep. */
export interface Ask {
  engagementId: string | null;
  needId: string | null;
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
  return await readWhere(tx, workspaceId, isOneOf(prompts.engagementId, engagementIds));
}

/** Every ask about the days of these needs, oldest first, whatever became of the prompts since. */
export async function readAsksOfNeeds(
  tx: Tx,
  workspaceId: string,
  needIds: readonly string[],
): Promise<Ask[]> {
  if (needIds.length === 0) return [];
  return await readWhere(tx, workspaceId, isOneOf(prompts.needId, needIds));
}

async function readWhere(tx: Tx, workspaceId: string, which: SQL | undefined): Promise<Ask[]> {
  const { engagementId, needId, question, factId, closedAt } = prompts;
  const rows = await tx
    .select({ engagementId, needId, question, factId, repId: bundles.repId, at: bundles.deliveredAt })
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
        which,
        eq(bundles.status, 'delivered'),
        // One that was closed on the way was shown as closed.
        or(isNull(closedAt), lte(bundles.deliveredAt, closedAt)),
      ),
    )
    .orderBy(bundles.deliveredAt);
  return rows.flatMap(({ at, ...ask }) => (at === null ? [] : [{ ...ask, at }]));
}
