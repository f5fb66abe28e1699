/**
 * The glossary's centre: an engagement is one turn of the cycle with an account, and its stage says which
 * question comes next. The close is one point on the way; `next` is the springboard into another turn.
 */
export const STAGES = ['discover', 'develop', 'deliver', 'close', 'verify', 'next'] as const;
export type Stage = (typeof STAGES)[number];

/** What is asked beside the question of the stage: each about one fact, and never all that keeps a door open. */
export const EXTRAS = ['promise', 'promised', 'need', 'lost'] as const;
export type Extra =
  /** At once on the close: what was promised, and when will they talk about it? */
  | 'promise'
  /** The date of a promise or a repair has come. */
  | 'promised'
  /** The date of a need has come, however the deal stands. */
  | 'need'
  /** The deal was lost, and nobody has said why. */
  | 'lost';

/** What a prompt asks: the question of a stage, one beside it, or to come back to an account. */
export type Question = Stage | Extra | 'return';

/** Why an engagement takes no more questions. An engagement without an ending is open. */
export type Ending =
  /** The client said no. */
  | 'lost'
  /** The source of deals deleted it. */
  | 'deleted'
  /** Won too long ago to ask about: imported history. */
  | 'history'
  /** The next engagement grew from it. */
  | 'continued'
  /** Verified, with a dated return as what comes next. */
  | 'returned'
  /** There is nothing to follow up: a rep said so. */
  | 'dismissed'
  /** All that there was of it was taken back: it counts for nothing, and is shown nowhere. */
  | 'taken_back'
  /** A person's order that a CRM deal is too: that one goes on instead, with all that was answered. */
  | 'joined';

export function isStage(word: string): word is Stage {
  return (STAGES as readonly string[]).includes(word);
}

export function isExtra(question: Question): question is Extra {
  return (EXTRAS as readonly string[]).includes(question);
}

/** True in the stages before the order is in. */
export function isBeforeOrder(stage: Stage): boolean {
  return stage !== 'verify' && stage !== 'next';
}
