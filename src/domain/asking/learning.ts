import { type Calendar, countWorkingDays } from './workday.ts';

/** From so many cases on a workspace's own number counts; until then the playbook's does. */
export const KNOWN_ENOUGH = 20;

/** An account's own rhythm never calls sooner, and never later. */
const RHYTHM = { from: 30, to: 120 };

/** What a workspace has learned from its own deals: a version of its playbook. */
export interface Learned {
  version: number;
  computedAt: Date;
  /** Working days from the close until the client sees the value: the median. Null while too few are known. */
  valueDays: number | null;
}

/** An account's own days between two turns, as a version learned them; null where that no longer knows enough. */
export interface Rhythm {
  accountId: string;
  version: number;
  computedAt: Date;
  days: number | null;
}

/**
 * What was known at `at`: the latest version from before. So a question depends on its facts and on what had been
 * learned by the time of these, not on when it was planned (promise 3).
 */
export function knownAt<T extends { version: number; computedAt: Date }>(
  versions: readonly T[],
  at: Date,
): T | null {
  const known = versions.filter(({ computedAt }) => computedAt <= at);
  return known.reduce<T | null>(
    (latest, one) => (latest && latest.version > one.version ? latest : one),
    null,
  );
}

/** The median of the working days from close to value, in the workspace's calendar; null while too few are known. */
export function medianValueDays(
  seen: readonly { wonAt: Date; verifiedAt: Date }[],
  calendar: Calendar,
): number | null {
  if (seen.length < KNOWN_ENOUGH) return null;
  const days = seen
    .map(({ wonAt, verifiedAt }) => countWorkingDays(calendar, wonAt, verifiedAt))
    .sort((a, b) => a - b);
  const middle = days.length / 2;
  const median = ((days[Math.ceil(middle) - 1] ?? 0) + (days[Math.floor(middle)] ?? 0)) / 2;
  return Math.max(1, Math.round(median));
}

/** The days after which an account is come back to, by the upper quartile of its gaps. */
export function rhythmOf(upperQuartile: number): number {
  return Math.round(Math.min(Math.max(upperQuartile, RHYTHM.from), RHYTHM.to));
}
