import { Temporal } from 'temporal-polyfill';

/** A rep's working time. Minutes are wall-clock minutes after local midnight. */
export interface Calendar {
  /** IANA name; never an offset, which would be wrong for half of the year. */
  readonly timeZone: string;
  /** Working from `from` up to, not including, `to` (1440 is 24:00). A window never crosses midnight. */
  readonly hours: { readonly from: number; readonly to: number };
  /** ISO weekdays, 1 (Monday) to 7; at least one. */
  readonly days: readonly number[];
  /** Local dates without work, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
  /** When the rep wants the daily bundle. */
  readonly promptAt: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const TWO_YEARS_IN_DAYS = 731;

/** Whether `name` is an IANA time zone (offsets such as `+01:00` are not). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+\-/]*$/.test(name)) return false;
  try {
    zoned(name, 0);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether people work on that local date (`YYYY-MM-DD`). Throws a RangeError for a date that is none. */
export function isWorkingDay(calendar: Calendar, localDate: string): boolean {
  return isWorkday(calendar, dayOf(localDate));
}

/** Whether the wall clock in the calendar's zone shows working time at that instant. */
export function isWorkingTime(calendar: Calendar, at: Date): boolean {
  const wall = wallClock(calendar.timeZone, at.getTime());
  const day = Math.floor(wall / DAY);
  const minute = (wall - day * DAY) / MINUTE;
  return minute >= calendar.hours.from && minute < calendar.hours.to && isWorkday(calendar, day);
}

/**
 * `at` itself when it is working time, else the first working instant after it.
 * Throws a RangeError when the calendar has no working time for two years.
 */
export function nextWorkingTime(calendar: Calendar, at: Date): Date {
  let cursor = at.getTime();
  for (;;) {
    const wall = wallClock(calendar.timeZone, cursor);
    const opening = cursor + (nextOpening(calendar, wall) - wall);
    if (opening === cursor) return new Date(cursor);
    const change = nextClockChange(calendar.timeZone, cursor);
    if (opening < change) return new Date(opening);
    // The wall clock jumps on the way: what it shows from there on may open earlier, later or not at all.
    cursor = change;
  }
}

/**
 * The first daily-bundle instant at or after `notBefore`. Every working day has exactly one: the first working
 * instant of the day at or after `promptAt` (clamped into the working hours). A day whose working hours fall
 * into a clock change has none. Throws a RangeError when the calendar has no working time for two years.
 */
export function nextPromptTime(calendar: Calendar, notBefore: Date): Date {
  let day = dayAt(calendar.timeZone, notBefore);
  for (;;) {
    day = nextWorkday(calendar, day);
    const prompt = promptOn(calendar, day);
    if (prompt !== null && prompt >= notBefore) return prompt;
    day += 1;
  }
}

/**
 * The start of the local day that is `count` working days after the local day of `from`; for 0 the start of
 * that day itself, working or not. Throws a RangeError for a count that is negative or no whole number, and
 * when the calendar has no working day for two years.
 */
export function addWorkingDays(calendar: Calendar, from: Date, count: number): Date {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`Working days to add must be a whole number from 0, not ${count}`);
  }
  let day = dayAt(calendar.timeZone, from);
  for (let left = count; left > 0; left -= 1) day = nextWorkday(calendar, day + 1);
  return startOfDay(calendar.timeZone, day);
}

/** The first instant of a local date that a person named. Throws a RangeError for a date that is none. */
export function startOfLocalDate(calendar: Calendar, localDate: string): Date {
  return startOfDay(calendar.timeZone, dayOf(localDate));
}

/** The date on the wall in that zone, `YYYY-MM-DD`. Throws a RangeError for an unknown zone. */
export function localDate(timeZone: string, at: Date): string {
  return dateOf(dayAt(timeZone, at));
}

/** The bundle instant of one working day, or null when a clock change swallows its working hours. */
function promptOn(calendar: Calendar, day: number): Date | null {
  const { from, to } = calendar.hours;
  const start = startOfDay(calendar.timeZone, day);
  const promptAt = Math.min(Math.max(calendar.promptAt, from), to - 1);
  const prompt = nextWorkingTime({ ...calendar, hours: { from: promptAt, to } }, start);
  if (dayAt(calendar.timeZone, prompt) === day) return prompt;

  const opening = nextWorkingTime(calendar, start);
  if (dayAt(calendar.timeZone, opening) !== day) return null;
  // The clock jumps over everything from promptAt on: the last working minute before the jump is nearest.
  const change = nextClockChange(calendar.timeZone, opening.getTime());
  return new Date(Math.max(opening.getTime(), change - MINUTE));
}

/** The first working wall-clock time at or after `wall`, on a wall clock that never jumps. */
function nextOpening(calendar: Calendar, wall: number): number {
  const { from, to } = calendar.hours;
  const today = Math.floor(wall / DAY);
  const opening = Math.max(wall, today * DAY + from * MINUTE);
  if (opening < today * DAY + to * MINUTE && isWorkday(calendar, today)) return opening;
  return nextWorkday(calendar, today + 1) * DAY + from * MINUTE;
}

function nextWorkday(calendar: Calendar, first: number): number {
  const { from, to } = calendar.hours;
  if (from >= to) throw new RangeError(`Working hours must end after minute ${from}, not at minute ${to}`);
  for (let day = first; day <= first + TWO_YEARS_IN_DAYS; day += 1) if (isWorkday(calendar, day)) return day;
  throw new RangeError(`No working day within two years of ${dateOf(first)}: all are holidays or days off`);
}

/** Days are counted from 1970-01-01, so that they can be stepped and compared without a zone. */
function isWorkday(calendar: Calendar, day: number): boolean {
  if (!calendar.days.includes(new Date(day * DAY).getUTCDay() || 7)) return false;
  return calendar.holidays.size === 0 || !calendar.holidays.has(dateOf(day));
}

function dayOf(localDate: string): number {
  const { year, month, day } = Temporal.PlainDate.from(localDate);
  return Date.UTC(year, month - 1, day) / DAY;
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function dayAt(timeZone: string, at: Date): number {
  return Math.floor(wallClock(timeZone, at.getTime()) / DAY);
}

function startOfDay(timeZone: string, day: number): Date {
  return new Date(Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(timeZone).epochMilliseconds);
}

/** What the wall clock shows, in the milliseconds that UTC would count for it. */
function wallClock(timeZone: string, at: number): number {
  return at + zoned(timeZone, at).offsetNanoseconds / 1e6;
}

function nextClockChange(timeZone: string, after: number): number {
  return zoned(timeZone, after).getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
}

function zoned(timeZone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
