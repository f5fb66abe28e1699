import { type Bundle, readBundlePromptIds, releasePrompts, saveBundle } from '../../db/asking/bundle.ts';
import { deferPrompts, type Prompt, readPrompts } from '../../db/asking/prompt.ts';
import type { Rep } from '../../db/who/rep.ts';
import { isWorkingTime, localDate, nextPromptTime, nextWorkingTime } from '../../domain/asking/workday.ts';
import { calendarFor, type Scope } from '../scope.ts';

/** A bundle that was answered before it left, whose rep went home meanwhile, or whose day is over is taken back. */
export async function isStillWanted(scope: Scope, bundle: Bundle, rep: Rep): Promise<boolean> {
  const { now } = scope;
  const open = await readClaimed(scope, bundle.id);
  const calendar = calendarFor(scope, rep);
  const isItsDay = localDate(calendar.timeZone, bundle.claimedAt) === localDate(calendar.timeZone, now);
  const isHere = rep.active && rep.slackUserId !== null;
  if (open.length > 0 && isHere && isItsDay && isWorkingTime(calendar, now)) return true;
  await takeBack(scope, bundle.id, (prompt) =>
    (prompt.urgent ? nextWorkingTime : nextPromptTime)(calendar, now),
  );
  return false;
}

/** The bundle goes nowhere any more, with what Slack said for its reason; its prompts wait until `dueAt`. */
export async function takeBack(
  scope: Scope,
  bundleId: string,
  dueAt: (prompt: Prompt) => Date,
  error: string | null = null,
): Promise<void> {
  const { tx, workspaceId } = scope;
  const open = await readClaimed(scope, bundleId);
  await saveBundle(tx, workspaceId, bundleId, { status: error === null ? 'dropped' : 'parked', error });
  await releasePrompts(tx, workspaceId, bundleId);
  for (const prompt of open) await deferPrompts(tx, workspaceId, [prompt.id], dueAt(prompt));
}

/** The bundle's prompts that are still to be asked of its rep: not answered, not handed on to somebody else. */
async function readClaimed({ tx, workspaceId }: Scope, bundleId: string): Promise<Prompt[]> {
  const prompts = await readPrompts(tx, workspaceId, await readBundlePromptIds(tx, workspaceId, bundleId));
  return prompts.filter((prompt) => prompt.closedAt === null && prompt.bundleId === bundleId);
}
