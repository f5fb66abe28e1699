import { addWorkingDays, type Calendar, localDate, nextPromptTime } from './workday.ts';

/** Doors that imported history may open for a rep on one working day. */
export const RETURNS_A_DAY = 1;
export const PROMPTS_A_DAY = 3;

/** How many doors of imported history each of a rep's local dates already holds. */
export type Taken = Map<string, number>;

/**
 * The first prompt time at or after `wanted` on a working day that holds fewer than `perDay`; counts itself into
 * `taken`. History must not wake everybody up: its doors come one after the other.
 */
export function nextFreeDay(calendar: Calendar, wanted: Date, perDay: number, taken: Taken): Date {
  let at = nextPromptTime(calendar, wanted);
  for (;;) {
    const day = localDate(calendar.timeZone, at);
    const there = taken.get(day) ?? 0;
    if (there < perDay) {
      taken.set(day, there + 1);
      return at;
    }
    at = nextPromptTime(calendar, addWorkingDays(calendar, at, 1));
  }
}
