import type { Money } from '../money.ts';
import type { HeardNeed } from './need.ts';
import { isBeforeOrder, type Question, type Stage } from './stage.ts';
import type { Verification } from './verification.ts';

/** Where the door leads: into the next engagement, from one of the needs, or to a dated return. */
export type NextStep =
  | { kind: 'engage'; needId: string }
  /** The n-th of the needs heard in the same answer. */
  | { kind: 'engage_heard'; index: number }
  | { kind: 'return'; on: string };

/** What a rep does with a prompt. Dates are local dates (YYYY-MM-DD) in the rep's time zone. */
export type Answer =
  /** Further along: a need was found (develop), it was brought (deliver), the order was asked for (close). */
  | { kind: 'moved'; to: Stage; askOn?: string | undefined; note?: string | undefined; needs?: HeardNeed[] }
  | { kind: 'won'; amount?: Money | undefined }
  | { kind: 'lost'; reason: string; returnOn?: string | undefined }
  /** Not yet: ask again on that date. Snoozing is the same answer. */
  | { kind: 'later'; on: string; note?: string | undefined }
  /** Asked as often as may be, the question would be quiet: it comes again and again all the same. */
  | { kind: 'keep_asking'; every: 'weekly' | 'monthly' }
  | { kind: 'verified'; verification: Verification; needs: HeardNeed[]; next?: NextStep | undefined }
  /** What comes next is decided, or needs were heard and it is decided later. */
  | { kind: 'next'; needs: HeardNeed[]; step?: NextStep | undefined }
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
  | 'nothing_begun';

/**
 * Why an answer does not fit where the engagement stands now; null when it fits. An old DM can be answered after the
 * deal has moved on elsewhere: that must be said, not obeyed.
 */
export function whyNot(answer: Answer, at: { stage: Question; ended: boolean }): Misfit | null {
  if (answer.kind === 'note') return null;
  if (at.stage === 'return') return whyNotAtReturn(answer);
  if (at.ended) return 'ended';
  switch (answer.kind) {
    case 'moved':
      if (!isBeforeOrder(answer.to)) return 'no_order_yet';
      return isBeforeOrder(at.stage) ? null : 'order_is_in';
    case 'won':
      return isBeforeOrder(at.stage) ? null : 'order_is_in';
    case 'lost':
      return isBeforeOrder(at.stage) ? null : 'won_before';
    case 'verified':
      return at.stage === 'verify' ? null : notForVerification(at.stage);
    case 'next':
      return at.stage === 'next' ? null : 'not_verified_yet';
    case 'later':
    case 'keep_asking':
      return null;
  }
}

function whyNotAtReturn(answer: Answer): Misfit | null {
  return ['later', 'keep_asking', 'next'].includes(answer.kind) ? null : 'nothing_begun';
}

function notForVerification(stage: Stage): Misfit {
  return stage === 'next' ? 'verified_before' : 'no_order_yet';
}

/** Where an answer says the way leads; undefined while that is not decided. */
export function nextStepOf(answer: Answer): NextStep | undefined {
  if (answer.kind === 'verified') return answer.next;
  return answer.kind === 'next' ? answer.step : undefined;
}
