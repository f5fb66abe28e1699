import { describe, expect, it } from 'vitest';
import { HolidayBook, HolidaysNeededError } from '../../../src/flow/people/holiday-book.ts';
import type { Holidays } from '../../../src/flow/ports.ts';

const NOW = new Date('2026-11-24T09:00Z');

describe('the holiday book', () => {
  it('looks a place up once a year, for this year and those around it', async () => {
    const { book, asked } = bookOf((_, years) => years.map((year) => `${year}-12-25`));

    expect(() => book.of('PT', NOW)).toThrow(HolidaysNeededError);
    await Promise.all([book.load('PT', NOW), book.load('PT', NOW)]);

    expect([...book.of('PT', NOW)]).toEqual(['2025-12-25', '2026-12-25', '2027-12-25', '2028-12-25']);
    expect(asked).toEqual(['PT']);
    expect(() => book.of('PT', new Date('2027-01-01T00:00Z'))).toThrow(HolidaysNeededError);
  });

  it('lets a place that cannot be looked up have no holidays for a while', async () => {
    let isBroken = true;
    const { book } = bookOf(() => {
      if (isBroken) throw new Error('no room for another process');
      return ['2026-12-25'];
    });
    await book.load('PT', NOW);
    expect([...book.of('PT', NOW)]).toEqual([]);

    isBroken = false;
    const later = new Date(NOW.getTime() + 600_000);
    expect(() => book.of('PT', later)).toThrow(HolidaysNeededError);
    await book.load('PT', later);
    expect([...book.of('PT', later)]).toEqual(['2026-12-25']);
  });

  it('asks once about a place of whose holidays nobody knows', async () => {
    const { book, asked } = bookOf(() => {
      throw new Error('No place is called KW');
    });
    await book.load('KW', NOW);
    expect([...book.of('KW', new Date('2026-12-24T09:00Z'))]).toEqual([]);
    expect(asked).toEqual(['KW']);
  });
});

function bookOf(dates: (place: string, years: readonly number[]) => string[]) {
  const asked: string[] = [];
  const source: Holidays = {
    dates: async (place, years) => {
      asked.push(place);
      return dates(place, years);
    },
    countries: async () => ['PT'],
    regions: async () => [],
  };
  const say = () => undefined;
  return { book: new HolidayBook(source, { debug: say, info: say, warn: say, error: say }), asked };
}
