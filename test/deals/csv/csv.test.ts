import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFileError, type CsvLayout, openCsv, type RowFault } from '../../../src/deals/csv/csv.ts';
import { collect } from '../collect.ts';
import { temporaryFile } from '../temporary-file.ts';

async function read(content: string | Buffer, layout?: CsvLayout) {
  const file = await openCsv(await temporaryFile(content), layout);
  const faults: RowFault[] = [];
  const rows = await collect(file.rows((fault) => faults.push(fault)));
  return { header: file.header, rows, faults };
}

const TWO_ROWS = {
  header: ['id', 'name'],
  rows: [
    { line: 2, cells: ['1', 'a, b; c'] },
    { line: 3, cells: ['2', ''] },
  ],
  faults: [],
};

describe('a CSV file', () => {
  it.each([
    ['with commas', 'id,name\n1,"a, b; c"\n2,\n'],
    ['with semicolons', 'id;name\n1;"a, b; c"\n2;\n'],
    ['with tabs', 'id\tname\n1\ta, b; c\n2\t\n'],
    ['with bars', 'id|name\n1|a, b; c\n2|\n'],
    ['with CR LF', 'id,name\r\n1,"a, b; c"\r\n2,\r\n'],
    ['without a last line break', 'id,name\n1,"a, b; c"\n2,'],
    ['with a byte order mark', '\ufeffid,name\n1,"a, b; c"\n2,\n'],
    ['with a mark and a quoted header', '\ufeff"id","name"\n1,"a, b; c"\n2,\n'],
    ['in UTF-16 with its mark', Buffer.from('\ufeffid\tname\n1\ta, b; c\n2\t\n', 'utf16le')],
    ['with empty columns at the end', 'id,name\n1,"a, b; c",,\n2,,\n'],
  ])('is read %s', async (_how, content) => {
    expect(await read(content)).toEqual(TWO_ROWS);
  });

  it('is read with what the caller says about it', async () => {
    expect((await read('a,b;c\n1,2;3\n', { delimiter: ',' })).rows).toEqual([
      { line: 2, cells: ['1', '2;3'] },
    ]);
    expect((await read(Buffer.from('a,b\nä,ö\n', 'latin1'), { encoding: 'latin1' })).rows[0]?.cells).toEqual([
      'ä',
      'ö',
    ]);
  });

  it('takes a quote inside a word as itself', async () => {
    const { rows, faults } = await read('id,name\n1,Screen 27"\n2,"say ""hi"""\n3,b\n');
    expect(rows.map(({ cells }) => cells[1])).toEqual(['Screen 27"', 'say "hi"', 'b']);
    expect(faults).toEqual([]);
  });

  it('names the line on which a row begins, as an editor counts', async () => {
    const { rows } = await read('id,name\r\n1,"a\r\nb\r\nc"\r\n\r\n2,"d\ne"\r\n3,f\r\n');
    expect(rows.map(({ line, cells }) => [cells[0], line])).toEqual([
      ['1', 2],
      ['2', 6],
      ['3', 8],
    ]);
  });

  it('names rows with too few or too many columns, and reads on', async () => {
    const { rows, faults } = await read('id,name\n1\n2,b,c\n3,d\n');
    expect(rows).toEqual([{ line: 4, cells: ['3', 'd'] }]);
    expect(faults).toEqual([
      { line: 2, column: null, reason: 'has 1 columns where the header has 2' },
      { line: 3, column: null, reason: 'has 3 columns where the header has 2' },
    ]);
  });

  it('says where a quote opens that is never closed, instead of losing the rest in silence', async () => {
    const { rows, faults } = await read('id,name\n1,a\n2,"b\n3,c\n');
    expect(rows).toEqual([{ line: 2, cells: ['1', 'a'] }]);
    expect(faults).toEqual([{ line: 3, column: null, reason: expect.stringContaining('everything below') }]);
  });

  it('does not take a file into memory for the sake of a quote', async () => {
    const { rows, faults } = await read(`id,name\n1,a\n2,"b\n${'3,c\n'.repeat(400_000)}`);
    expect(rows).toHaveLength(1);
    expect(faults).toMatchObject([{ line: 3 }]);
  });

  it.each([
    ['is not there', '/nowhere/deals.csv', /no such file/],
    ['is a folder', '/tmp', /folder/],
  ])('that %s is said plainly', async (_what, path, reason) => {
    await expect(openCsv(path)).rejects.toThrow(CsvFileError);
    await expect(openCsv(path)).rejects.toThrow(reason);
  });

  it('that is empty is said plainly', async () => {
    await expect(read('')).rejects.toThrow(/empty/);
  });

  it('gives back whatever was written to it', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', ' ', '|', 'ß', '✓') });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        async (rows, delimiter, end) => {
          const lines = [['a', 'b', 'c'], ...rows].map((row) => row.map(quoted).join(delimiter) + end);
          const { rows: back, faults } = await read(lines.join(''));
          expect(back.map(({ cells }) => cells)).toEqual(rows);
          expect(faults).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
