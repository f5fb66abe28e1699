import { describe, expect, it } from 'vitest';
import { runFigures } from '../../src/cli/figures.ts';
import type { Figures } from '../../src/flow/show/views.ts';
import { recordingIo } from './recording-io.ts';

const YEAR = ['--from', '2017-01-01', '--to', '2017-12-31'];
const from = new Date('2017-01-01T05:00:00Z');
const to = new Date('2018-01-01T05:00:00Z');
const nothing = { from, to, verified: 0, needs: 0, begun: 0, medianDaysToVerified: null, openDoors: 0 };
const total: Figures = {
  ...nothing,
  won: {
    count: 4238,
    amounts: [
      { value: '10005534.00', currency: 'USD' },
      { value: '99.50', currency: 'EUR' },
    ],
  },
  verified: 12,
  medianDaysToVerified: 3.5,
  openDoors: 1589,
};
const ana: Figures = { ...nothing, won: { count: 1, amounts: [{ value: '99.50', currency: 'EUR' }] } };
const read = {
  total,
  groups: [
    { name: 'Ana', figures: ana },
    { name: 'Moses Frase', figures: { ...nothing, won: { count: 0, amounts: [] } } },
  ],
};

describe('npm run figures', () => {
  it('asks for whole local days, both dates included', async () => {
    const it = recordingIo({ total, groups: [] });
    expect(await runFigures(YEAR, it.io)).toBe(0);
    expect(it.period).toEqual({ from, to });
    expect(it.opened).toEqual([{ workspaceId: undefined, begin: false }]);
    expect(it.closed).toBe(1);
  });

  it('prints an aligned table, each currency on its own', async () => {
    const it = recordingIo(read);
    expect(await runFigures([...YEAR, '--by', 'rep'], it.io)).toBe(0);
    expect(`\n${it.out()}`).toMatchInlineSnapshot(`
      "
      Rep            Won    EUR         USD  Verified  Needs  Next begun  Days to verified  Open doors
      Ana              1  99.50           –         0      0           0                 –           0
      Moses Frase      0      –           –         0      0           0                 –           0
      All          4,238  99.50  10,005,534        12      0           0               3.5       1,589
      "
    `);
    expect(it.period).toMatchObject({ by: 'rep' });
  });

  it('prints one line when nothing is grouped', async () => {
    const it = recordingIo({ total, groups: [] });
    await runFigures(YEAR, it.io);
    expect(`\n${it.out()}`).toMatchInlineSnapshot(`
      "
        Won    EUR         USD  Verified  Needs  Next begun  Days to verified  Open doors
      4,238  99.50  10,005,534        12      0           0               3.5       1,589
      "
    `);
  });

  it('prints JSON with exact decimals for programs', async () => {
    const it = recordingIo(read);
    await runFigures([...YEAR, '--by', 'rep', '--json'], it.io);
    expect(JSON.parse(it.out())).toEqual({
      from: '2017-01-01T05:00:00.000Z',
      to: '2018-01-01T05:00:00.000Z',
      timeZone: 'America/New_York',
      total: expect.objectContaining({ won: total.won, medianDaysToVerified: 3.5 }),
      groups: [
        expect.objectContaining({ name: 'Ana', won: ana.won }),
        expect.objectContaining({ name: 'Moses Frase' }),
      ],
    });
  });

  it.each([
    [['--to', '2017-12-31'], /say --from when/i],
    [['--from', '2017-13-01', '--to', '2017-12-31'], /--from: "2017-13-01" is no date/],
    [['--from', '2017-02-01', '--to', '2017-01-31'], /--to must not come before --from/],
    [[...YEAR, '--by', 'mood'], /rep, manager, account, month/],
    [[...YEAR, 'extra'], /--help/],
    [[...YEAR, '--workspace', 'x'], /no id of a Slack workspace/],
  ])('called wrongly ends with 2 and says how it is called: %j', async (argv, message) => {
    const it = recordingIo(read);
    expect(await runFigures(argv, it.io)).toBe(2);
    expect(it.err()).toMatch(message);
    expect(it.opened).toEqual([]);
  });

  it('explains itself without a database', async () => {
    const it = recordingIo();
    expect(await runFigures(['--help'], it.io)).toBe(0);
    expect(it.out()).toContain('--by rep|manager|account|month');
    expect(it.opened).toEqual([]);
  });
});
