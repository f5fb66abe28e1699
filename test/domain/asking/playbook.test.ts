import { describe, expect, it } from 'vitest';
import { calendarOf, DEFAULT_PLAYBOOK, holidaysOf, slowedFor } from '../../../src/domain/asking/playbook.ts';
import { isWorkingDay, isWorkingTime } from '../../../src/domain/asking/workday.ts';

const ANA = { timeZone: 'Europe/Lisbon', promptAt: null };

describe("a rep's working time", () => {
  it("is the playbook's, as long as the rep sets none", () => {
    const { hours, days, promptAt } = calendarOf(DEFAULT_PLAYBOOK, ANA);

    expect({ hours, days, promptAt }).toEqual({
      hours: DEFAULT_PLAYBOOK.hours,
      days: DEFAULT_PLAYBOOK.days,
      promptAt: DEFAULT_PLAYBOOK.hours.from,
    });
  });

  it("goes by the rep's own hours and days", () => {
    const calendar = calendarOf(DEFAULT_PLAYBOOK, { ...ANA, hoursFrom: 600, hoursTo: 960, days: [2, 6] });

    expect(isWorkingTime(calendar, new Date('2026-11-24T09:30Z'))).toBe(false);
    expect(isWorkingTime(calendar, new Date('2026-11-24T10:00Z'))).toBe(true);
    expect(isWorkingDay(calendar, '2026-11-28')).toBe(true);
    expect(isWorkingDay(calendar, '2026-11-25')).toBe(false);
  });

  it('has no days off of any kind in it', () => {
    const playbook = { ...DEFAULT_PLAYBOOK, holidays: ['2026-12-24'] };
    const own = { daysOff: [{ from: '2026-11-27', until: '2026-11-28' }], awayFrom: '2026-12-02' };
    const calendar = calendarOf(
      playbook,
      { ...ANA, ...own, awayUntil: '2026-12-04' },
      new Set(['2026-12-01']),
    );
    const free = ['2026-11-27', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-24'];
    const working = ['2026-11-26', '2026-11-30', '2026-12-04', '2026-12-23'];

    expect(free.filter((date) => isWorkingDay(calendar, date))).toEqual([]);
    expect(working.filter((date) => !isWorkingDay(calendar, date))).toEqual([]);
  });
});

describe('whose public holidays hold', () => {
  const german = { ...DEFAULT_PLAYBOOK, holidaysIn: 'DE' };

  it.each([
    ['those of the zone', DEFAULT_PLAYBOOK, ANA, 'PT'],
    [
      'none where the zone is one of several countries',
      DEFAULT_PLAYBOOK,
      { ...ANA, timeZone: 'Europe/Berlin' },
      null,
    ],
    ["the playbook's before the zone's", german, ANA, 'DE'],
    ["the rep's before all", german, { ...ANA, holidaysIn: 'DE-BY' }, 'DE-BY'],
    ['none where the rep wants none', german, { ...ANA, holidaysIn: 'none' }, null],
  ])('%s', (_what, playbook, rep, place) => {
    expect(holidaysOf(playbook, rep)).toBe(place);
  });
});

describe('a question that came at a wrong time', () => {
  it('waits twice as long until its time is over, and the others do not', () => {
    const now = new Date('2026-11-24T09:00Z');
    const slowed = { close: '2027-01-23T09:00:00Z', deliver: '2026-11-24T09:00:00Z' };
    const { asking } = slowedFor(DEFAULT_PLAYBOOK, slowed, now);
    const before = DEFAULT_PLAYBOOK.asking;

    expect(asking.close.first).toBe(2 * before.close.first);
    expect(asking.close.again).toEqual(before.close.again.map((days) => 2 * days));
    expect(asking.deliver).toEqual(before.deliver);
    expect(slowedFor(DEFAULT_PLAYBOOK, slowed, new Date('2027-02-01T09:00Z'))).toBe(DEFAULT_PLAYBOOK);
  });
});
