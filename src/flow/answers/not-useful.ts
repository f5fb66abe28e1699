import { insertFeedback } from '../../db/asking/feedback.ts';
import { readPrompts } from '../../db/asking/prompt.ts';
import { lockReps, saveRep } from '../../db/who/rep.ts';
import { type NotUseful, SLOWED_DAYS } from '../../domain/asking/not-useful.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import type { Who } from '../people/ensure-rep.ts';
import { answererOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

/**
 * Counts that a question was of no use to whoever was asked, and why. After a wrong time the same question waits twice
 * as long, for the rep who is asked. What else follows is the rep's to say. False for whoever may not answer it.
 */
export async function notUseful(
  flow: Flow,
  { promptId, key, reason, ...who }: Who & { promptId: string; key: string; reason: NotUseful },
): Promise<boolean> {
  return await inScope(flow, who.workspaceId, async (scope) => {
    const { tx, workspaceId, now } = scope;
    const [prompt] = await readPrompts(tx, workspaceId, [promptId]);
    if (prompt === undefined || (await answererOf(scope, who.slackUserId, prompt)) === null) return false;
    const { repId, question, asked } = prompt;
    const isNew = await insertFeedback(tx, {
      workspaceId,
      key,
      promptId,
      repId,
      question,
      asked,
      reason,
      at: now,
    });
    if (!isNew || reason !== 'wrong_time') return true;
    const slowed = (await lockReps(tx, workspaceId, [repId])).get(repId)?.slowed ?? {};
    const until = new Date(now.getTime() + SLOWED_DAYS * DAY_MS).toISOString();
    await saveRep(tx, workspaceId, repId, { slowed: { ...slowed, [question]: until } });
    await reschedulePrompts(scope, repId);
    return true;
  });
}
