import { describe, expect, it } from 'vitest';
import { knownAt, medianValueDays, rhythmOf } from '../../../src/domain/asking/learning.ts';
import { calendarOf, DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';

const work = calendarOf(DEFAULT_PLAYBOOK, { timeZone: null, promptAt: null });
const at = (day: number) => new Date(Date.UTC(2026, 10, day, 12));
/** Seen so many working days after a Monday. */
const seen = (days: number) => ({ wonAt: at(2), verifiedAt: at(2 + days + 2 * Math.floor(days / 5)) });

describe('the working days until clients see the value', () => {
  it('are known once twenty orders were seen', () => {
    expect(
      medianValueDays(
        Array.from({ length: 19 }, () => seen(4)),
        work,
      ),
    ).toBeNull();
    expect(
      medianValueDays(
        Array.from({ length: 20 }, () => seen(4)),
        work,
      ),
    ).toBe(4);
  });

  it('are the median, weekends not counted', () => {
    const orders = Array.from({ length: 21 }, (_, index) => seen(index));
    expect(medianValueDays(orders.toReversed(), work)).toBe(10);
    expect(medianValueDays([...orders, seen(12)], work)).toBe(11);
  });

  it('are one at least', () => {
    expect(
      medianValueDays(
        Array.from({ length: 20 }, () => seen(0)),
        work,
      ),
    ).toBe(1);
  });
});

it.each([
  [12, 30],
  [44.6, 45],
  [300, 120],
])('a client that mostly rests for up to %d days is come back to after %d', (quartile, days) => {
  expect(rhythmOf(quartile)).toBe(days);
});

it('what was learned counts from then on', () => {
  const versions = [
    { version: 2, computedAt: at(20) },
    { version: 1, computedAt: at(10) },
  ];
  expect([9, 10, 19, 20, 28].map((day) => knownAt(versions, at(day))?.version)).toEqual([
    undefined,
    1,
    1,
    2,
    2,
  ]);
});
