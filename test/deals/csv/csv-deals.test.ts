import { describe, expect, it } from 'vitest';
import { openCsv, type RowFault } from '../../../src/deals/csv/csv.ts';
import { findColumns, readWords } from '../../../src/deals/csv/csv-columns.ts';
import { type CsvDealsOptions, readDeals } from '../../../src/deals/csv/csv-deals.ts';
import { collect } from '../collect.ts';
import { temporaryFile } from '../temporary-file.ts';

const HEADER = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value';
const FLAGS = { owner: 'sales_agent', name: 'product', opened: 'engage_date' };
const AS_OF = new Date('2018-01-01T00:00:00Z');

async function read(
  lines: string[],
  options: Partial<CsvDealsOptions> = {},
  flags: Parameters<typeof findColumns>[1] = FLAGS,
) {
  const file = await openCsv(await temporaryFile(`${lines.join('\n')}\n`));
  const { columns, currency = 'USD' } = findColumns(file.header, flags);
  const faults: RowFault[] = [];
  const batches = readDeals(file, {
    columns,
    currency,
    words: readWords({}),
    timeZone: 'America/New_York',
    source: 'csv',
    asOf: AS_OF,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  return { batches: await collect(batches), faults };
}

async function readRow(
  row: string,
  options?: Partial<CsvDealsOptions>,
  header = HEADER,
  flags?: Parameters<typeof findColumns>[1],
) {
  const { batches, faults } = await read([header, row], options, flags);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return batches[0]?.[0];
}

const faultOf = async (row: string, options?: Partial<CsvDealsOptions>) =>
  (await read([HEADER, row], options)).faults;

describe('a row', () => {
  it('becomes a deal update, its dates local midnights', async () => {
    expect(await readRow('1C1I7A6R,Moses Frase,GTX Plus,Cancity,Won,2016-10-20,2017-03-12,1054')).toEqual({
      source: 'csv',
      eventId: expect.stringMatching(/^1C1I7A6R#/),
      occurredAt: AS_OF,
      dealId: '1C1I7A6R',
      account: { name: 'Cancity' },
      status: 'won',
      owner: { name: 'Moses Frase' },
      name: 'GTX Plus',
      amount: { value: '1054', currency: 'USD' },
      openedAt: new Date('2016-10-20T04:00:00Z'),
      closedAt: new Date('2017-03-12T05:00:00Z'),
    });
  });

  it('may have no dates while the deal is open: it stands like that as of the file', async () => {
    const update = await readRow('A,Ana,GTX,Acme,Prospecting,,,');
    expect(update).toMatchObject({ status: 'open', stage: 'discover', occurredAt: AS_OF });
    expect(update?.openedAt).toBeUndefined();
    expect(update?.amount).toBeUndefined();
  });

  it('knows the words of the trade, in any case, and the ones it is told', async () => {
    const words = readWords({ won: 'Gewonnen', stageWords: 'Angebot = deliver' });
    const standing = async (word: string, use = readWords({})) => {
      const update = await readRow(`A,Ana,GTX,Acme,${word},,2017-01-01,`, { words: use });
      return [update?.status, update?.stage];
    };
    expect(await standing('CLOSED WON')).toEqual(['won', undefined]);
    expect(await standing('closed_lost')).toEqual(['lost', undefined]);
    expect(await standing('engaging')).toEqual(['open', 'deliver']);
    expect(await standing('Develop')).toEqual(['open', 'develop']);
    expect(await standing('gewonnen', words)).toEqual(['won', undefined]);
    expect(await standing('angebot', words)).toEqual(['open', 'deliver']);
  });

  it('says where the deal is opened, in a column of a customary name', async () => {
    const header = `${HEADER},Deal Link`;
    const row = 'A,Ana,GTX,Acme,Won,,2017-01-01,5,https://crm.example.com/A';
    expect((await readRow(row, {}, header))?.url).toBe('https://crm.example.com/A');
  });

  it('takes the stage from a column of its own', async () => {
    const header = 'id,status,stage,account';
    expect((await readRow('A,open,Negotiation,Acme', {}, header, {}))?.stage).toBe('close');
    expect((await readRow('A,lost,Dreaming,Acme', {}, header, {}))?.status).toBe('lost');
    const { faults } = await read([header, 'A,open,Dreaming,Acme'], {}, {});
    expect(faults).toEqual([
      { line: 2, column: 'stage', reason: expect.stringContaining('--stage-words "Dreaming=') },
    ]);
  });

  it('without an account is kept under a name that says whom to ask', async () => {
    expect((await readRow('A,Moses Frase,GTX,,Engaging,2017-01-01,,'))?.account?.name).toBe(
      'Account not named (Moses Frase)',
    );
    expect((await readRow('A,,GTX,,Engaging,2017-01-01,,'))?.account?.name).toBe('Account not named');
  });

  it('may name its owner by e-mail, in either column', async () => {
    expect((await readRow('A,Ana@Example.com,GTX,Acme,Engaging,,,'))?.owner).toEqual({
      email: 'ana@example.com',
    });
    const both = await readRow('A,Ana,ana@example.com,open', {}, 'id,owner,owner_email,status', {});
    expect(both?.owner).toEqual({ name: 'Ana', email: 'ana@example.com' });
  });

  it('may have a currency of its own, or one code for all', async () => {
    const header = 'id,status,amount,currency';
    expect((await readRow('A,open,1.50,eur', {}, header, {}))?.amount).toEqual({
      value: '1.50',
      currency: 'EUR',
    });
    expect((await readRow('A,open,1.50,', {}, header, {}))?.amount).toEqual({
      value: '1.50',
      currency: 'USD',
    });
    expect(
      (await readRow('A,open,1.50', {}, 'id,status,amount', { currency: 'chf' }))?.amount?.currency,
    ).toBe('CHF');
  });

  it('occurred when it says so, if the file knows', async () => {
    const update = await readRow('A,open,2017-06-01 09:30', {}, 'id,status,last_modified_date', {});
    expect(update?.occurredAt).toEqual(new Date('2017-06-01T13:30:00Z'));
  });
});

describe('the id of an update', () => {
  const row = 'A,Ana,GTX,Acme,Won,2016-10-20,2017-03-12,1054';

  it('is the same for the same row, wherever and whenever it is read', async () => {
    const once = await readRow(row);
    const moved =
      'close_value,account,deal_stage,close_date,engage_date,product,sales_agent,opportunity_id,mood';
    const again = await readRow(
      '1054,Acme,Won,2017-03-12,2016-10-20,GTX,Ana,A,good',
      { asOf: new Date('2019-01-01Z') },
      moved,
    );
    expect(again?.eventId).toBe(once?.eventId);
  });

  it('is another one once any mapped cell is edited, and then the later file overrules', async () => {
    const edits = [
      'B,Ana,GTX,Acme,Won,2016-10-20,2017-03-12,1054',
      'A,Bo,GTX,Acme,Won,2016-10-20,2017-03-12,1054',
    ];
    edits.push(
      'A,Ana,MG,Acme,Won,2016-10-20,2017-03-12,1054',
      'A,Ana,GTX,Bcme,Won,2016-10-20,2017-03-12,1054',
    );
    edits.push(
      'A,Ana,GTX,Acme,Lost,2016-10-20,2017-03-12,1054',
      'A,Ana,GTX,Acme,Won,2016-10-21,2017-03-12,1054',
    );
    edits.push(
      'A,Ana,GTX,Acme,Won,2016-10-20,2017-03-13,1054',
      'A,Ana,GTX,Acme,Won,2016-10-20,2017-03-12,1055',
    );
    const { batches } = await read([HEADER, row, ...edits], { asOf: new Date('2018-02-01Z') });
    const updates = batches.flat();
    expect(new Set(updates.map(({ eventId }) => eventId)).size).toBe(edits.length + 1);
    expect(updates.every(({ occurredAt }) => occurredAt > AS_OF)).toBe(true);
  });
});

describe('a faulty row', () => {
  it.each([
    ['opportunity_id', ',Ana,GTX,Acme,Engaging,,,', /missing/],
    ['deal_stage', 'A,Ana,GTX,Acme,,,,', /missing/],
    ['deal_stage', 'A,Ana,GTX,Acme,Perhaps,,,', /"Perhaps".*won, lost or open/],
    ['close_date', 'A,Ana,GTX,Acme,Won,2017-01-01,,', /when was the deal won/],
    ['close_date', 'A,Ana,GTX,Acme,Won,2017-01-01,2199-03-31,', /day ahead/],
    ['engage_date', 'A,Ana,GTX,Acme,Engaging,2199-01-01,,', /day ahead/],
    ['close_date', 'A,Ana,GTX,Acme,Won,,31/12/2017,', /"31\/12\/2017" is no date/],
    ['engage_date', 'A,Ana,GTX,Acme,Engaging,2017-02-29,,', /no date/],
    ['engage_date', 'A,Ana,GTX,Acme,Engaging,1066-10-14,,', /1900/],
    ['close_value', 'A,Ana,GTX,Acme,Engaging,,,"1,054"', /exact decimal/],
    ['account', `A,Ana,GTX,${'a'.repeat(201)},Engaging,,,`, /200/],
    ['account', 'A,Ana,GTX,"Ac\nme",Engaging,,,', /quote missing/],
    ['account', 'A,Ana,GTX,Ac\ufffdme,Engaging,,,', /UTF-8/],
    ['sales_agent', 'A,a@b,GTX,Acme,Engaging,,,', /e-mail/],
  ])('is named by line, column %s and reason', async (column, row, reason) => {
    expect(await faultOf(row)).toEqual([{ line: 2, column, reason: expect.stringMatching(reason) }]);
  });

  it('is left out, and the rest goes in', async () => {
    const good = (id: string) => `${id},Ana,GTX,Acme,Engaging,,,`;
    const { batches, faults } = await read([HEADER, good('A'), ',,,,,,,', good('B'), 'C,Ana', good('D')], {
      batchSize: 2,
    });
    expect(batches.map((batch) => batch.map(({ dealId }) => dealId))).toEqual([['A', 'B'], ['D']]);
    expect(new Set(faults.map(({ line }) => line))).toEqual(new Set([3, 5]));
  });
});

describe('columns and words', () => {
  it('are found by customary names, in any spelling', () => {
    const header = ['Deal-ID', 'DEAL_STAGE', 'Account Name', 'close date'];
    expect(findColumns(header, {}).columns).toEqual({ id: 0, status: 1, stage: 1, account: 2, closed: 3 });
  });

  it('that cannot be found are said, with what the file has', () => {
    expect(() => findColumns(['a', 'b'], {})).toThrow('say with --id which column it is; the file has a, b');
    expect(() => findColumns(['id', 'status'], { owner: 'boss' })).toThrow(
      '--owner: there is no column "boss"',
    );
    expect(() => findColumns(['id', 'status'], { currency: 'dollars' })).toThrow('--currency');
  });

  it('must not mean two things', () => {
    expect(() => readWords({ won: 'Done', lost: 'done' })).toThrow('both');
    expect(() => readWords({ stageWords: 'Angebot=offer' })).toThrow('discover, develop');
    expect(() => readWords({ stageWords: 'Angebot' })).toThrow('Word=stage');
  });

  it('that are told go before the customary ones', () => {
    expect(readWords({ lost: 'Won' }).status.get('won')).toBe('lost');
    expect(readWords({ open: 'Closed Won' }).status.get('closed won')).toBe('open');
  });
});
