import { DAY_MS } from '../durations.ts';
import { type Calendar, localDate, nextPromptTime, startOfLocalDate } from './workday.ts';

/** Doors that imported history may open for a rep on one working day. */
export const RETURNS_A_DAY = 1;
export const PROMPTS_A_DAY = 3;

/**
 * A rep's days, filled with doors of imported history one after the other: history must not wake everybody up. A file
 * brings tens of thousands of doors, most of them wanted at once, so the days looked at are remembered.
 */
export class DayPlanner {
  readonly #calendar: Calendar;
  readonly #perDay: number;
  /** How many doors each local date holds already. */
  readonly #taken: Map<string, number>;
  /** The prompt time of each working day that was looked at. */
  readonly #promptTimes = new Map<string, Date>();
  /** From each date that was wanted, how far all days are full. */
  readonly #fullUntil = new Map<string, string>();

  constructor(calendar: Calendar, perDay: number, taken: Iterable<readonly [string, number]> = []) {
    this.#calendar = calendar;
    this.#perDay = perDay;
    this.#taken = new Map(taken);
  }

  /** The first prompt time at or after `wanted` on a working day with room; it is taken from then on. */
  take(wanted: Date): Date {
    const { timeZone } = this.#calendar;
    const first = localDate(timeZone, nextPromptTime(this.#calendar, wanted));
    let day = this.#fullUntil.get(first) ?? first;
    while (this.#isFull(day)) day = this.#workingDayFrom(dayAfter(day));
    this.#fullUntil.set(first, day);
    this.#taken.set(day, (this.#taken.get(day) ?? 0) + 1);
    return this.#promptTimeOf(day);
  }

  #isFull(day: string): boolean {
    return (this.#taken.get(day) ?? 0) >= this.#perDay;
  }

  /** That day, or the first working day after it. */
  #workingDayFrom(day: string): string {
    if (this.#promptTimes.has(day)) return day;
    const at = nextPromptTime(this.#calendar, startOfLocalDate(this.#calendar, day));
    const workingDay = localDate(this.#calendar.timeZone, at);
    this.#promptTimes.set(workingDay, at);
    return workingDay;
  }

  #promptTimeOf(day: string): Date {
    const known = this.#promptTimes.get(this.#workingDayFrom(day));
    if (known === undefined) throw new RangeError(`${day} is no working day`);
    return known;
  }
}

function dayAfter(localDate: string): string {
  return new Date(Date.parse(localDate) + DAY_MS).toISOString().slice(0, 10);
}
