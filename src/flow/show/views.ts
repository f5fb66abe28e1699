/** What surfaces show: plain data, read by the flow, drawn by slack/. Times are instants; zones come beside them. */

import type { BoardGroup } from '../../domain/asking/board.ts';
import type { Rule } from '../../domain/asking/rules.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import type { NeedOutcome } from '../../domain/cycle/need.ts';
import type { KeptPromise, Repair } from '../../domain/cycle/promise.ts';
import type { Ending, Question, Stage } from '../../domain/cycle/stage.ts';
import type { SeesValue } from '../../domain/cycle/verification.ts';
import type { Counts } from '../../domain/figures/figures.ts';
import type { Money } from '../../domain/money.ts';
import type { Certainty } from '../../domain/who/same-order.ts';

export interface NeedView {
  id: string;
  words: string;
  estimate: Money | null;
  neededOn: string | null;
  outcome: NeedOutcome;
  heardAt: Date;
  /** The message in which it was written, where one was captured. */
  link?: string | null;
}

export interface EngagementView {
  id: string;
  name: string | null;
  /** Where people open the deal in its source. */
  url: string | null;
  amount: Money | null;
  stage: Stage;
  ending: Ending | null;
  /** When the order was won, else when the deal was opened. */
  dealAt: Date;
}

/** An order that is in. */
export interface OrderView extends EngagementView {
  wonAt: Date;
}

/** An account that somebody may mean. `latest`: its latest deal, where another one bears the same name. */
export interface SuggestedAccount {
  id: string;
  name: string;
  latest: (EngagementView & { owner: string }) | null;
}

/** What became of a prompt: still open, answered, or closed because the deal moved on elsewhere. */
export type PromptState =
  | { kind: 'open' }
  | {
      kind: 'answered';
      answerId: string;
      answer: Answer;
      at: Date;
      by: string /** e.g. the words of the need taken up */;
      took?: string;
    }
  | { kind: 'overtaken'; at: Date }
  /** Open, and put to somebody else than the reader of the message, who may not answer it any more. */
  | { kind: 'elsewhere'; with: string };

export interface ColleagueView {
  name: string;
  at: Date;
  how: 'asked' | 'moved';
}

export interface PromptView {
  promptId: string;
  question: Question;
  /** Why it is asked: the rule, and since when what it looks at stands (promise 8). */
  rule: Rule;
  since: Date;
  dueAt: Date;
  /** How often it has been asked before. */
  asked: number;
  /** It was asked as often as may be, or is just now for the last time. */
  isRested: boolean;
  /** The days that the rule waited for, where the workspace learned them from its own deals. */
  learnedDays: number | null;
  /** Of a return: the colleague who was asked to come back there, or moved something there, last of all. */
  colleague: ColleagueView | null;
  account: { id: string; name: string };
  engagement: EngagementView | null;
  /** What the client was told that the order would bring, and what will be done where they don't see it. */
  promise: KeptPromise | null;
  repair: Repair | null;
  /** The account's open needs, oldest first: what `next` and `return` can take up. */
  needs: NeedView[];
  /** The client does not see yet what was promised: nothing is offered to them, and nothing begun. */
  waitsForRepair: boolean;
  /** The need whose day it is about. */
  need: NeedView | null;
  /** What the rep said that they will bring, where that is asked. */
  bring: string | null;
  /** Who at the client said something last, as far as that was told. */
  contact: string | null;
  state: PromptState;
  /** The order that a person told of the same deal, and how sure it is that it is the same. */
  told?: { at: Date; amount: Money | null; certainty: Certainty } | null;
  /** Who is asked; and whose question it is, where they stand in for somebody. */
  rep: { id: string; name: string; slackUserId: string | null; timeZone: string };
  askedForId: string | null;
  /** ISO currency that the workspace reckons in. */
  currency: string;
}

/** What an admin keeps that nobody could be asked, by the owner whom sources name. */
export interface AdminSummaryView {
  summaryId: string;
  /** `accounts` names some of the `count` clients. */
  kept: { owner: string; accounts: string[]; count: number }[];
}

/** A word to a rep that is no question. */
export interface NoticeView {
  noticeId: string;
  kind: 'asked_to_stand_in' | 'stand_in_declined' | 'stand_in_over';
  about: { repId: string; name: string; slackUserId: string | null };
  /** The day that it tells, and today where the reader is (YYYY-MM-DD). */
  on: string | null;
  today: string;
  /** Whether the reader is away, or is to be, as the notice goes out. */
  isAway: boolean;
}

/** A channel's digest that Slack does not take, and Slack's word for why. */
export interface RefusedDigestView {
  channelId: string;
  refusedFor: string;
}

/** A newer message with the same question; without a link where Slack has not told the workspace's address. */
export interface AskedAgain {
  at: Date;
  link: string | null;
}

