import { describe, expect, it } from 'vitest';
import { readAway } from '../../../src/slack/away/away-words.ts';

const TODAY = '2026-11-24';

describe('what is typed after away', () => {
  it.each([
    ['', {}],
    ['until 15 March', { until: '2027-03-15' }],
    ['15 March', { until: '2027-03-15' }],
    ['till Friday', { until: '2026-11-27' }],
    ['until tomorrow', { until: '2026-11-25' }],
    ['until 2026-12-03 with <@U0BEN|ben>', { until: '2026-12-03', delegateSlackUserId: 'U0BEN' }],
    ['<@U0BEN> until Jan 3', { until: '2027-01-03', delegateSlackUserId: 'U0BEN' }],
    ['from 20 Dec until 3 January', { from: '2026-12-20', until: '2027-01-03' }],
    [
      'from 20 Dec to 3 January, with <@U0BEN|ben>',
      { from: '2026-12-20', until: '2027-01-03', delegateSlackUserId: 'U0BEN' },
    ],
    ['today until Monday', { until: '2026-11-30' }],
  ])('is read: %s', (typed, read) => {
    expect(readAway(typed, TODAY)).toEqual(read);
  });

  it.each(['for ages', 'until next Friday', 'until 1/2/2027', 'until 31 February', 'from soon until 3 Jan'])(
    'is asked back, never guessed: %s',
    (typed) => {
      expect(readAway(typed, TODAY)).toEqual({ unclear: expect.any(String) });
    },
  );
});
