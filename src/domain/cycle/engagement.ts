import type { Money } from '../money.ts';
import { type Answer, type NextStep, whyNot } from './answer.ts';
import type { AccountRef, DealStatus, DealUpdate, OwnerRef } from './deal-update.ts';
import { byTime } from './fact-order.ts';
import { type Given, givenAfter, movementIn } from './movement.ts';
import { type Ending, isBeforeOrder, type Stage } from './stage.ts';

/** Something that happened to an engagement. Facts are stored as they come and never change. */
export type Fact = { id: string; at: Date } & (
  | { kind: 'update'; update: DealUpdate; history: boolean }
  | { kind: 'begun'; stage: Stage }
  | { kind: 'answer'; answer: Answer }
  /** A person told the same order, before or after the deal's source did. */
  | { kind: 'told'; amount: Money | null }
);

/** One line of the history: the fact after which the engagement stood there. */
export interface StageChange {
  factId: string;
  at: Date;
  stage: Stage;
  ending: Ending | null;
}

/** What the next prompt counts from: entering a stage, what moved since, or an answer that put the question off. */
export interface AskingFrom {
  factId: string;
  since: Date;
  /** Local date that the rep named, if any. */
  on: string | null;
  how: AskingHow;
}

/** `weekly`, `monthly`: the rep wants the question to be asked again and again, as often as that. */
export type AskingHow = 'entered' | 'moved' | 'answered' | 'weekly' | 'monthly';

/** Where an engagement stands: what its facts add up to. */
export interface Standing {
  stage: Stage;
  ending: Ending | null;
  endedAt: Date | null;
  openedAt: Date;
  wonAt: Date | null;
  verifiedAt: Date | null;
  /** When something last moved: a value that changed, or a person's word. */
  movedAt: Date;
  name: string | null;
  /** Where people open the deal in its source. */
  url: string | null;
  account: AccountRef | null;
  /** Every account and name that sources gave, with when each was last given. */
  accounts: { account: AccountRef; at: Date }[];
  owner: OwnerRef | null;
  /** Every owner that sources named: each tells who bears which name. */
  owners: OwnerRef[];
  amount: Money | null;
  /** What a person told the order amounts to, which counts as long as the deal's source says nothing. */
  toldAmount: Money | null;
  asking: AskingFrom;
  returnReason: string | null;
  changes: StageChange[];
}

interface Draft extends Standing {
  dealStatus: DealStatus | null;
  dealStage: Stage | undefined;
  stageBeforeOrder: Stage;
  given: Given;
}

/**
 * Adds facts up, oldest first, so that the order in which they came in does not matter (promise 3). Throws a
 * RangeError when there is no fact: nothing has happened.
 */
export function standingOf(facts: readonly Fact[]): Standing {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const [first, ...rest] = [...known.values()].sort(byTime);
  if (first === undefined) throw new RangeError('an engagement needs at least one fact');
  const draft = blank(first);
  for (const fact of [first, ...rest]) {
    const movedAt = apply(draft, fact);
    if (movedAt !== null) restartAsking(draft, fact, movedAt);
  }
  const { dealStatus: _, dealStage: __, stageBeforeOrder: ___, given: ____, ...standing } = draft;
  return standing;
}

function blank(first: Fact): Draft {
  return {
    stage: 'discover',
    ending: null,
    endedAt: null,
    openedAt: first.at,
    wonAt: null,
    verifiedAt: null,
    movedAt: new Date(0),
    name: null,
    url: null,
    account: null,
    accounts: [],
    owner: null,
    owners: [],
    amount: null,
    toldAmount: null,
    asking: { factId: first.id, since: first.at, on: null, how: 'entered' },
    returnReason: null,
    changes: [],
    dealStatus: null,
    dealStage: undefined,
    stageBeforeOrder: 'discover',
    given: {},
  };
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
  const ended = draft.ending !== null;
  return ended || whyNot(fact.answer, { stage: draft.stage, ended }) !== null ? null : fact.at;
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
      return enter(draft, fact, fact.stage);
    case 'update':
      draft.given = givenAfter(draft.given, fact.update);
      takeFields(draft, fact);
      return takeStatus(draft, fact, fact.update, fact.history);
    case 'answer':
      return takeAnswer(draft, fact, fact.answer);
    case 'told':
      draft.toldAmount = fact.amount;
      if (draft.ending === null && isBeforeOrder(draft.stage)) win(draft, fact, fact.at, false);
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
  const since = facts.filter((fact) => fact.kind === 'answer' && fact.at > won.at);
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
    draft.owner = update.owner;
  }
  if (update.amount !== undefined) draft.amount = update.amount;
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
    if (before !== update.status) end(draft, fact, update.status, closeOf(fact, update));
  } else if (before === null) {
    if (draft.changes.length === 0)
      enter(draft, begun(fact, update), beforeOrder(update.stage) ?? 'discover');
  } else if (before !== 'open') {
    reopen(draft, fact, beforeOrder(update.stage) ?? draft.stageBeforeOrder);
  } else if (update.stage !== undefined && update.stage !== stageBefore) {
    moveTo(draft, fact, update.stage);
  }
}

