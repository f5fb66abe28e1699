import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DayPlanner } from '../../../src/domain/asking/spread-history.ts';
import { isWorkingTime, localDate } from '../../../src/domain/asking/workday.ts';
import { anyCase } from './workday-oracle.ts';

it('opens no more doors on a day than a rep can take, each in working time and not before it is wanted', () => {
  const wishes = fc.array(fc.nat(10), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyCase(), wishes, fc.integer({ min: 1, max: 3 }), ({ calendar, instant }, days, perDay) => {
      const planner = new DayPlanner(calendar, perDay);
      const doors = days.map((day) => {
        const wanted = new Date(instant.getTime() + day * 86_400_000);
        const at = planner.take(wanted);
        expect(at.getTime()).toBeGreaterThanOrEqual(wanted.getTime());
        expect(isWorkingTime(calendar, at)).toBe(true);
        return localDate(calendar.timeZone, at);
      });
      const counts = new Map([...Map.groupBy(doors, (day) => day)].map(([day, all]) => [day, all.length]));
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(perDay);
    }),
    { numRuns: 60 },
  );
});

it('leaves no working day empty before it goes on to the next', () => {
  const calendar = {
    timeZone: 'UTC',
    hours: { from: 540, to: 1_050 },
    days: [1, 2, 3, 4, 5],
    holidays: new Set(['2026-11-25']),
    promptAt: 540,
  };
  const friday = new Date('2026-11-20T12:00:00Z');
  const planner = new DayPlanner(calendar, 1, [['2026-11-24', 1]]);
  const doors = Array.from({ length: 3 }, () => planner.take(friday).toISOString());
  expect(doors).toEqual(['2026-11-23T09:00:00.000Z', '2026-11-26T09:00:00.000Z', '2026-11-27T09:00:00.000Z']);
});
