import type { Money } from '../money.ts';
import type { NeedAnswer } from './answer.ts';
import { compareIds } from './fact-order.ts';

/** Something the client needs, in the client's words, as a rep heard it. */
export interface HeardNeed {
  /** Its id, from when it is stored. */
  id?: string | undefined;
  words: string;
  estimate?: Money | undefined;
  /** Local date (YYYY-MM-DD) by which the client needs it. */
  neededOn?: string | undefined;
  /** Where it was written, in a message of Slack's. */
  link?: string | undefined;
}

export type NeedOutcome = 'open' | 'taken_up' | 'dropped' | 'same';

/** Something that a person said of a need since it was heard. */
export interface NeedFact {
  id: string;
  at: Date;
  answer: NeedAnswer;
}

/** What is known of a need now. */
export interface NeedStanding {
  words: string;
  estimate: Money | undefined;
  neededOn: string | undefined;
  /** The fact that named that day; null where that is the one in which the need was heard. */
  dated: { by: string; at: Date } | null;
  outcome: Exclude<NeedOutcome, 'taken_up'>;
  dropReason: string | null;
  sameAsId: string | null;
}

/** Adds up what was said of a need since it was heard, in whatever order it came in. What was said last holds. */
export function needOf(heard: HeardNeed, facts: readonly NeedFact[]): NeedStanding {
  const { words, estimate, neededOn } = heard;
  const need: NeedStanding = {
    words,
    estimate,
    neededOn,
    dated: null,
    outcome: 'open',
    dropReason: null,
    sameAsId: null,
  };
  for (const fact of facts.toSorted((a, b) => a.at.getTime() - b.at.getTime() || compareIds(a.id, b.id)))
    take(need, fact);
  return need;
}

function take(need: NeedStanding, { id, at, answer }: NeedFact): void {
  switch (answer.kind) {
    case 'need_changed':
      need.words = answer.words ?? need.words;
      need.estimate = answer.estimate ?? need.estimate;
      if (answer.neededOn === undefined) return;
      need.neededOn = answer.neededOn;
      need.dated = { by: id, at };
      return;
    case 'need_dropped':
      Object.assign(need, { outcome: 'dropped', dropReason: answer.reason, sameAsId: null });
      return;
    case 'need_same':
      Object.assign(need, { outcome: 'same', dropReason: null, sameAsId: answer.asId });
      return;
    case 'need_taken_up':
      return;
  }
}
