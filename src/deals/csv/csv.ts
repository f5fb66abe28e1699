import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { parse as parseHead } from 'csv-parse/sync';

export interface CsvLayout {
  /** One character; found out from the header without it. */
  delimiter?: string | undefined;
  /** UTF-8 without it, or UTF-16 where the file begins with its mark. */
  encoding?: 'utf8' | 'latin1' | 'utf16le' | undefined;
}

/** Why a row was skipped: `line` is the first one of the row, as an editor counts them. */
export interface RowFault {
  line: number;
  column: string | null;
  reason: string;
}

export interface CsvRow {
  line: number;
  /** As many as the header has. */
  cells: string[];
}

export interface CsvFile {
  header: string[];
  /** Bytes of the whole file, and of what has been read of it. */
  size: number;
  bytesRead(): number;
  /** The rows below the header; those that are none go to `onFault`. Blank lines are nothing. */
  rows(onFault: (fault: RowFault) => void): AsyncGenerator<CsvRow>;
}

/** The file cannot be read, or not as what it was said to be; the message is for whoever named it. */
export class CsvFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CsvFileError';
  }
}

const HEAD_BYTES = 64 * 1024;
/** A quote that is never closed would otherwise take the rest of the file into memory. */
const MAX_ROW_BYTES = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/** Opens a CSV file and reads its header. Throws a CsvFileError. */
export async function openCsv(path: string, layout: CsvLayout = {}): Promise<CsvFile> {
  const { head, size } = await readHead(path);
  const encoding = layout.encoding ?? (head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8');
  const text = head.toString(encoding).replace(/^\ufeff/, '');
  const delimiter = layout.delimiter ?? likelyDelimiter(text);
  const options = { bom: true, delimiter, encoding, relax_quotes: true, relax_column_count: true };
  const header = readHeader(text, delimiter);
  if (header.length === 0) throw new CsvFileError(`${path} is empty: its first line must name the columns`);
  let bytes = 0;

  async function* rows(onFault: (fault: RowFault) => void): AsyncGenerator<CsvRow> {
    const stream = createReadStream(path).on('data', (chunk) => {
      bytes += chunk.length;
    });
    const parser = parse({ ...options, info: true, max_record_size: MAX_ROW_BYTES });
    stream.on('error', (error) => parser.destroy(error)).pipe(parser);
    const lines = new LineCounter();
    try {
      for await (const { record, info } of parser as AsyncIterable<{
        record: string[];
        info: { lines: number };
      }>) {
        const line = lines.take(record, info.lines);
        if (line === 1 || (record.length === 1 && record[0]?.trim() === '')) continue;
        const cells = fitted(record, header.length);
        if (cells !== null) yield { line, cells };
        else
          onFault({
            line,
            column: null,
            reason: `has ${record.length} columns where the header has ${header.length}`,
          });
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      onFault({ line: lines.next, column: null, reason: reasonOf(error) });
    } finally {
      stream.destroy();
    }
  }

  return { header, size, bytesRead: () => bytes, rows };
}

/**
 * Counts lines as an editor does: csv-parse counts a line break inside quotes twice when it is CR LF, and names
 * the line on which a row ends.
 */
class LineCounter {
  next = 1;
  #countedTwice = 0;

  take(record: string[], lastLine: number): number {
    const line = this.next;
    if (lastLine - this.#countedTwice > line) {
      for (const cell of record) this.#countedTwice += cell.split('\r\n').length - 1;
    }
    this.next = lastLine - this.#countedTwice + 1;
    return line;
  }
}

async function readHead(path: string): Promise<{ head: Buffer; size: number }> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { head: buffer.subarray(0, bytesRead), size: (await file.stat()).size };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EACCES: 'this user may not read it',
      EISDIR: 'it is a folder',
    };
    throw new CsvFileError(`cannot read ${path}: ${reasons[code] ?? String(cause)}`, { cause });
  }
}

/** The one that the header has most often outside of quotes. */
function likelyDelimiter(text: string): string {
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r|\n/, 1);
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
}

function readHeader(text: string, delimiter: string): string[] {
  try {
    const [header = []] = parseHead(text, { delimiter, to: 1, relax_quotes: true, relax_column_count: true });
    return header.map((name) => name.trim());
  } catch (cause) {
    throw new CsvFileError('the first line cannot be read as the names of columns', { cause });
  }
}

/** Spreadsheets write empty cells beyond the last column. */
function fitted(record: string[], columns: number): string[] | null {
  if (record.length < columns || record.slice(columns).some((cell) => cell !== '')) return null;
  return record.length === columns ? record : record.slice(0, columns);
}

function reasonOf(error: CsvError): string {
  return error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
    ? 'a quote opens here that is not closed: this row and everything below were not read'
    : `cannot be read (${error.code}): this row and everything below were not read`;
}
