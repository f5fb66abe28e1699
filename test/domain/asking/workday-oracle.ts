import fc from 'fast-check';
import type { Calendar, TimeOff } from '../../../src/domain/asking/workday.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = { min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 11, 31) };
const SUNDAY = 7;

/** Whole, half and quarter hours; changes of 30, 60 and 120 minutes, at midnight, at Ramadan, once for all. */
export const ZONES = [
  ...['UTC', 'Europe/Lisbon', 'Europe/Dublin', 'Europe/Istanbul', 'Asia/Kathmandu', 'Asia/Tehran'],
  ...['Asia/Gaza', 'America/St_Johns', 'Asia/Amman'],
  ...['America/New_York', 'America/Sao_Paulo', 'America/Havana', 'America/Scoresbysund', 'America/Caracas'],
  ...['Africa/Casablanca', 'Africa/Cairo', 'Asia/Beirut', 'Asia/Pyongyang', 'Antarctica/Troll'],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Norfolk', 'Pacific/Kiritimati', 'Antarctica/Casey'],
  ...['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'],
];

export interface Case {
  calendar: Calendar;
  instant: Date;
}

export function anyCasePair(): fc.Arbitrary<Case & { later: Date }> {
  const step = fc.oneof(fc.nat(2 * HOUR), fc.nat(10 * DAY));
  return fc.tuple(anyCase(), step).map(([one, ms]) => ({ ...one, later: new Date(+one.instant + ms) }));
}

/** Zones, hours, weekdays and holidays of all kinds; two instants of three lie near a change of clocks. */
export function anyCase(): fc.Arbitrary<Case> {
  return fc.constantFrom(...ZONES).chain((timeZone) =>
    fc
      .tuple(
        anyInstant(timeZone),
        anyHours(),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        fc.nat(1439),
      )
      .chain(([instant, hours, days, promptAt]) =>
        fc
          .tuple(fc.subarray(datesFrom(dateText(+instant - 2 * DAY), 20)), anyTimeOff(+instant))
          .map(([dates, off]) => ({
            instant,
            calendar: { timeZone, hours, days, holidays: new Set(dates), off, promptAt },
          })),
      ),
  );
}

/** Up to two spells away around an instant; they may touch, overlap, or be over before they begin. */
function anyTimeOff(around: number): fc.Arbitrary<TimeOff[]> {
  const spell = fc
    .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: -1, max: 15 }))
    .map(([from, days]) => ({
      from: dateText(around + from * DAY),
      until: dateText(around + (from + days) * DAY),
    }));
  return fc.array(spell, { maxLength: 2 });
}

function anyInstant(timeZone: string): fc.Arbitrary<Date> {
  const anywhere = fc.integer(YEARS);
  const changes = clockChanges(timeZone);
  if (changes.length === 0) return anywhere.map((ms) => new Date(ms));
  const change = fc.constantFrom(...changes);
  const atMinute = fc.tuple(change, fc.integer({ min: -1800, max: 300 })).map(([ms, n]) => ms + n * MINUTE);
  const atMillisecond = fc.tuple(change, fc.integer({ min: -3 * HOUR, max: HOUR })).map(([ms, n]) => ms + n);
  return fc.oneof(anywhere, atMinute, atMillisecond).map((ms) => new Date(ms));
}

function anyHours(): fc.Arbitrary<Calendar['hours']> {
  const sorted = fc
    .tuple(fc.nat(1439), fc.nat(1439))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
  const atNight = fc
    .tuple(fc.nat(16), fc.constantFrom(1, 15, 30, 60, 90))
    .map(([quarter, length]) => ({ from: quarter * 15, to: quarter * 15 + length }));
  return fc.oneof(sorted, atNight, fc.constant({ from: 0, to: 1440 }), fc.constant({ from: 1380, to: 1440 }));
}

// The oracle: another source of offsets (Intl) and nothing cleverer than one step a minute.

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  clocks.set(timeZone, known);
  return known;
}

