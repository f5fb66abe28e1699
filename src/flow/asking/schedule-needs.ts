import { type Ask, readAsksOfNeeds } from '../../db/asking/ask.ts';
import {
  closePrompts,
  insertPrompts,
  type Prompt,
  readOpenOfNeeds,
  updatePrompts,
} from '../../db/asking/prompt.ts';
import { type DatedNeed, readDatedNeeds } from '../../db/cycle/need.ts';
import { planNeed } from '../../domain/asking/prompting.ts';
import { calendarFor, findOwners, type Owner, type Scope } from '../scope.ts';
import { isAskedOf, newPrompt, stateAfter } from './new-prompt.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';
import { reopenPrompts } from './reopen-prompts.ts';
import { type Scheduling, unique } from './schedule-prompts.ts';

/**
 * Gives each open need with a day, at accounts which the caller holds, the prompt for that day, however its deal stands
 * (promise 1). It is asked of whoever heard the need, or took on its deal, or stands in for them.
 */
export async function scheduleNeeds(
  scope: Scope,
  accountIds: readonly string[],
  { reopens = false }: Pick<Scheduling, 'reopens'> = {},
): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const ids = unique(accountIds);
  const needs = await readDatedNeeds(tx, workspaceId, ids);
  const open = await readOpenOfNeeds(tx, workspaceId, ids);
  if (needs.length === 0 && open.length === 0) return;
  const owners = await findOwners(scope, unique(needs.map(({ askedId }) => askedId)));
  const asks = Map.groupBy(
    await readAsksOfNeeds(
      tx,
      workspaceId,
      needs.map(({ id }) => id),
    ),
    ({ needId }) => needId,
  );
  const wanted: Prompt[] = [];
  const kept = new Set<Prompt>();
  for (const need of needs) {
    const owner = owners.get(need.askedId);
    if (owner === undefined) throw new Error(`need ${need.id} was heard by somebody who is no rep`);
    const there = open.find((prompt) => isFor(prompt, need, owner));
    if (there === undefined) wanted.push(toPrompt(scope, need, owner, asks.get(need.id) ?? []));
    else kept.add(there);
  }
  const close = open.filter((prompt) => !kept.has(prompt)).map(({ id }) => id);
  const { insert, again } = reopens ? await reopenPrompts(scope, wanted) : { insert: wanted, again: [] };
  await closePrompts(tx, workspaceId, close, now);
  await updatePrompts(tx, again);
  await insertPrompts(tx, insert);
  await redrawBundlesOf(scope, [...close, ...again.map(({ id }) => id)]);
}

function isFor(prompt: Prompt, need: DatedNeed, owner: Owner): boolean {
  const isSame = prompt.needId === need.id && prompt.accountId === need.accountId;
  const { by } = datedOf(need);
  return isSame && prompt.factId === by && prompt.on === need.neededOn && isAskedOf(prompt, owner);
}

/** What was asked of the same rep about the same day counts, whoever was asked between. */
function toPrompt(scope: Scope, need: DatedNeed, owner: Owner, asks: readonly Ask[]): Prompt {
  const { by: datedBy, at: datedAt } = datedOf(need);
  const dated = { datedBy, datedAt, neededOn: need.neededOn };
  const planned = planNeed(dated, scope.playbook, calendarFor(scope, owner), scope.now);
  const { accountId, engagementId, id: needId } = need;
  const about = { accountId, engagementId, needId, namedRepId: owner.personId };
  const fresh = newPrompt(scope, { ...planned, spread: false }, owner, about);
  const after = stateAfter(scope, planned, asks, owner);
  return after === null ? fresh : { ...fresh, ...after, urgent: false };
}

/** What named the day; of a need from before that was kept, that it was heard. */
function datedOf({ id, datedBy, datedAt, heardAt }: DatedNeed): { by: string; at: Date } {
  return { by: datedBy ?? id, at: datedAt ?? heardAt };
}
