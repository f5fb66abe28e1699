import { Temporal } from 'temporal-polyfill';

/**
 * A rep's working time. Minutes are wall-clock minutes after local midnight, `days` ISO weekdays (Monday is 1),
 * holidays local dates. An offset is no time zone: it is wrong half of the year. `promptAt` is for the bundle.
 */
export interface Calendar {
  readonly timeZone: string;
  /** From `from` up to, not including, `to` (1440 is 24:00), never across midnight. */
  readonly hours: { readonly from: number; readonly to: number };
  readonly days: readonly number[];
  readonly holidays: ReadonlySet<string>;
  /** Days off of the rep's own. */
  readonly off?: readonly TimeOff[];
  readonly promptAt: number;
}

/** Local dates: the first day off, and the day of coming back, which is none. */
export interface TimeOff {
  readonly from: string;
  readonly until: string;
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
 * The first daily-bundle instant at or after `notBefore`. A working day has one: its first working instant
 * from `promptAt` (clamped into the hours) on, or its last working minute where the clock jumps over those. A
 * day whose hours all fall into such a jump has none. Throws a RangeError like `nextWorkingTime`.
 */
export function nextPromptTime(calendar: Calendar, notBefore: Date): Date {
  const today = dayAt(calendar.timeZone, notBefore);
  for (let day = nextWorkday(calendar, today); ; day = nextWorkday(calendar, day + 1)) {
    const prompt = promptOn(calendar, day);
    if (prompt !== null && prompt >= notBefore) return prompt;
  }
}

/**
 * The start of the local day `count` working days after that of `from`; for 0 of that day, working or not.
 * Throws a RangeError when `count` is negative or no whole number, or two years bring no working day.
 */
export function addWorkingDays(calendar: Calendar, from: Date, count: number): Date {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`Not a count of working days: ${count}`);
  let day = dayAt(calendar.timeZone, from);
  for (let left = count; left > 0; left -= 1) day = nextWorkday(calendar, day + 1);
  return startOfDay(calendar.timeZone, day);
}

/** How many working days `to` lies after the local day of `from`; 0 on that day and before. */
export function countWorkingDays(calendar: Calendar, from: Date, to: Date): number {
  const last = dayAt(calendar.timeZone, to);
  let count = 0;
  for (let day = dayAt(calendar.timeZone, from) + 1; day <= last; day += 1)
    if (isWorkday(calendar, day)) count += 1;
  return count;
}

/** The first instant of a local date that a person named. Throws a RangeError for a date that is none. */
export function startOfLocalDate(calendar: Calendar, localDate: string): Date {
  return startOfDay(calendar.timeZone, dayOf(localDate));
}

/** The first instant of the local day after that of `at`. */
export function startOfNextLocalDay(calendar: Calendar, at: Date): Date {
  return startOfDay(calendar.timeZone, dayAt(calendar.timeZone, at) + 1);
}

/** The date on the wall in that zone, `YYYY-MM-DD`. Throws a RangeError for an unknown zone. */
export function localDate(timeZone: string, at: Date): string {
  return dateOf(dayAt(timeZone, at));
}

/** The bundle instant of a working day, or null when a jump of the clock swallows its working hours. */
function promptOn(calendar: Calendar, day: number): Date | null {
  const { timeZone, hours, promptAt } = calendar;
  // Every day counts as working from here on, so that this day's answer hangs on no other day.
  const daily = { ...calendar, days: [1, 2, 3, 4, 5, 6, 7], holidays: new Set<string>(), off: [] };
  const start = startOfDay(timeZone, day);
  const from = Math.min(Math.max(promptAt, hours.from), hours.to - 1);
  const prompt = nextWorkingTime({ ...daily, hours: { from, to: hours.to } }, start);
  if (dayAt(timeZone, prompt) === day) return prompt;
  const opening = nextWorkingTime(daily, start);
  if (dayAt(timeZone, opening) !== day) return null;
  return new Date(Math.max(opening.getTime(), nextClockChange(timeZone, opening.getTime()) - MINUTE));
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

/** Days are counted from 1970-01-01: so they can be stepped and compared without a zone. */
function isWorkday({ days, holidays, off = [] }: Calendar, day: number): boolean {
  if (!days.includes(new Date(day * DAY).getUTCDay() || 7)) return false;
  const date = dateOf(day);
  return !holidays.has(date) && !off.some(({ from, until }) => from <= date && date < until);
}

function dayOf(localDate: string): number {
  return Date.parse(Temporal.PlainDate.from(localDate).toString()) / DAY;
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

/** The same day a year later; after a 29 February the 28th. Both are YYYY-MM-DD. */
export function yearAfter(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const isLeapDay = month === '02' && day === '29';
  return `${Number(year) + 1}-${month}-${isLeapDay ? '28' : day}`;
}
