import { lockOpenPromptsOfReps, savePrompt } from '../../db/prompt.ts';
import { readReps } from '../../db/rep.ts';
import { addWorkingDays, nextPromptTime, nextWorkingTime } from '../../domain/asking/workday.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Brings the prompts of a rep into the working time that is theirs, now that it is known or has changed. */
export async function putOffToOwnTime(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return;
  const calendar = calendarFor(scope, rep);
  for (const prompt of await lockOpenPromptsOfReps(tx, workspaceId, [repId])) {
    const day = addWorkingDays(calendar, prompt.dueAt, 0);
    const dueAt = prompt.urgent
      ? nextWorkingTime(calendar, now)
      : nextPromptTime(calendar, day > now ? day : now);
    await savePrompt(tx, workspaceId, prompt.id, { dueAt });
  }
}
