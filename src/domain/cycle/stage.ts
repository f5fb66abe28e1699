/**
 * The glossary's centre: an engagement is one turn of the cycle with an account, and its stage says which
 * question comes next. The close is one point on the way; `next` is the springboard into another turn.
 */
export const STAGES = ['discover', 'develop', 'deliver', 'close', 'verify', 'next'] as const;
export type Stage = (typeof STAGES)[number];

/** What a prompt asks: the question of a stage, or the knock on the door of an account with nothing going on. */
export type Question = Stage | 'return';

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
  /** A person's order that a CRM deal is too: that one goes on instead, with all that was answered. */
  | 'joined';

export function isStage(word: string): word is Stage {
  return (STAGES as readonly string[]).includes(word);
}

/** True in the stages before the order is in. */
export function isBeforeOrder(stage: Stage): boolean {
  return stage !== 'verify' && stage !== 'next';
}