export interface BundleView {
  bundleId: string;
  timeZone: string;
  /** Today in the rep's zone, YYYY-MM-DD. */
  today: string;
  prompts: PromptView[];
  /** Of its questions those that have a newer message, by prompt: when they were asked there, and where that is. */
  askedAgain: Readonly<Record<string, AskedAgain>>;
  /** The rep's other prompts that are due but wait for the next day's bundle. */
  alsoWaiting: number;
  /** Of the first DM that a rep ever gets: what is said of whose public holidays hold. */
  introduction?: { holidays: HolidaysView } | undefined;
}

/** When a rep is away, and who looks after what cannot wait: a Slack user id. */
export interface AwayView {
  from: string;
  until: string;
  delegate: string | null;
}

/** Whose public holidays hold for a rep. */
export interface HolidaysView {
  /** What the rep chose: `PT`, `DE-BY`, `none`; null for nothing. */
  chosen: string | null;
  /** Where the holidays that hold are kept; null for none. */
  place: string | null;
  /** Nobody has said which country it is, and the zone does not tell. */
  isUnknown: boolean;
}

/** An open door: an engagement, or an account that only has a return. */
export interface DoorView {
  promptId: string;
  account: { id: string; name: string };
  engagement: EngagementView | null;
  question: Question;
  since: Date;
  dueAt: Date;
  asked: number;
  /** Asked as often as may be, and resting since then. */
  quietSince: Date | null;
}

export interface BoardView {
  rep: { name: string; slackUserId: string; timeZone: string };
  now: Date;
  /** A page: what waits first, then what comes, then what is quiet; at most the number asked for. */
  doors: (DoorView & { group: BoardGroup })[];
  /** How many open questions stand before the page. */
  offset: number;
  counts: Record<BoardGroup, number>;
  total: number;
  /** The only account shown, where one was picked. */
  account: { id: string; name: string } | null;
}

/** A client's words that somebody hears of away from their account. */
export interface HeardView {
  account: { id: string; name: string };
  words: string;
}

/** A rep's desk: what stands open, with the answers to what waits; needs, promises, and what clients said. */
export interface DeskView {
  board: BoardView;
  away: AwayView | null;
  /** The questions of the page that wait, by prompt. */
  prompts: Readonly<Record<string, PromptView>>;
  /** Open needs that the rep heard, those with the nearest day first. */
  needs: (HeardView & Pick<NeedView, 'estimate' | 'neededOn'>)[];
  totalNeeds: number;
  /** What the rep promised and the client does not see yet, by day. */
  promises: (HeardView & { by: string | null })[];
  /** What clients said of what they got, latest first. */
  said: (HeardView & { who: string | null; seesValue: SeesValue; heldOn: string })[];
}

export interface TurnView extends EngagementView {
  openedAt: Date;
  wonAt: Date | null;
  verifiedAt: Date | null;
  endedAt: Date | null;
  owner: string;
  parentId: string | null;
  /** The need it grew from, in the client's words. */
  grewFrom: string | null;
  verification: {
    who: string | null;
    seesValue: SeesValue;
    words: string;
    measure: { value: string; unit: string } | null;
    promised: string | null;
    heldOn: string;
  } | null;
  lostReason: string | null;
  /** What of it can be put right: the answer that tells what they said, and the order where somebody typed it. */
  told?: { answerId: string | null; orderId: string | null } | undefined;
}

export interface AccountView {
  account: { id: string; name: string };
  timeZone: string;
  now: Date;
  /** Latest turns of the cycle first, at most the number asked for. */
  turns: TurnView[];
  totalTurns: number;
  /** Won, over all turns, per currency. */
  won: { count: number; amounts: Money[] };
  needs: NeedView[];
  /** What comes next: the open prompts of the account. */
  next: (DoorView & { rep: string })[];
  notes: { text: string; at: Date; by: string }[];
  /** Accounts that people said are the same client. */
  joined: { joinId: string; name: string; at: Date; by: string }[];
}

export interface Figures extends Counts {
  from: Date;
  to: Date;
}

export interface DigestView {
  digestId: string;
  cadence: 'weekly' | 'daily';
  timeZone: string;
  figures: Figures;
  /** The doors that have waited longest, longest first. */
  waiting: { account: string; question: Question; since: Date; rep: string; slackUserId: string | null }[];
  /** Owners of open engagements whom Slack does not know. */
  unmatched: { name: string; engagements: number }[];
}

/** Something that a person told, and what becomes of the rest when it is taken back. */
export interface ToldView {
  factId: string;
  what: { kind: 'answer'; answer: Answer; took?: string } | { kind: 'order' | 'amount' };
  at: Date;
  by: string;
  account: { id: string; name: string } | null;
  engagement: EngagementView | null;
  timeZone: string;
  /** What people have made of it since: it goes only if they say so. */
  hangs: { answers: { answer: Answer; by: string; at: Date }[]; engagements: EngagementView[] };
}
