import type { Money } from '../money.ts';
import type { HeardNeed } from './need.ts';
import type { KeptPromise, Repair } from './promise.ts';
import { type Ending, type Extra, isBeforeOrder, type Question, type Stage } from './stage.ts';
import type { Verification } from './verification.ts';

/** Where the door leads: into the next engagement, from one of the needs, or to a dated return. */
export type NextStep =
  | { kind: 'engage'; needId: string }
  /** The n-th of the needs heard in the same answer. */
  | { kind: 'engage_heard'; index: number }
  | { kind: 'return'; on: string };

/** What is said of a need. It moves no engagement: a need has facts of its own. */
export type NeedAnswer =
  /** What is left out stays as it is. */
  | {
      kind: 'need_changed';
      needId: string;
      words?: string | undefined;
      estimate?: Money | undefined;
      neededOn?: string | undefined;
    }
  | { kind: 'need_dropped'; needId: string; reason: string }
  | { kind: 'need_same'; needId: string; asId: string }
  /** The next engagement begins from it. `anyway`: while the client waits for a repair. */
  | { kind: 'need_taken_up'; needId: string; anyway?: boolean | undefined };

/** What a rep does with a prompt. Dates are local dates (YYYY-MM-DD) in the rep's time zone. */
export type Answer =
  /** Further along: a need was found (develop), it was brought (deliver), the order was asked for (close). */
  | { kind: 'moved'; to: Stage; askOn?: string | undefined; note?: string | undefined; needs?: HeardNeed[] }
  | { kind: 'won'; amount?: Money | undefined }
  /** Also to a loss that the CRM told: it adds the reason and the day to come back. */
  | { kind: 'lost'; reason: string; returnOn?: string | undefined }
  /** Not yet: ask again on that date. Snoozing is the same answer. `of`: the question beside the stage's own. */
  | { kind: 'later'; on: string; note?: string | undefined; of?: Extra | undefined }
  /** Asked as often as may be, the question would be quiet: it comes again and again all the same. */
  | { kind: 'keep_asking'; every: 'weekly' | 'monthly'; of?: Extra | undefined }
  /** When they will talk about what the order brought. */
  | { kind: 'talk'; on: string }
  | { kind: 'promised'; promise: KeptPromise; talkOn?: string | undefined }
  /** `repair`: always there where the client does not see it, or sees it partly. */
  | {
      kind: 'verified';
      verification: Verification;
      needs: HeardNeed[];
      next?: NextStep | undefined;
      repair?: Repair | undefined;
    }
  /** What comes next is decided, or needs were heard and it is decided later. */
  | { kind: 'next'; needs: HeardNeed[]; step?: NextStep | undefined }
  /** Nothing to follow up here. `returnOn`: the day to come back all the same. */
  | { kind: 'dismissed'; reason?: string | undefined; returnOn?: string | undefined }
  | NeedAnswer
  /** A colleague takes the deal on. Both are ids of reps. */
  | { kind: 'handed_over'; from: string; to: string }
  | { kind: 'note'; text: string };

export type AnswerKind = Answer['kind'];

/** Why an answer does not fit where the engagement stands now. */
export type Misfit =
  | 'ended'
  /** There is no order yet, and so nothing to verify. */
  | 'no_order_yet'
  | 'order_is_in'
  /** Lost, with the order in. */
  | 'won_before'
  | 'verified_before'
  | 'not_verified_yet'
  /** Nothing has begun at the account that could be answered for. */
  | 'nothing_begun'
  /** It is about a need, and what was asked is not; or the other way round. */
  | 'not_about_that';

/** What was asked, and where the engagement stands that it was asked about; null for a question about none. */
export interface AnsweredAt {
  question: Question;
  engagement: { stage: Stage; ending: Ending | null; unseen: boolean; returnReason: string | null } | null;
}

/**
 * Why an answer does not fit where the engagement stands now; null when it fits. An old DM can be answered after the
 * deal has moved on elsewhere: that must be said, not obeyed.
 */
export function whyNot(answer: Answer, { question, engagement }: AnsweredAt): Misfit | null {
  // Whose it is has nothing to do with where it stands.
  if (answer.kind === 'note' || answer.kind === 'handed_over') return null;
  if (question === 'need') return aboutNeed(answer) ? null : 'not_about_that';
  if (isNeedAnswer(answer)) return 'not_about_that';
  if (question === 'return' || engagement === null) return whyNotAtReturn(answer);
  if (engagement.ending !== null) return whyNotOnceEnded(answer, question, engagement);
  const { stage } = engagement;
  switch (answer.kind) {
    case 'moved':
      if (!isBeforeOrder(answer.to)) return 'no_order_yet';
      return isBeforeOrder(stage) ? null : 'order_is_in';
    case 'won':
      return isBeforeOrder(stage) ? null : 'order_is_in';
    case 'lost':
      return isBeforeOrder(stage) ? null : 'won_before';
    case 'verified':
      // What the client did not see can be put right though the deal has been opened again.
      if (question === 'promised' && engagement.unseen) return null;
      return stage === 'verify' ? null : notForVerification(stage);
    case 'talk':
    case 'promised':
      return stage === 'verify' ? null : notForVerification(stage);
    case 'next':
      return stage === 'next' ? null : 'not_verified_yet';
    case 'later':
    case 'keep_asking':
    case 'dismissed':
      return null;
  }
}

export function isNeedAnswer(answer: Answer): answer is NeedAnswer {
  return answer.kind.startsWith('need_');
}

function aboutNeed(answer: Answer): boolean {
  return isNeedAnswer(answer) || answer.kind === 'later';
}

function whyNotAtReturn(answer: Answer): Misfit | null {
  return ['later', 'keep_asking', 'next', 'dismissed'].includes(answer.kind) ? null : 'nothing_begun';
}

/** A loss can be explained, and a promise can still be kept, once the deal has come to its end. */
function whyNotOnceEnded(
  answer: Answer,
  question: Question,
  { ending, returnReason }: NonNullable<AnsweredAt['engagement']>,
): Misfit | null {
  if (question === 'promised') {
    return ['verified', 'later', 'keep_asking', 'dismissed'].includes(answer.kind) ? null : 'ended';
  }
  const isUnexplained = question === 'lost' && ending === 'lost' && returnReason === null;
  return isUnexplained && ['lost', 'later', 'dismissed'].includes(answer.kind) ? null : 'ended';
}

function notForVerification(stage: Stage): Misfit {
  return stage === 'next' ? 'verified_before' : 'no_order_yet';
}

/** Where an answer says the way leads; undefined while that is not decided. */
export function nextStepOf(answer: Answer): NextStep | undefined {
  if (answer.kind === 'verified') return answer.next;
  return answer.kind === 'next' ? answer.step : undefined;
}

/**
 * Whether the client sees it. Partly is not seen, except in what was told before a repair was asked for: that was taken
 * as seen, and nobody is asked anew.
 */
export function isSeen({ verification, repair }: Extract<Answer, { kind: 'verified' }>): boolean {
  return verification.seesValue === 'yes' || (verification.seesValue === 'partly' && repair === undefined);
}
