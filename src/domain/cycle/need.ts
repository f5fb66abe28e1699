import type { Money } from '../money.ts';

/** Something the client needs, in the client's words, as a rep heard it. */
export interface HeardNeed {
  words: string;
  estimate?: Money | undefined;
  /** Local date (YYYY-MM-DD) by which the client needs it. */
  neededOn?: string | undefined;
}

export type NeedOutcome = 'open' | 'taken_up' | 'dropped';
