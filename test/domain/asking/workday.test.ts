import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  type Calendar,
  isTimeZone,
  isWorkingDay,
  isWorkingTime,
  localDate,
  nextPromptTime,
  nextWorkingTime,
  startOfLocalDate,
} from '../../../src/domain/asking/workday.ts';
import {
  anyCase,
  anyCasePair,
  datesFrom,
  dateText,
  showsWork,
  slowPromptTime,
  wallAt,
  workBetween,
  works,
  ZONES,
} from './workday-oracle.ts';

describe('the wall clock', () => {
  it('reads the date and the working time that an independent clock reads', () => {
    check(anyCase(), ({ calendar, instant }) => {
      expect(localDate(calendar.timeZone, instant)).toBe(dateText(wallAt(calendar.timeZone, +instant)));
      expect(isWorkingTime(calendar, instant)).toBe(showsWork(calendar, +instant));
    });
  });

  it.each([
    ['2025-01-07T08:59:59.999Z', false],
    ['2025-01-07T09:00:00.000Z', true],
    ['2025-01-07T17:29:59.999Z', true],
    ['2025-01-07T17:30:00.000Z', false],
    ['2025-01-08T12:00:00.000Z', false],
    ['2025-01-11T12:00:00.000Z', false],
  ])('at %s shows working time: %s', (instant, shown) => {
    const calendar = calendarOf({ holidays: new Set(['2025-01-08']) });
    expect(isWorkingTime(calendar, new Date(instant))).toBe(shown);
  });

  it('starts a named date at its first instant', () => {
    check(anyCase(), ({ calendar, instant }) => {
      const date = localDate(calendar.timeZone, instant);
      const start = startOfLocalDate(calendar, date);
      expect(dateText(wallAt(calendar.timeZone, +start))).toBe(date);
      expect(dateText(wallAt(calendar.timeZone, +start - 1)) < date).toBe(true);
    });
  });

  it.each([
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 'midnight does not exist'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z', 'midnight comes twice'],
    ['Asia/Kathmandu', '2025-06-01', '2025-05-31T18:15:00Z', 'the offset is 5:45'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 'the whole date was skipped'],
  ])('in %s starts %s at %s, where %s', (timeZone, date, start) => {
    expect(startOfLocalDate(calendarOf({ timeZone }), date)).toEqual(new Date(start));
  });

  it('knows zones by name only', () => {
    for (const zone of ZONES) expect(isTimeZone(zone), zone).toBe(true);
    for (const none of ['', 'Mars/Olympus', '+01:00', 'Z', 'Europe/', '2025-01-01T00:00Z[Europe/Lisbon]']) {
      expect(isTimeZone(none), none).toBe(false);
    }
  });

  it('refuses dates that do not exist', () => {
    expect(() => isWorkingDay(calendarOf({}), '2025-02-30')).toThrow(RangeError);
    expect(() => startOfLocalDate(calendarOf({}), 'soon')).toThrow(RangeError);
  });
});

describe('the next working time', () => {
  it('is the first working instant, by a clock that steps through every minute', () => {
    check(anyCase(), ({ calendar, instant }) => {
      const next = +nextWorkingTime(calendar, instant);
      expect(next).toBeGreaterThanOrEqual(+instant);
      expect(showsWork(calendar, next)).toBe(true);
      expect(workBetween(calendar, +instant, next)).toBe(null);
    });
  });

  it('stays where it is, and never goes back as time goes on', () => {
    check(anyCasePair(), ({ calendar, instant, later }) => {
      const next = nextWorkingTime(calendar, instant);
      expect(nextWorkingTime(calendar, next)).toEqual(next);
      expect(+nextWorkingTime(calendar, later)).toBeGreaterThanOrEqual(+next);
    });
  });

  const sundays = { days: [7], timeZone: 'America/New_York' };
  it.each([
    [
      'an hour that spring skips: a week later',
      sundays,
      [120, 180],
      '2025-03-09T00:00Z',
      '2025-03-16T06:00Z',
    ],
    ['half an hour left by the gap', sundays, [150, 210], '2025-03-09T00:00Z', '2025-03-09T07:00Z'],
    ['an hour that autumn repeats', sundays, [90, 120], '2025-11-02T06:00Z', '2025-11-02T06:30Z'],
    [
      'the 30-minute change of Lord Howe',
      { days: [7], timeZone: 'Australia/Lord_Howe' },
      [120, 180],
      '2025-10-04T12:00Z',
      '2025-10-04T15:30Z',
    ],
    ['Friday night, to Monday in summer time', {}, [540, 1050], '2025-03-28T20:00Z', '2025-03-31T08:00Z'],
    [
      'Morocco, back from Ramadan time',
      { timeZone: 'Africa/Casablanca' },
      [540, 1050],
      '2025-04-05T12:00Z',
      '2025-04-07T08:00Z',
    ],
    ['the last minute of the day', {}, [540, 1440], '2025-01-07T23:59Z', '2025-01-07T23:59Z'],
  ])('finds %s', (_what, overrides, [from = 0, to = 0], instant, next) => {
    const calendar = calendarOf({ ...overrides, hours: { from, to } });
    expect(nextWorkingTime(calendar, new Date(instant))).toEqual(new Date(next));
  });

  it('says so when two years bring no working day', () => {
    const holidays = new Set(datesFrom('2025-01-01', 740));
    for (const find of [nextWorkingTime, nextPromptTime]) {
      expect(() => find(calendarOf({ holidays }), new Date('2025-01-01T12:00Z'))).toThrow(
        /two years.*2025-01-0/,
      );
      expect(+find(calendarOf({ holidays }), new Date('2025-02-01T12:00Z'))).toBeGreaterThan(
        Date.UTC(2027, 0, 11),
      );
    }
    expect(() => addWorkingDays(calendarOf({ days: [] }), new Date(0), 1)).toThrow(RangeError);
  });

  it('refuses hours that end before they begin', () => {
    const upsideDown = calendarOf({ hours: { from: 600, to: 600 } });
    expect(() => nextWorkingTime(upsideDown, new Date(0))).toThrow('Working hours must end after minute 600');
    expect(() => nextPromptTime(upsideDown, new Date(0))).toThrow(RangeError);
  });
});

