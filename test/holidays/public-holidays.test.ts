import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../src/holidays/public-holidays.ts';

describe('public holidays', () => {
  it('are those of a country', async () => {
    const dates = await publicHolidays.dates('PT', [2026]);

    expect(dates).toEqual(expect.arrayContaining(['2026-01-01', '2026-12-01', '2026-12-08', '2026-12-25']));
    expect(dates).not.toContain('2026-12-24');
  });

  it('differ by region, and half days are working days', async () => {
    const bavaria = await publicHolidays.dates('DE-BY', [2026, 2027]);
    const berlin = await publicHolidays.dates('DE-BE', [2026, 2027]);

    expect(bavaria).toEqual(expect.arrayContaining(['2026-01-06', '2027-01-06']));
    expect(berlin).not.toContain('2026-01-06');
    expect(bavaria).not.toContain('2026-12-24');
  });

  it('that begin at sunset are the days after', async () => {
    expect(await publicHolidays.dates('SA', [2026])).toEqual(
      expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']),
    );
  });

  it('have their countries, and the regions of one', async () => {
    expect(await publicHolidays.countries()).toEqual(expect.arrayContaining(['DE', 'PT', 'US']));
    expect(await publicHolidays.regions('DE')).toContainEqual({ code: 'BY', name: 'Bayern' });
    expect(await publicHolidays.regions('VA')).toEqual([]);
  });

  it('of a place that is none are refused', async () => {
    await expect(publicHolidays.dates('XX', [2026])).rejects.toThrow();
  });
});
