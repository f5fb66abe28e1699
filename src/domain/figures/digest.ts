import { addWorkingDays, type Calendar, isWorkingDay, localDate, nextPromptTime } from '../asking/workday.ts';
import { DAY_MS } from '../durations.ts';

export const CADENCES = ['weekly', 'daily'] as const;
export type Cadence = (typeof CADENCES)[number];

/** Local hour at which digests are posted, in minutes after midnight. */
export const DIGEST_AT = 9 * 60;

/**
 * When the digest after `now` is posted: daily on every working day, weekly on the first working day of each ISO
 * week, at DIGEST_AT (or in the first working minutes after it) in the calendar's zone.
 */
export function nextDigestAt(cadence: Cadence, calendar: Calendar, now: Date): Date {
  const atDigestHour = { ...calendar, promptAt: DIGEST_AT };
  let at = nextPromptTime(atDigestHour, new Date(now.getTime() + 1));
  while (cadence === 'weekly' && !isFirstOfWeek(atDigestHour, at)) {
    at = nextPromptTime(atDigestHour, addWorkingDays(atDigestHour, at, 1));
  }
  return at;
}

/** Where the first digest begins to count: a week, or a day, before the subscription. */
export function digestSince(cadence: Cadence, now: Date): Date {
  return new Date(now.getTime() - (cadence === 'weekly' ? 7 : 1) * DAY_MS);
}

function isFirstOfWeek(calendar: Calendar, at: Date): boolean {
  const day = new Date(`${localDate(calendar.timeZone, at)}T00:00:00Z`);
  const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
  for (let earlier = 1; earlier < weekday; earlier += 1) {
    const date = new Date(day.getTime() - earlier * DAY_MS).toISOString().slice(0, 10);
    if (isWorkingDay(calendar, date)) return false;
  }
  return true;
}
