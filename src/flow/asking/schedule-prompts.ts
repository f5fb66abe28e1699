import { readAsks } from '../../db/asking/ask.ts';
import {
  closePrompts,
  insertPrompts,
  type Prompt,
  readOpenAbout,
  savePrompt,
  splitOpen,
  updatePrompts,
} from '../../db/asking/prompt.ts';
import { askingOf, type Engagement } from '../../db/cycle/engagement.ts';
import { lockReps } from '../../db/who/rep.ts';
import type { AskedState } from '../../domain/asking/asks.ts';
import type { Playbook } from '../../domain/asking/playbook.ts';
import { type PlannedPrompt, planPrompt, reasonToAsk, rescheduledAt } from '../../domain/asking/prompting.ts';
import { calendarFor, findOwners, type Owner, playbookFor, type Scope } from '../scope.ts';
import { isAskedAlready, isAskedOf, isOut, newPrompt, place, type Spread, stateAfter } from './new-prompt.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';
import { reopenPrompts } from './reopen-prompts.ts';
import { planBesides } from './schedule-beside.ts';

export interface Scheduling {
  /** The answer that closes the prompts which stood open until now. */
  answerId?: string | undefined;
  /** Spreads prompts over days instead of asking when they are due. */
  spread?: Spread | undefined;
  /** Something was taken back: what was asked before for the same reason is open again. */
  reopens?: boolean | undefined;
}

/**
 * Gives each engagement the one prompt that it should have for its stage, and those beside it: a prompt that still asks
 * the right question for the same reason stays as it is, any other is closed and the right one takes its place. Returns
 * the reps who have an urgent prompt due, held until the transaction ends.
 */
export async function schedulePrompts(
  scope: Scope,
  engagements: readonly Engagement[],
  { answerId, spread, reopens = false }: Scheduling = {},
): Promise<string[]> {
  const { tx, workspaceId, playbook, now } = scope;
  const ids = engagements.map((engagement) => engagement.id);
  const open = await readOpenAbout(tx, workspaceId, ids);
  const owners = await findOwners(scope, unique(engagements.map((engagement) => engagement.namedOwnerId)));
  const asks = Map.groupBy(await readAsks(tx, workspaceId, ids), (ask) => ask.engagementId);
  const { close, insert: wanted } = await planBesides(scope, engagements, { owners, open, asks, spread });
  for (const engagement of engagements) {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    const existing = splitOpen(open.get(engagement.id)).main;
    if (existing !== undefined && isSame(existing, engagement, playbook) && isAskedOf(existing, owner))
      continue;
    const calendar = calendarFor(scope, owner);
    const planned = planPrompt(askingOf(engagement), playbookFor(scope, owner), calendar, now);
    const after = planned && stateAfter(scope, planned, asks.get(engagement.id) ?? [], owner);
    const change =
      planned && existing && changeInPlace(existing, { planned, after, owner, answerId, reopens });
    if (existing !== undefined && change !== null && change !== undefined) {
      await savePrompt(tx, workspaceId, existing.id, change);
      continue;
    }
    if (existing !== undefined) close.push(existing);
    if (planned !== null) {
      const { id: engagementId, accountId } = engagement;
      const about = { accountId, engagementId, needId: null, namedRepId: null };
      const keepsDay = existing !== undefined && isSpreadAlready(existing, planned);
      const toDay = keepsDay ? async () => rescheduledAt(existing, playbook, calendar, now) : spread;
      const fresh = newPrompt(scope, await place(planned, owner, toDay), owner, about);
      wanted.push(after === null ? fresh : { ...fresh, ...after, urgent: false });
    }
  }
  const { insert, again } = reopens ? await reopenPrompts(scope, wanted) : { insert: wanted, again: [] };
  const urgent = unique(
    [...insert, ...again]
      .filter((prompt) => prompt.urgent && prompt.dueAt <= now && prompt.unaskableSince === null)
      .map((p) => p.repId),
  );
  await lockReps(tx, workspaceId, urgent.sort());
  const closeIds = close.map((prompt) => prompt.id);
  await closePrompts(tx, workspaceId, closeIds, now, answerId);
  await updatePrompts(tx, again);
  await insertPrompts(tx, insert);
  await redrawBundlesOf(scope, [...closeIds, ...again.map((prompt) => prompt.id)]);
  return urgent;
}

interface Anew {
  planned: PlannedPrompt;
  after: AskedState | null;
  owner: Owner;
  answerId: string | undefined;
  reopens: boolean;
}

/** How a prompt changes that stays where it is, with a better reason or a newer one; null when another takes its place. */
function changeInPlace(prompt: Prompt, anew: Anew): Partial<Prompt> | null {
  const { planned, after, owner, answerId, reopens } = anew;
  const { rule, factId, since, on, afterDays, playbookVersion, dueAt } = planned;
  const reason = { rule, factId, since, afterDays, playbookVersion };
  if (isAskedAlready(prompt, planned, owner))
    return after === null || after.asked === prompt.asked ? reason : { ...reason, ...after };
  // What was asked before something was told is asked again in its own place.
  if (reopens || !canGoOn(prompt, planned, owner, answerId)) return null;
  const fresh = { asked: 0, lastAskedAt: null, quietSince: null, dueAt };
  return { ...reason, on, waitingSince: null, ...(after ?? fresh) };
}

/** Whether a prompt is there for what it would be there for, had all that is known now been known then (promise 3). */
function isSame(prompt: Prompt, engagement: Engagement, playbook: Playbook): boolean {
  const reason = reasonToAsk(askingOf(engagement), playbook, prompt.createdAt);
  return (
    prompt.question === reason?.question &&
    prompt.rule === reason.rule &&
    prompt.factId === reason.factId &&
    prompt.since.getTime() === reason.since.getTime() &&
    prompt.on === reason.on &&
    (prompt.urgent === reason.urgent || isOut(prompt) || prompt.spread)
  );
}

/** Imported history keeps its day when somebody else is asked about it. */
function isSpreadAlready({ spread, asked, question, factId }: Prompt, planned: PlannedPrompt): boolean {
  return spread && asked === 0 && question === planned.question && factId === planned.factId;
}

/**
 * What moved since only lets the same question wait anew: it keeps its place in the DM, where it may be answered all
 * the while. Once it is on its way again it is another.
 */
function canGoOn(
  prompt: Prompt,
  planned: PlannedPrompt,
  owner: Owner,
  answerId: string | undefined,
): boolean {
  const isSameQuestion = prompt.question === planned.question && !planned.urgent;
  const isFree = prompt.asked > 0 && prompt.bundleId === null && answerId === undefined;
  return isFree && isSameQuestion && isAskedOf(prompt, owner);
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