const foundChanges = new Map<string, readonly number[]>();

/** What the wall clock shows, as the milliseconds that UTC would count for it. */
export function wallAt(timeZone: string, ms: number): number {
  const text = clockOf(timeZone).format(ms);
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text) ?? [];
  return ms + (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE);
}

/** Every change of the zone's clock in the years tried, found once a zone. */
function clockChanges(timeZone: string): readonly number[] {
  const known = foundChanges.get(timeZone);
  if (known) return known;
  const changes: number[] = [];
  // A step must be shorter than Ramadan, when Morocco turns its clocks there and back.
  for (let ms = YEARS.min; ms < YEARS.max; ms += 10 * DAY) {
    const change = changeBetween(timeZone, ms, ms + 10 * DAY);
    if (change !== null) changes.push(change);
  }
  foundChanges.set(timeZone, changes);
  return changes;
}

function changeBetween(timeZone: string, from: number, to: number): number | null {
  const offset = (ms: number) => wallAt(timeZone, ms) - ms;
  const before = offset(from);
  if (offset(to) === before) return null;
  let [last, first] = [from, to];
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (offset(middle) === before) last = middle;
    else first = middle;
  }
  return first;
}

export function showsWork({ timeZone, hours, ...rest }: Calendar, ms: number): boolean {
  const wall = wallAt(timeZone, ms);
  const minute = Math.floor(wall / MINUTE) % 1440;
  return hours.from <= minute && minute < hours.to && works(rest, dateText(wall));
}

export function works(
  { days, holidays, off = [] }: Pick<Calendar, 'days' | 'holidays' | 'off'>,
  date: string,
): boolean {
  const isAway = off.some(({ from, until }) => datesFrom(from, daysBetween(from, until)).includes(date));
  return days.includes(new Date(date).getUTCDay() || SUNDAY) && !holidays.has(date) && !isAway;
}

function daysBetween(from: string, until: string): number {
  return Math.max(0, (Date.parse(until) - Date.parse(from)) / DAY);
}

/** A working instant from `from` up to `to`, tried at `from` and every minute (every 13th on long ranges). */
export function workBetween(calendar: Calendar, from: number, to: number): string | null {
  const step = to - from < 3 * DAY ? MINUTE : 13 * MINUTE;
  for (let ms = from; ms < to; ms = (Math.floor(ms / MINUTE) + step / MINUTE) * MINUTE) {
    if (showsWork(calendar, ms)) return new Date(ms).toISOString();
  }
  return null;
}

/** The next prompt time, found by looking at every minute of every working day. */
export function slowPromptTime(calendar: Calendar, notBefore: Date): Date {
  const { timeZone, hours } = calendar;
  const wanted = Math.min(Math.max(calendar.promptAt, hours.from), hours.to - 1);
  for (const date of datesFrom(dateText(wallAt(timeZone, +notBefore)), 60)) {
    if (!works(calendar, date)) continue;
    const minutes = workingMinutes(calendar, date);
    const prompt = (minutes.find(({ minute }) => minute >= wanted) ?? minutes.at(-1))?.ms;
    if (prompt !== undefined && prompt >= +notBefore) return new Date(prompt);
  }
  throw new Error('The made calendars have a working day within 60 days');
}

function workingMinutes({ timeZone, hours }: Calendar, date: string): { ms: number; minute: number }[] {
  const found: { ms: number; minute: number }[] = [];
  const midnight = Date.parse(date);
  for (let ms = midnight - 15 * HOUR; ms < midnight + 38 * HOUR; ms += MINUTE) {
    const minute = (wallAt(timeZone, ms) - midnight) / MINUTE;
    if (minute >= hours.from && minute < hours.to) found.push({ ms, minute });
  }
  return found;
}

export function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => dateText(Date.parse(first) + n * DAY));
}

export function dateText(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