/** A close that is told of has been: a date ahead of the news is a slip, or a plan. */
function closeOf(fact: Fact, { closedAt = fact.at }: DealUpdate): Date {
  return earliest(closedAt, fact.at);
}

/** What was verified had been won by then. */
function wonAsOf(draft: Draft, wonAt: Date): void {
  draft.wonAt = draft.verifiedAt === null ? wonAt : earliest(wonAt, draft.verifiedAt);
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

function win(draft: Draft, fact: Fact, wonAt: Date, history: boolean): void {
  const alreadyWon = !isBeforeOrder(draft.stage) && draft.ending !== 'lost' && draft.ending !== 'deleted';
  if (alreadyWon) return wonAsOf(draft, wonAt);
  Object.assign(draft, { wonAt, verifiedAt: null });
  draft.ending = history ? 'history' : null;
  draft.endedAt = history ? wonAt : null;
  draft.returnReason = null;
  enter(draft, fact, 'verify');
}

function reopen(draft: Draft, fact: Fact, stage: Stage): void {
  Object.assign(draft, { ending: null, endedAt: null, wonAt: null, verifiedAt: null });
  draft.returnReason = null;
  enter(draft, fact, stage);
}

function enter(draft: Draft, fact: Fact, stage: Stage, on: string | null = null): void {
  draft.stage = stage;
  if (isBeforeOrder(stage)) draft.stageBeforeOrder = stage;
  draft.asking = { factId: fact.id, since: fact.at, on, how: 'entered' };
  draft.changes.push({ factId: fact.id, at: fact.at, stage, ending: draft.ending });
}

function end(draft: Draft, fact: Fact, ending: Ending, endedAt: Date): void {
  draft.ending = ending;
  draft.endedAt = endedAt;
  if (ending === 'lost' || ending === 'deleted') draft.wonAt = null;
  draft.changes.push({ factId: fact.id, at: fact.at, stage: draft.stage, ending });
}

/** An answer that no longer fits, because older news came in later, changes nothing: it stays on record. */
function takeAnswer(draft: Draft, fact: Fact, answer: Answer): void {
  if (draft.ending !== null) return;
  switch (answer.kind) {
    case 'moved':
      if (!isBeforeOrder(draft.stage) || !isBeforeOrder(answer.to)) return;
      if (answer.to === draft.stage) return putOff(draft, fact, answer.askOn ?? null);
      return enter(draft, fact, answer.to, answer.askOn ?? null);
    case 'won':
      if (answer.amount !== undefined) draft.amount = answer.amount;
      if (isBeforeOrder(draft.stage)) win(draft, fact, fact.at, false);
      return;
    case 'lost':
      if (!isBeforeOrder(draft.stage)) return;
      draft.returnReason = answer.reason;
      return end(draft, fact, 'lost', fact.at);
    case 'later':
      return putOff(draft, fact, answer.on);
    case 'keep_asking':
      draft.asking = { factId: fact.id, since: fact.at, on: null, how: answer.every };
      return;
    case 'verified':
      return takeVerification(draft, fact, answer);
    case 'next':
      if (draft.stage !== 'next') return;
      return answer.step === undefined ? putOff(draft, fact, null) : takeStep(draft, fact, answer.step);
    case 'note':
      return;
  }
}

function putOff(draft: Draft, fact: Fact, on: string | null): void {
  draft.asking = { factId: fact.id, since: fact.at, on, how: 'answered' };
}

/** Value that the client does not see yet keeps the question open, even when the next engagement starts. */
function takeVerification(draft: Draft, fact: Fact, answer: Extract<Answer, { kind: 'verified' }>): void {
  if (draft.stage !== 'verify') return;
  if (answer.verification.seesValue === 'not_yet') {
    return putOff(draft, fact, answer.next?.kind === 'return' ? answer.next.on : null);
  }
  draft.verifiedAt = fact.at;
  enter(draft, fact, 'next');
  if (answer.next !== undefined) takeStep(draft, fact, answer.next);
}

function takeStep(draft: Draft, fact: Fact, step: NextStep): void {
  end(draft, fact, step.kind === 'return' ? 'returned' : 'continued', fact.at);
}
