import { v7 as uuid } from 'uuid';
import { markUnsettled } from '../../db/account.ts';
import { askingOf, type Engagement, findWithOpen, readLastEnded } from '../../db/engagement.ts';
import {
  closePrompts,
  insertPrompts,
  type Prompt,
  readOpenPrompts,
  readReturns,
  savePrompt,
} from '../../db/prompt.ts';
import { lockReps, type Rep } from '../../db/rep.ts';
import { type PlannedPrompt, planPrompt, planReturn } from '../../domain/asking/prompting.ts';
import { calendarFor, findOwners, type Owner, type Scope } from '../scope.ts';
import { redrawBundlesOf } from './redraw-bundle.ts';

/** Finds room for a prompt of imported history in a rep's days. */
export type Spread = (rep: Rep, planned: PlannedPrompt) => Promise<Date>;

export interface Scheduling {
  /** The answer that closes the prompts which stood open until now. */
  answerId?: string | undefined;
  /** Spreads prompts over days instead of asking when they are due. */
  spread?: Spread | undefined;
}

/**
 * Gives each engagement the one prompt that it should have: a prompt that still asks the right question for the
 * same reason stays as it is, any other is closed and the right one takes its place. Returns the reps who have an
 * urgent prompt due, held until the transaction ends.
 */
export async function schedulePrompts(
  scope: Scope,
  engagements: readonly Engagement[],
  { answerId, spread }: Scheduling = {},
): Promise<string[]> {
  const { tx, workspaceId, playbook, now } = scope;
  const ids = engagements.map((engagement) => engagement.id);
  const open = await readOpenPrompts(tx, workspaceId, ids);
  const owners = await findOwners(scope, unique(engagements.map((engagement) => engagement.namedOwnerId)));
  const close: Prompt[] = [];
  const insert: Prompt[] = [];
  for (const engagement of engagements) {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    const stands = open.get(engagement.id);
    if (stands !== undefined && isSame(stands, engagement, owner)) continue;
    const planned = planPrompt(askingOf(engagement), playbook, calendarFor(scope, owner), now);
    if (stands !== undefined && planned !== null && isAskedAlready(stands, planned, owner)) {
      const { factId, since } = planned;
      await savePrompt(tx, workspaceId, stands.id, { factId, since });
      continue;
    }
    if (stands !== undefined) close.push(stands);
    if (planned !== null) {
      const dueAt = spread === undefined ? planned.dueAt : await spread(owner, planned);
      const calm = spread === undefined ? planned : { ...planned, urgent: false };
      insert.push(newPrompt(scope, { ...calm, dueAt }, owner, engagement.accountId, engagement.id));
    }
  }
  const urgent = unique(
    insert
      .filter((prompt) => prompt.urgent && prompt.dueAt <= now && prompt.unaskableSince === null)
      .map((p) => p.repId),
  );
  await lockReps(tx, workspaceId, urgent.sort());
  const closeIds = close.map((prompt) => prompt.id);
  await closePrompts(tx, workspaceId, closeIds, now, answerId);
  await insertPrompts(tx, insert);
  await redrawBundlesOf(scope, closeIds);
  return urgent;
}

function isSame(prompt: Prompt, { ending, stage, askingFactId }: Engagement, owner: Owner): boolean {
  const isSameQuestion = ending === null && prompt.question === stage && prompt.factId === askingFactId;
  return isSameQuestion && isAskedOf(prompt, owner);
}

/** Older news of what the rep was asked about, coming in late, is a better reason but nothing to ask twice. */
function isAskedAlready(prompt: Prompt, planned: PlannedPrompt, owner: Owner): boolean {
  const isOut = prompt.asked > 0 || prompt.bundleId !== null;
  const isSameTurn = prompt.question === planned.question && planned.since <= prompt.since;
  const isOnEntering = prompt.rule === planned.rule && !isByAnswer(planned.rule);
  return isOut && isSameTurn && isOnEntering && isAskedOf(prompt, owner);
}

