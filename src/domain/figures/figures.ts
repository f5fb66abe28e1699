import type { Money } from '../money.ts';

/** What is counted for a period: the numbers behind the digest. */
export interface Counts {
  /** Amounts per currency: figures never add up different currencies. */
  won: { count: number; amounts: Money[] };
  verified: number;
  needs: number;
  /** Next engagements started. */
  begun: number;
  /** Median days from close to verification of what was verified in the period; null when nothing was. */
  medianDaysToVerified: number | null;
  openDoors: number;
}
