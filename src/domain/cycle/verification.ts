import type { Measure } from './promise.ts';

/** Does the client see the value? */
export const SEES_VALUE = ['yes', 'partly', 'not_yet'] as const;
export type SeesValue = (typeof SEES_VALUE)[number];

/** What a verification conversation brought: the value, in the client's eyes. */
export interface Verification {
  /** Who at the client said so. */
  who?: string | undefined;
  seesValue: SeesValue;
  /** The value in the client's own words. */
  words: string;
  /** A measure of it: "12.5" "hours a week". */
  measure?: Measure | undefined;
  /** What was promised to the client, where that was told only now. */
  promised?: string | undefined;
  /** Local date (YYYY-MM-DD) of the conversation. */
  heldOn: string;
}
