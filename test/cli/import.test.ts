import { describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/import.ts';
import { temporaryFile } from '../deals/temporary-file.ts';
import { NOW, recordingIo } from './recording-io.ts';

const HEADER = 'id,owner,account,status,closed,amount';
const DEALS = `${HEADER}\nA,Ana,Acme,Won,2017-12-20,100\nB,Bo,Bcme,Lost,2017-12-21,\nC,Ana,Acme,Engaging,,\n`;
const WRITTEN = new Date('2017-12-31T23:00:00Z');
const here = ['--workspace', 'T123'];

describe('npm run import', () => {
  it('brings the rows in and sums up', async () => {
    const it = recordingIo();
    expect(await runImport([await temporaryFile(DEALS, WRITTEN), ...here], it.io)).toBe(0);
    expect(it.out()).toBe('file.csv: 3 rows\n  3 new\n  0 already known\n  0 skipped\n');
    expect(it.err()).toBe('');
    expect(it.updates.map(({ dealId, status }) => [dealId, status])).toEqual([
      ['A', 'won'],
      ['B', 'lost'],
      ['C', 'open'],
    ]);
    expect(it.updates.every(({ occurredAt }) => occurredAt.getTime() === WRITTEN.getTime())).toBe(true);
    expect(it.opened).toEqual([{ workspaceId: 'T123', begin: true }]);
    expect(it.closed).toBe(1);
  });

  it('changes nothing when it is run again, and takes an edited row as news', async () => {
    const it = recordingIo();
    const path = await temporaryFile(DEALS);
    await runImport([path, ...here], it.io);
    await runImport([path, ...here], it.io);
    expect(it.out()).toMatch(/0 new\n {2}3 already known\n {2}0 skipped\n$/);
    await runImport([await temporaryFile(DEALS.replace('100', '200')), ...here], it.io);
    expect(it.out()).toMatch(/1 new\n {2}2 already known\n {2}0 skipped\n$/);
  });

  it('names the rows that it skips, takes the rest and ends with 1', async () => {
    const it = recordingIo();
    const path = await temporaryFile(`${DEALS}D,Ana,Acme,Perhaps,tomorrow,\nE,Ana,Acme,Engaging,,\n`);
    expect(await runImport([path, ...here], it.io)).toBe(1);
    expect(it.out()).toContain('5 rows\n  4 new\n  0 already known\n  1 skipped\n');
    expect(it.err()).toMatch(
      /^Skipped:\n {2}line 5, status: "Perhaps" is none.*\n {2}line 5, closed: "tomorrow" is no date.*\n$/,
    );
  });

  it('names twenty rows at most, and counts all', async () => {
    const it = recordingIo();
    const bad = Array.from({ length: 1_023 }, (_, n) => `D${n},Ana,Acme,Perhaps,,`).join('\n');
    expect(await runImport([await temporaryFile(`${DEALS}${bad}\n`), ...here], it.io)).toBe(1);
    expect(it.out()).toContain('1,026 rows\n  3 new\n  0 already known\n  1,023 skipped\n');
    expect(it.err().match(/line \d+/g)).toHaveLength(20);
    expect(it.err()).toMatch(/… and 1,003 rows more\n$/);
  });

  it('asks about closes of the last 30 days, or as it is told', async () => {
    const days = async (...flags: string[]) => {
      const it = recordingIo();
      await runImport([await temporaryFile(DEALS), ...here, ...flags], it.io);
      return it.historyAfterDays;
    };
    expect(await days()).toBe(30);
    expect(await days('--prompt-since', '7')).toBe(7);
    // The first of December in New York is 31 days and 7 hours before NOW.
    expect(await days('--prompt-since', '2017-12-01')).toBeCloseTo(31 + 7 / 24);
    expect(await days('--prompt-since', '2019-01-01')).toBe(0);
  });

  it('takes the file to be of now when its clock runs ahead, or of the day it is told', async () => {
    const occurred = async (...flags: string[]) => {
      const it = recordingIo();
      await runImport([await temporaryFile(DEALS, new Date('2030-01-01Z')), ...here, ...flags], it.io);
      return it.updates[0]?.occurredAt;
    };
    expect(await occurred()).toEqual(NOW);
    expect(await occurred('--as-of', '2017-12-25')).toEqual(new Date('2017-12-25T05:00:00Z'));
  });

  it('maps columns and words by flags', async () => {
    const it = recordingIo();
    const path = await temporaryFile(
      'Nr;Wer;Firma;Stand;Summe\n1;Ana;Acme;Angebot;5.50\n2;Bo;Acme;Fertig;\n',
    );
    const columns = [
      '--id',
      'nr',
      '--owner',
      'Wer',
      '--account',
      'Firma',
      '--status',
      'Stand',
      '--amount',
      'Summe',
    ];
    const words = [
      '--open',
      'Fertig',
      '--stage-words',
      'Angebot=close',
      '--currency',
      'EUR',
      '--source',
      'hook',
    ];
    expect(await runImport([path, ...here, ...columns, ...words], it.io)).toBe(0);
    expect(it.updates).toMatchObject([
      { source: 'hook', dealId: '1', stage: 'close', amount: { value: '5.50', currency: 'EUR' } },
      { source: 'hook', dealId: '2', status: 'open' },
    ]);
  });

  it('shows a bar on a terminal, and takes it away at the end', async () => {
    const it = recordingIo();
    const terminal = Object.assign(it.io.stderr, {
      isTTY: true,
      cursorTo: () => true,
      clearLine: () => true,
      columns: 80,
    });
    expect(await runImport([await temporaryFile(DEALS), ...here], { ...it.io, stderr: terminal })).toBe(0);
    expect(it.err()).toMatch(/\d+% · \d+ rows/);
  });
});

describe('npm run import -- --teams', () => {
  it('says who leads whom', async () => {
    const it = recordingIo();
    const path = await temporaryFile('sales_agent,manager,office\nAna,Mia,East\nBo,,East\nCy,Mia,West\n');
    const flags = ['--teams', '--owner', 'sales_agent', '--manager', 'manager'];
    expect(await runImport([path, ...here, ...flags], it.io)).toBe(1);
    expect(it.teams).toEqual([
      { owner: 'Ana', manager: 'Mia' },
      { owner: 'Cy', manager: 'Mia' },
    ]);
    expect(it.out()).toBe('file.csv: 3 rows\n  2 reps with another manager than before\n  1 skipped\n');
    expect(it.err()).toContain('line 3, manager: is missing');
  });
});

describe('called wrongly, npm run import ends with 2, says how it is called and stores nothing:', () => {
  it.each([
    [[], /^Name one CSV file; see --help\.\n$/],
    [['/nowhere.csv'], /there is no such file/],
    [['FILE', 'other.csv'], /one file at a time/i],
    [['FILE', '--colour', 'red'], /--colour.*See --help/s],
    [['FILE', '--owner', 'boss'], /no column "boss"; the file has id, owner, account/],
    [['FILE', '--won', 'x', '--lost', 'x'], /both/],
    [['FILE', '--delimiter', '::'], /one character/],
    [['FILE', '--encoding', 'ebcdic'], /latin1/],
    [['FILE', '--workspace', 'acme'], /"acme" is no id of a Slack workspace/],
    [['FILE', '--as-of', 'yesterday'], /--as-of: "yesterday" is no date/],
    [['FILE', '--prompt-since', 'ever'], /--prompt-since: "ever" is no date/],
    [['FILE', '--teams'], /--manager: there is no column "manager"/],
  ])('%j', async (argv, message) => {
    const it = recordingIo();
    const path = await temporaryFile(DEALS);
    expect(
      await runImport(
        argv.map((word) => (word === 'FILE' ? path : word)),
        it.io,
      ),
    ).toBe(2);
    expect(it.err()).toMatch(message);
    expect(it.err()).not.toContain('should not have happened');
    expect(it.updates).toEqual([]);
    expect(it.closed).toBe(it.opened.length);
  });

  it.each([
    [
      Object.assign(new Error('the data folder .data is held by a running process'), {
        name: 'DataDirInUseError',
      }),
      /^The data folder .data is held/,
    ],
    [
      new Error('Failed query', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
      /DATABASE_URL/,
    ],
  ])('a database that cannot be had', async (error, message) => {
    const it = recordingIo();
    const io = { ...it.io, openWorkspace: () => Promise.reject(error) };
    expect(await runImport([await temporaryFile(DEALS), ...here], io)).toBe(2);
    expect(it.err()).toMatch(message);
    expect(it.err()).not.toMatch(/\n {4}at /);
  });

  it('and a database that goes away on the way', async () => {
    const it = recordingIo();
    const desk = await it.io.openWorkspace({ workspaceId: 'T1', begin: true });
    const importDeals = () => Promise.reject(Object.assign(new Error('read'), { code: 'ECONNREFUSED' }));
    const io = { ...it.io, openWorkspace: async () => ({ ...desk, importDeals }) };
    expect(await runImport([await temporaryFile(DEALS), ...here], io)).toBe(2);
    expect(it.err()).toMatch(/run it again, what is in is not taken twice/);
    expect(it.closed).toBe(1);
  });
});

it('npm run import -- --help explains itself without a database', async () => {
  const it = recordingIo();
  expect(await runImport(['--help'], it.io)).toBe(0);
  for (const flag of ['--id', '--owner-email', '--stage-words', '--prompt-since', '--teams', '--dry-run'])
    expect(it.out()).toContain(flag);
  expect(it.opened).toEqual([]);
});
