import { ownerAlias } from '../who/owner.ts';
import { whyNot } from './answer.ts';
import type { AccountRef, DealUpdate, OwnerRef } from './deal-update.ts';
import { byTime } from './fact-order.ts';
import { inForce } from './in-force.ts';
import { givenAfter, isSame, movementIn } from './movement.ts';
import { isBeforeOrder, type Stage } from './stage.ts';
import {
  beside,
  blank,
  type Draft,
  end,
  enter,
  type Fact,
  reopen,
  type Standing,
  win,
  wonAsOf,
} from './standing.ts';
import { takeAnswer } from './take-answer.ts';

export type { AskingFrom, AskingHow, Fact, StageChange, Standing } from './standing.ts';

/**
 * Adds the facts in force up, oldest first, so that the order in which they came in does not matter (promises 3 and 9).
 * Throws a RangeError when there is no fact: nothing has happened.
 */
export function standingOf(facts: readonly Fact[]): Standing {
  const known = [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  const counting = inForce(known).sort(byTime);
  const isTakenBack = counting.length === 0 || (known.some(isOrigin) && !counting.some(isOrigin));
  const [first] = isTakenBack ? known.sort(byTime) : counting;
  if (first === undefined) throw new RangeError('an engagement needs at least one fact');
  const draft = blank(first);
  if (isTakenBack) Object.assign(draft, { ending: 'taken_back', endedAt: first.at });
  for (const fact of isTakenBack ? [] : counting) {
    const movedAt = apply(draft, fact);
    if (movedAt !== null) restartAsking(draft, fact, movedAt);
  }
  const { dealStatus: _, dealStage: __, stageBeforeOrder: ___, given: ____, ...standing } = draft;
  return standing;
}

/** Whether something begins with the fact: without any, there is no engagement. */
function isOrigin({ kind }: Fact): boolean {
  return kind === 'begun' || kind === 'update';
}

/** Takes a fact in. Returns when it moved the engagement; null when it did not. */
function apply(draft: Draft, fact: Fact): Date | null {
  const movedAt = movementOf(draft, fact);
  if (movedAt !== null && movedAt > draft.movedAt) draft.movedAt = movedAt;
  take(draft, fact);
  return movedAt;
}

function movementOf(draft: Draft, fact: Fact): Date | null {
  if (fact.kind === 'update') return movementIn(draft.given, fact.at, fact.update);
  if (fact.kind !== 'answer') return fact.at;
  const isMisfit = whyNot(fact.answer, { question: draft.stage, engagement: draft }) !== null;
  return draft.ending !== null || isMisfit ? null : fact.at;
}

/**
 * Nobody is asked about what is moving: before the order a question waits from the last move on. A day that somebody
 * named stands, and so does how often somebody wants to be asked.
 */
function restartAsking(draft: Draft, { id: factId }: Fact, since: Date): void {
  const { asking, stage, ending } = draft;
  if (ending !== null || !isBeforeOrder(stage) || asking.on !== null || since <= asking.since) return;
  const isEvery = asking.how === 'weekly' || asking.how === 'monthly';
  draft.asking = { factId, since, on: null, how: isEvery ? asking.how : 'moved' };
}

function take(draft: Draft, fact: Fact): void {
  switch (fact.kind) {
    case 'begun':
      draft.name = fact.name ?? null;
      draft.amount = fact.amount ?? null;
      return enter(draft, fact, fact.stage);
    case 'update':
      takeFields(draft, fact);
      draft.given = givenAfter(draft.given, fact.update);
      return takeStatus(draft, fact, fact.update, fact.history);
    case 'answer':
      return takeAnswer(draft, fact, fact.answer);
    case 'told':
      draft.toldAmount = fact.amount;
      if (draft.ending === null && isBeforeOrder(draft.stage)) win(draft, fact, fact.at, false);
      return;
    case 'retracted':
      return;
  }
}

/**
 * What a deal takes over from the same order as a person told it: the win, under the id of the fact that it was, and
 * what was answered since. Empty while the person's order is not won.
 */
export function toldFacts(facts: readonly Fact[]): Fact[] {
  const { amount, changes } = standingOf(facts);
  const won = changes.findLast((change) => change.stage === 'verify' && change.ending === null);
  if (won === undefined) return [];
  const since = inForce(facts).filter((fact) => fact.kind === 'answer' && fact.at > won.at);
  return [{ kind: 'told', id: won.factId, at: won.at, amount }, ...since];
}

function takeFields(draft: Draft, { at, update }: Extract<Fact, { kind: 'update' }>): void {
  const { account } = update;
  if (account !== undefined) {
    draft.account = account;
    draft.accounts = [...draft.accounts.filter((one) => !isSameRef(one.account, account)), { account, at }];
  }
  if (update.name !== undefined) draft.name = update.name;
  if (update.url !== undefined) draft.url = update.url;
  if (update.owner !== undefined) {
    if (draft.owner === null || !isSameOwner(draft.owner, update.owner)) draft.owners.push(update.owner);
    // A hand-over stands until the source names somebody else than it named then.
    if (draft.owner === null || ownerAlias(draft.owner) !== ownerAlias(update.owner)) draft.takenOnBy = null;
    draft.owner = update.owner;
  }
  // A person's word stands until the source says another thing than it said then.
  if (update.amount !== undefined && !isSame(draft.given.amount, update.amount)) draft.amount = update.amount;
  if (update.openedAt !== undefined) draft.openedAt = earliest(update.openedAt, at);
}

function isSameOwner(a: OwnerRef, b: OwnerRef): boolean {
  return a.email === b.email && a.name === b.name && a.slackUserId === b.slackUserId;
}

function isSameRef(a: AccountRef, b: AccountRef): boolean {
  return a.id === b.id && a.source === b.source && a.name === b.name;
}

/**
 * Only a *change* of what the source says moves the engagement: a source that repeats "open" in an edit must not
 * undo what the rep answered meanwhile.
 */
function takeStatus(draft: Draft, fact: Fact, update: DealUpdate, history: boolean): void {
  const before = draft.dealStatus;
  const stageBefore = draft.dealStage;
  draft.dealStatus = update.status;
  if (update.stage !== undefined) draft.dealStage = update.stage;
  if (update.status === 'won') {
    if (before !== 'won') win(draft, fact, closeOf(fact, update), history);
    else if (update.closedAt !== undefined && draft.wonAt !== null) wonAsOf(draft, closeOf(fact, update));
  } else if (update.status !== 'open') {
    if (before !== update.status) endAs(draft, fact, update.status, closeOf(fact, update));
  } else if (before === null) {
    if (draft.changes.length === 0)
      enter(draft, begun(fact, update), beforeOrder(update.stage) ?? 'discover');
  } else if (before !== 'open') {
    reopen(draft, fact, beforeOrder(update.stage) ?? draft.stageBeforeOrder);
  } else if (update.stage !== undefined && update.stage !== stageBefore) {
    moveTo(draft, fact, update.stage);
  }
}

/** A loss without a reason is asked about, unless there was nothing to follow up. */
function endAs(draft: Draft, fact: Fact, status: 'lost' | 'deleted', endedAt: Date): void {
  const isDismissed = draft.ending === 'dismissed';
  end(draft, fact, status, endedAt);
  if (status === 'deleted' || isDismissed || draft.returnReason !== null) return;
  draft.beside.lost = beside({ factId: fact.id, since: endedAt, on: null, how: 'entered' });
}

/** A close that is told of has been: a date ahead of the news is a slip, or a plan. */
function closeOf(fact: Fact, { closedAt = fact.at }: DealUpdate): Date {
  return earliest(closedAt, fact.at);
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b;
}

/** A deal that was opened before its source first told of it has stood there since. */
function begun(fact: Fact, { openedAt }: DealUpdate): Fact {
  return openedAt !== undefined && openedAt < fact.at ? { ...fact, at: openedAt } : fact;
}

/** A source may only name stages before the order while the deal is open. */
function beforeOrder(stage: Stage | undefined): Stage | undefined {
  if (stage === undefined) return undefined;
  return isBeforeOrder(stage) ? stage : 'close';
}

function moveTo(draft: Draft, fact: Fact, to: Stage): void {
  const stage = beforeOrder(to) ?? to;
  if (draft.ending === null && isBeforeOrder(draft.stage) && stage !== draft.stage) enter(draft, fact, stage);
}