describe('the next prompt time', () => {
  it('is the one that a clock stepping through every minute of every day finds', () => {
    check(anyCase(), ({ calendar, instant }) => {
      expect(nextPromptTime(calendar, instant)).toEqual(slowPromptTime(calendar, instant));
    });
  });

  it('is working time, stays where it is, and never goes back as time goes on', () => {
    check(anyCasePair(), ({ calendar, instant, later }) => {
      const prompt = nextPromptTime(calendar, instant);
      expect(showsWork(calendar, +prompt)).toBe(true);
      expect(nextPromptTime(calendar, prompt)).toEqual(prompt);
      expect(+nextPromptTime(calendar, later)).toBeGreaterThanOrEqual(+prompt);
    });
  });

  it('comes once a local day', () => {
    check(anyCase(), ({ calendar, instant }) => {
      const first = nextPromptTime(calendar, instant);
      const second = nextPromptTime(calendar, new Date(+first + 1));
      expect(localDate(calendar.timeZone, second) > localDate(calendar.timeZone, first)).toBe(true);
    });
  });

  it.each([
    ['keeps the hour across the change to summer time', {}, '2025-03-29T00:00Z', '2025-03-31T08:30Z'],
    ['is clamped to the start of work', { promptAt: 0 }, '2025-01-07T00:00Z', '2025-01-07T09:00Z'],
    ['is clamped to the last minute of work', { promptAt: 1439 }, '2025-01-07T00:00Z', '2025-01-07T17:29Z'],
    ['is tomorrow one millisecond later', {}, '2025-01-07T09:30:00.001Z', '2025-01-08T09:30Z'],
    [
      'skips a day whose hours the clock jumps over',
      { timeZone: 'America/New_York', days: [7], hours: { from: 120, to: 180 }, promptAt: 120 },
      '2025-03-09T00:00Z',
      '2025-03-16T06:00Z',
    ],
    [
      'comes just before a jump that swallows the rest of the working hours',
      { timeZone: 'America/New_York', days: [7], hours: { from: 60, to: 180 }, promptAt: 150 },
      '2025-03-09T05:00Z',
      '2025-03-09T06:59Z',
    ],
    [
      'is on the last day of all, though a jump takes half of its hours',
      {
        timeZone: 'America/New_York',
        days: [7],
        hours: { from: 60, to: 180 },
        promptAt: 150,
        holidays: new Set(datesFrom('2025-03-10', 800)),
      },
      '2025-03-09T05:00Z',
      '2025-03-09T06:59Z',
    ],
    [
      'comes the first time only in an hour that comes twice',
      { timeZone: 'America/New_York', days: [7], hours: { from: 0, to: 1440 }, promptAt: 90 },
      '2025-11-02T05:31Z',
      '2025-11-09T06:30Z',
    ],
  ])('%s', (_what, overrides, notBefore, prompt) => {
    expect(nextPromptTime(calendarOf(overrides), new Date(notBefore))).toEqual(new Date(prompt));
  });
});

describe('adding working days', () => {
  it('counts exactly, and ends at the start of a working day', () => {
    check(fc.tuple(anyCase(), fc.nat(40)), ([{ calendar, instant }, count]) => {
      const today = localDate(calendar.timeZone, instant);
      const end = addWorkingDays(calendar, instant, count);
      const last = localDate(calendar.timeZone, end);
      expect(end).toEqual(startOfLocalDate(calendar, last));
      const passed = datesFrom(today, 1 + (Date.parse(last) - Date.parse(today)) / 86_400_000).slice(1);
      expect(passed.filter((date) => works(calendar, date))).toHaveLength(count);
      expect(last === today ? count === 0 : isWorkingDay(calendar, last)).toBe(true);
    });
  });

  it('goes from Friday over a holiday and the change of clocks to Tuesday', () => {
    const calendar = calendarOf({ holidays: new Set(['2025-03-31']) });
    expect(addWorkingDays(calendar, new Date('2025-03-28T16:00Z'), 1)).toEqual(new Date('2025-03-31T23:00Z'));
  });

  it('refuses counts that are negative or broken', () => {
    for (const count of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addWorkingDays(calendarOf({}), new Date(0), count)).toThrow(RangeError);
    }
  });
});

function check<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) {
  fc.assert(fc.property(arbitrary, holds), { numRuns: 250 });
}

function calendarOf(overrides: Partial<Calendar>): Calendar {
  const hours = { from: 540, to: 1050 };
  const days = [1, 2, 3, 4, 5];
  return { timeZone: 'Europe/Lisbon', hours, days, holidays: new Set(), promptAt: 570, ...overrides };
}
