import { lockOpenPromptsOfReps, updatePrompts } from '../../db/prompt.ts';
import { readReps } from '../../db/rep.ts';
import { rescheduledAt } from '../../domain/asking/prompting.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Brings the prompts of a rep into the working time that is theirs, now that it is known or has changed. */
export async function reschedulePrompts(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return;
  const calendar = calendarFor(scope, rep);
  const open = await lockOpenPromptsOfReps(tx, workspaceId, [repId]);
  await updatePrompts(
    tx,
    open.map((prompt) => ({ ...prompt, dueAt: rescheduledAt(prompt, calendar, now) })),
  );
}
