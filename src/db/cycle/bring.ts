import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { answers } from '../schema/answers.ts';
import { prompts } from '../schema/asking.ts';
import { isOneOf } from '../sql/is-one-of.ts';

/** What reps said last that they will bring, by engagement: with the answer that named the day for it. */
export async function readBring(
  tx: Tx,
  workspaceId: string,
  engagementIds: readonly string[],
): Promise<Map<string, string>> {
  if (engagementIds.length === 0) return new Map();
  const what = sql<string | null>`${answers.fact}#>>'{answer,note}'`;
  const rows = await tx
    .selectDistinctOn([answers.engagementId], { engagementId: answers.engagementId, what })
    .from(answers)
    .innerJoin(prompts, and(eq(prompts.workspaceId, answers.workspaceId), eq(prompts.id, answers.promptId)))
    .where(
      and(
        eq(answers.workspaceId, workspaceId),
        isOneOf(answers.engagementId, engagementIds),
        eq(prompts.question, 'develop'),
        isNull(answers.needId),
        isNull(answers.retractedAt),
        sql`${answers.fact}#>>'{answer,kind}' = 'later' and ${what} is not null`,
      ),
    )
    .orderBy(asc(answers.engagementId), desc(answers.at), desc(answers.id));
  return new Map(rows.map((row) => [row.engagementId ?? '', row.what ?? '']));
}
