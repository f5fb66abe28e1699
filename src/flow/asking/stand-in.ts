import {
  lockOpenPrompts,
  type Prompt,
  readOpenPromptsOfReps,
  updatePrompts,
} from '../../db/asking/prompt.ts';
import { findWhoNamed, type Rep } from '../../db/who/rep.ts';
import { type PlannedPrompt, rescheduledAt } from '../../domain/asking/prompting.ts';
import { putTo } from '../../domain/asking/stand-in.ts';
import { localDate } from '../../domain/asking/workday.ts';
import { isReachable } from '../../domain/who/owner.ts';
import { calendarFor, findOwners, type Owner, playbookFor, type Scope } from '../scope.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';

/** Who is asked a question of an owner's: the owner, or who stands in for them now. */
export function askedNow(
  { playbook, now }: Pick<Scope, 'playbook' | 'now'>,
  owner: Owner,
  prompt: Pick<PlannedPrompt, 'question' | 'urgent' | 'on'>,
): Rep {
  if (owner.isUnaskable) return owner;
  const find = (id: string) => {
    const found = owner.standIns.get(id);
    return found !== undefined && isReachable(found) ? found : undefined;
  };
  return putTo<Rep>(owner, prompt, find, (rep) => localDate(rep.timeZone ?? playbook.timeZone, now));
}

/** A prompt of an owner's as it is put to whoever is asked now, in their working time; whose it is stays known. */
export function putToWhom<P extends Prompt>(scope: Scope, owner: Owner, prompt: P): P {
  const asked = askedNow(scope, owner, prompt);
  const isOwn = asked.id === owner.id;
  const askedForId = isOwn ? null : owner.id;
  if (prompt.repId === asked.id && prompt.askedForId === askedForId) return prompt;
  const free = { ...prompt, repId: asked.id, askedForId, bundleId: null };
  const dueAt = rescheduledAt(free, playbookFor(scope, asked), calendarFor(scope, asked), scope.now);
  return { ...free, dueAt };
}

/**
 * Puts the open questions of these reps, of those for whom they stand in, and those that are put to them, to whoever is
 * asked now: somebody goes away, is back, would rather not stand in, or hands the value talks on. The questions stay
 * whose they were. Returns those who are asked something urgent now.
 */
export async function placeWithStandIns(scope: Scope, repIds: readonly (string | null)[]): Promise<string[]> {
  const { tx, workspaceId, now } = scope;
  const ids = repIds.filter((id) => id !== null);
  const all = [...new Set([...ids, ...(await findWhoNamed(tx, workspaceId, ids))])];
  const seen = await readOpenPromptsOfReps(tx, workspaceId, all);
  const owners = await findOwners(scope, [...new Set(seen.map(homeOf))]);
  const put = (prompt: Prompt) => {
    const owner = owners.get(homeOf(prompt));
    // Whose home cannot be reached is handed over as a whole.
    return owner === undefined || owner.id !== homeOf(prompt) ? prompt : putToWhom(scope, owner, prompt);
  };
  const moving = seen.filter((prompt) => put(prompt) !== prompt).map(({ id }) => id);
  const open = await lockOpenPrompts(tx, workspaceId, moving);
  const moved = open.map(put).filter((prompt) => !open.includes(prompt));
  await updatePrompts(tx, moved);
  await redrawBundlesOf(
    scope,
    moved.map(({ id }) => id),
  );
  return [...new Set(moved.filter(({ urgent, dueAt }) => urgent && dueAt <= now).map(({ repId }) => repId))];
}

function homeOf({ askedForId, repId }: Prompt): string {
  return askedForId ?? repId;
}