function isAskedOf({ repId, unaskableSince }: Prompt, owner: Owner): boolean {
  return repId === owner.id && (unaskableSince !== null) === owner.isUnaskable;
}

export function isByAnswer(rule: PlannedPrompt['rule']): boolean {
  return rule === 'named_date' || rule === 'put_off';
}

function newPrompt(
  { workspaceId, now }: Scope,
  planned: PlannedPrompt,
  owner: Owner,
  accountId: string,
  engagementId: string | null,
): Prompt {
  const never = { asked: 0, lastAskedAt: null, bundleId: null, closedAt: null, answerId: null };
  return {
    workspaceId,
    id: uuid(),
    accountId,
    engagementId,
    repId: owner.id,
    ...planned,
    ...never,
    unaskableSince: owner.isUnaskable ? now : null,
    createdAt: now,
  };
}

/**
 * Promise 1, for accounts that the caller holds: one with an open engagement has no return; one with nothing going
 * on gets a dated return. With `later`, the second kind is only marked, for settleUnsettled() to find.
 */
export async function settleAccounts(
  scope: Scope,
  accountIds: readonly string[],
  { spread, later = false }: { spread?: Spread | undefined; later?: boolean } = {},
): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const ids = unique(accountIds);
  const open = await findWithOpen(tx, workspaceId, ids);
  const returns = await readReturns(tx, workspaceId, ids);
  const idle = ids.filter((id) => !open.has(id));
  const last = await readLastEnded(tx, workspaceId, idle);
  const owners = await findOwners(scope, unique([...last.values()].map((ended) => ended.namedOwnerId)));
  const overtaken = [...returns.values()].filter((prompt) => {
    const ended = last.get(prompt.accountId);
    return ended === undefined || isOvertaken(prompt, ended, owners.get(ended.namedOwnerId));
  });
  const overtakenIds = overtaken.map((prompt) => prompt.id);
  await closePrompts(tx, workspaceId, overtakenIds, now);
  await redrawBundlesOf(scope, overtakenIds);
  for (const { accountId } of overtaken) returns.delete(accountId);
  const without = idle.filter((id) => !returns.has(id));
  if (later) return await markUnsettled(tx, workspaceId, without, now);
  const endings = without.flatMap((id) => last.get(id) ?? []);
  await insertReturns(scope, endings, owners, spread);
  await markUnsettled(tx, workspaceId, ids, null);
}

/** A return counts from the ending that came last, wherever news of it came in; a rep's word on it counts from then. */
function isOvertaken(prompt: Prompt, last: Engagement, owner: Owner | undefined): boolean {
  const { factId, since } = prompt;
  if (isByAnswer(prompt.rule)) return last.endedAt !== null && last.endedAt > since;
  return (
    factId !== last.id ||
    since.getTime() !== last.endedAt?.getTime() ||
    owner === undefined ||
    !isAskedOf(prompt, owner)
  );
}

async function insertReturns(
  scope: Scope,
  endings: readonly Engagement[],
  owners: ReadonlyMap<string, Owner>,
  spread: Spread | undefined,
): Promise<void> {
  const { tx, playbook, now } = scope;
  const rows: Prompt[] = [];
  for (const engagement of [...endings].sort((a, b) => Number(a.endedAt) - Number(b.endedAt))) {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    const ending = {
      factId: engagement.id,
      endedAt: engagement.endedAt ?? now,
      returnOn: engagement.returnOn,
      lost: engagement.ending === 'lost',
    };
    const planned = planReturn(ending, playbook, calendarFor(scope, owner), now);
    const dueAt = spread === undefined ? planned.dueAt : await spread(owner, planned);
    rows.push(newPrompt(scope, { ...planned, dueAt }, owner, engagement.accountId, null));
  }
  await insertPrompts(tx, rows);
}

/** Puts a return on a date that the rep named, in place of the one that was answered. */
export async function putReturn(
  scope: Scope,
  answered: Prompt,
  planned: PlannedPrompt,
  owner: Owner,
): Promise<void> {
  await insertPrompts(scope.tx, [newPrompt(scope, planned, owner, answered.accountId, null)]);
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
