import type { Money } from '../money.ts';
import type { Answer } from './answer.ts';
import type { AccountRef, DealStatus, DealUpdate, OwnerRef } from './deal-update.ts';
import type { Given } from './movement.ts';
import type { KeptPromise, Repair } from './promise.ts';
import { type Ending, isBeforeOrder, type Stage } from './stage.ts';

/** Something that happened to an engagement. Facts are stored as they come and never change. */
export type Fact = {
  id: string;
  at: Date;
  /** The fact that it takes back; an answer takes its place too. */
  retracts?: string | undefined;
  place?: string | undefined;
} & (
  | { kind: 'update'; update: DealUpdate; history: boolean }
  /** From a need: what it is called after, and what that is thought to be worth. */
  | { kind: 'begun'; stage: Stage; name?: string | undefined; amount?: Money | undefined }
  | { kind: 'answer'; answer: Answer }
  /** A person told the same order, before or after the deal's source did. */
  | { kind: 'told'; amount: Money | null }
  /** A person takes back what was told. */
  | { kind: 'retracted'; retracts: string }
);

/** One line of the history: the fact after which the engagement stood there. */
export interface StageChange {
  factId: string;
  at: Date;
  stage: Stage;
  ending: Ending | null;
}

/**
 * How a question came to be asked: on entering the stage, by what moved since, by an answer that put it off, by the day
 * of a talk, by what was promised, by a repair, or again and again, as often as the rep wants it.
 */
export type AskingHow =
  | 'entered'
  | 'moved'
  | 'answered'
  | 'talk'
  | 'promised'
  | 'repair'
  | 'weekly'
  | 'monthly';

/** What the next prompt counts from. */
export interface AskingFrom {
  factId: string;
  since: Date;
  /** Local date that somebody named, if any. */
  on: string | null;
  how: AskingHow;
}

/** What is asked beside the stage's own question, as JSON keeps it: `since` is an ISO time. */
export type Beside = Omit<AskingFrom, 'since'> & { since: string };

/** The questions beside the stage's own. A need's is no engagement's. */
export interface Besides {
  promise?: Beside | undefined;
  promised?: Beside | undefined;
  lost?: Beside | undefined;
}

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
  /** The rep who took it on since the source last gave another owner; null when nobody did. */
  takenOnBy: string | null;
  /** Every owner that sources named: each tells who bears which name. */
  owners: OwnerRef[];
  amount: Money | null;
  /** What a person told the order amounts to, which counts as long as the deal's source says nothing. */
  toldAmount: Money | null;
  asking: AskingFrom;
  beside: Besides;
  promise: KeptPromise | null;
  /** What will be done about it, while the client does not see it. */
  repair: Repair | null;
  /** The client did not see it, or only partly, when last asked, and somebody is asked about it still. */
  unseen: boolean;
  returnReason: string | null;
  changes: StageChange[];
}

/** A standing while its facts are added up. */
export interface Draft extends Standing {
  dealStatus: DealStatus | null;
  dealStage: Stage | undefined;
  stageBeforeOrder: Stage;
  given: Given;
}

export function blank(first: Fact): Draft {
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
    takenOnBy: null,
    owners: [],
    amount: null,
    toldAmount: null,
    asking: { factId: first.id, since: first.at, on: null, how: 'entered' },
    beside: {},
    promise: null,
    repair: null,
    unseen: false,
    returnReason: null,
    changes: [],
    dealStatus: null,
    dealStage: undefined,
    stageBeforeOrder: 'discover',
    given: {},
  };
}

export function enter(draft: Draft, fact: Fact, stage: Stage, on: string | null = null): void {
  draft.stage = stage;
  if (isBeforeOrder(stage)) draft.stageBeforeOrder = stage;
  draft.asking = { factId: fact.id, since: fact.at, on, how: 'entered' };
  draft.beside.lost = undefined;
  draft.changes.push({ factId: fact.id, at: fact.at, stage, ending: draft.ending });
}

/** An order comes in. Told again after it was taken back, what was promised with it stands until the client sees it. */
export function win(draft: Draft, fact: Fact, wonAt: Date, history: boolean): void {
  const alreadyWon = !isBeforeOrder(draft.stage) && draft.ending !== 'lost' && draft.ending !== 'deleted';
  if (alreadyWon) return wonAsOf(draft, wonAt);
  dropSeenPromise(draft);
  draft.wonAt = wonAt;
  draft.ending = history ? 'history' : null;
  draft.endedAt = history ? wonAt : null;
  draft.returnReason = null;
  enter(draft, fact, 'verify');
  if (draft.promise === null) draft.beside.promise = history ? undefined : beside(draft.asking);
  else draft.asking = { ...draft.asking, on: draft.promise.by ?? null, how: 'promised' };
}

export function reopen(draft: Draft, fact: Fact, stage: Stage): void {
  dropSeenPromise(draft);
  Object.assign(draft, { ending: null, endedAt: null, wonAt: null, returnReason: null });
  draft.beside.promise = undefined;
  enter(draft, fact, stage);
}

/** A promise that the client has seen kept is done with. */
function dropSeenPromise(draft: Draft): void {
  if (draft.verifiedAt !== null) draft.promise = null;
  draft.verifiedAt = null;
}

/** What was verified had been won by then. */
export function wonAsOf(draft: Draft, wonAt: Date): void {
  draft.wonAt = draft.verifiedAt === null || wonAt < draft.verifiedAt ? wonAt : draft.verifiedAt;
}

export function end(draft: Draft, fact: Fact, ending: Ending, endedAt: Date): void {
  draft.ending = ending;
  draft.endedAt = endedAt;
  if (ending === 'lost' || ending === 'deleted') draft.wonAt = null;
  draft.beside.promise = undefined;
  draft.beside.lost = undefined;
  draft.changes.push({ factId: fact.id, at: fact.at, stage: draft.stage, ending });
}

export function beside({ since, ...asked }: AskingFrom): Beside {
  return { ...asked, since: since.toISOString() };
}
