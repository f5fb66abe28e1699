import { v7 as uuid } from 'uuid';
import type { Ask } from '../../db/asking/ask.ts';
import type { Prompt } from '../../db/asking/prompt.ts';
import type { Rep } from '../../db/who/rep.ts';
import { type AskedState, afterAsks, asksFor } from '../../domain/asking/asks.ts';
import type { AskingReason, PlannedPrompt } from '../../domain/asking/prompting.ts';
import { calendarFor, type Owner, playbookFor, type Scope } from '../scope.ts';
import { putToWhom } from './stand-in.ts';

/** Finds room for a prompt of imported history in a rep's days. */
export type Spread = (rep: Rep, planned: PlannedPrompt) => Promise<Date>;

export type PlacedPrompt = PlannedPrompt & Pick<Prompt, 'spread'>;

/** Spreads a prompt over days where that is wanted; a day that somebody named is kept. */
export async function place(
  planned: PlannedPrompt,
  owner: Owner,
  spread: Spread | undefined,
): Promise<PlacedPrompt> {
  if (spread === undefined || planned.on !== null) return { ...planned, spread: false };
  return { ...planned, dueAt: await spread(owner, planned), urgent: false, spread: true };
}

/**
 * The row of a prompt that nobody was asked yet, put to its owner or who stands in for them. `namedRepId` is for whom it
 * is, but for a stage's question.
 */
export function newPrompt(
  scope: Scope,
  placed: PlacedPrompt,
  owner: Owner,
  about: Pick<Prompt, 'accountId' | 'engagementId' | 'needId' | 'namedRepId'>,
): Prompt {
  const { workspaceId, now } = scope;
  const never = { asked: 0, lastAskedAt: null, quietSince: null, waitingSince: null };
  const open = { askedForId: null, bundleId: null, closedAt: null, answerId: null };
  const unaskableSince = owner.isUnaskable ? now : null;
  const row = { workspaceId, id: uuid(), ...about, repId: owner.id, ...placed, ...never, ...open };
  return putToWhom(scope, owner, { ...row, unaskableSince, createdAt: now });
}

/**
 * Older news of what the rep was asked about, coming in late, or another light on the same news, is a better reason
 * but nothing to ask twice.
 */
export function isAskedAlready(prompt: Prompt, reason: AskingReason, owner: Owner): boolean {
  const isSameNews = prompt.factId === reason.factId;
  const isOnEntering = prompt.rule === reason.rule && !isByAnswer(reason.rule);
  const isOlderNews = reason.since <= prompt.since && isOnEntering;
  const isSameTurn = prompt.question === reason.question && (isSameNews || isOlderNews);
  return isOut(prompt) && isSameTurn && isAskedOf(prompt, owner);
}

/** What the asks that were made for its reason leave of a question; null when there were none. */
export function stateAfter(
  scope: Scope,
  planned: PlannedPrompt,
  asks: readonly Ask[],
  owner: Owner,
): AskedState | null {
  const calendar = calendarFor(scope, owner);
  const counted = asksFor(planned, asksOf(asks, planned, owner), calendar);
  return counted && afterAsks(planned, counted, playbookFor(scope, owner), calendar);
}

/** When a question was put to whoever is asked it now, or to who stands in for them. */
function asksOf(asks: readonly Ask[], { question }: PlannedPrompt, owner: Owner): Date[] {
  const whom = [owner.id, owner.delegateId, owner.valueTalksId];
  const isIt = (ask: Ask) => ask.question === question && whom.includes(ask.repId);
  return asks.filter(isIt).map(({ at }) => at);
}

/** Whether a prompt was asked, or is on its way. */
export function isOut({ asked, bundleId }: Prompt): boolean {
  return asked > 0 || bundleId !== null;
}

function isByAnswer(rule: AskingReason['rule']): boolean {
  return rule === 'named_date' || rule === 'put_off';
}

/** Whether a prompt is put to, or only kept by, whoever it should be. */
export function isAskedOf({ repId, askedForId, unaskableSince }: Prompt, owner: Owner): boolean {
  return (askedForId ?? repId) === owner.id && (unaskableSince !== null) === owner.isUnaskable;
}
