import { addWorkingDays, type Calendar, nextWorkingTime } from '../asking/workday.ts';

/**
 * What became of a hand-over. `unanswered`: nobody is left to ask. `overtaken`: the deal is no longer whose it was, or is
 * gone.
 */
export type HandOverEnd = 'taken' | 'declined' | 'withdrawn' | 'unanswered' | 'overtaken';

/** To the colleague, to who leads the giver, and to who gave or proposed it once it is decided. */
export type HandOverMessageKind = 'asked' | 'asked_above' | 'told';

const WORKING_DAYS = 2;

/** When a hand-over that nobody answers goes to the giver's manager: two working days of the colleague's later. */
export function goesUpAt(calendar: Calendar, askedAt: Date): Date {
  const sinceMidnight = askedAt.getTime() - addWorkingDays(calendar, askedAt, 0).getTime();
  const day = addWorkingDays(calendar, askedAt, WORKING_DAYS).getTime();
  return nextWorkingTime(calendar, new Date(day + sinceMidnight));
}
