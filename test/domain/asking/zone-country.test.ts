import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../../../src/domain/asking/workday.ts';
import { countryOf } from '../../../src/domain/asking/zone-country.ts';

describe('the country of a zone', () => {
  it.each([
    ['Europe/Lisbon', 'PT'],
    ['Europe/Stockholm', 'SE'],
    ['America/Los_Angeles', 'US'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Calcutta', 'IN'],
    ['Pacific/Auckland', 'NZ'],
  ])('is known for %s: %s', (zone, country) => {
    expect(countryOf(zone)).toBe(country);
  });

  it.each(['Europe/Berlin', 'Europe/London', 'UTC', 'CET', 'Etc/GMT+3', ''])('is no guess for %s', (zone) => {
    expect(countryOf(zone)).toBe(null);
  });

  it('is asked of zones that there are', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((zone) => countryOf(zone) !== null);

    expect(zones.length).toBeGreaterThan(300);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });
});
