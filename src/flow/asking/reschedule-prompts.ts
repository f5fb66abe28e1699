import { lockOpenPromptsOfReps, updatePrompts } from '../../db/asking/prompt.ts';
import { readReps } from '../../db/who/rep.ts';
import { rescheduledAt } from '../../domain/asking/prompting.ts';
import { nextWorkingTime } from '../../domain/asking/workday.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** Plans the prompts of a rep for the working time that is theirs, now that it is known or has changed. */
export async function reschedulePrompts(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, playbook, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return;
  const calendar = calendarFor(scope, rep);
  const open = await lockOpenPromptsOfReps(tx, workspaceId, [repId]);
  await updatePrompts(
    tx,
    open.map((prompt) => ({ ...prompt, dueAt: rescheduledAt(prompt, playbook, calendar, now) })),
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
  const open = await lockOpenPromptsOfReps(tx, workspaceId, [repId]);
  const waiting = open.filter((prompt) => prompt.urgent && prompt.bundleId === null && prompt.dueAt > dueAt);
  await updatePrompts(
    tx,
    waiting.map((prompt) => ({ ...prompt, dueAt })),
  );
}
