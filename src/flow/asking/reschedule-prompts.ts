import { lockOpenPromptsOfReps, type Prompt, updatePrompts } from '../../db/asking/prompt.ts';
import { readReps } from '../../db/who/rep.ts';
import { rescheduledAt } from '../../domain/asking/prompting.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import { calendarFor, playbookFor, type Scope } from '../scope.ts';

/** Plans the prompts of a rep for the working time that is theirs, now that it is known or has changed. */
export async function reschedulePrompts(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return;
  const calendar = calendarFor(scope, rep);
  const own = playbookFor(scope, rep);
  const open = await lockAskedOf(scope, repId);
  await updatePrompts(
    tx,
    open.map((prompt) => ({ ...prompt, dueAt: rescheduledAt(prompt, own, calendar, now) })),
  );
}

/**
 * Closes are asked about at once, also those that waited for a morning while nobody knew whom to ask: a process that
 * died once that was stored has not brought them forward.
 */
export async function bringClosesForward(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined || rep.slackUserId === null) return;
  const dueAt = nextWorkingTime(calendarFor(scope, rep), now);
  const open = await lockAskedOf(scope, repId);
  const waiting = open.filter((prompt) => prompt.urgent && prompt.bundleId === null && prompt.dueAt > dueAt);
  await updatePrompts(
    tx,
    waiting.map((prompt) => ({ ...prompt, dueAt })),
  );
}

/** What is put to a rep; what is put to others in their place goes by those others' time. */
async function lockAskedOf({ tx, workspaceId }: Scope, repId: string): Promise<Prompt[]> {
  const open = await lockOpenPromptsOfReps(tx, workspaceId, [repId]);
  return open.filter((prompt) => prompt.repId === repId);
}
