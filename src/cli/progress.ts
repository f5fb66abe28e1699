import { SingleBar } from 'cli-progress';
import type { CsvFile } from '../deals/csv/csv.ts';
import { counted, type Io } from './io.ts';

const ROWS_PER_LINE = 100_000;

export interface Progress {
  show(rows: number): void;
  done(): void;
}

/** A bar on a terminal; elsewhere, as in a log file, a plain line now and then. */
export function progressOf(file: CsvFile, stderr: Io['stderr']): Progress {
  return stderr.isTTY ? bar(file, stderr) : lines(stderr);
}

function bar(file: CsvFile, stream: Io['stderr']): Progress {
  const single = new SingleBar({
    stream,
    format: '{bar} {percentage}% · {rows} rows · {eta_formatted} left',
    hideCursor: true,
    clearOnComplete: true,
  });
  single.start(file.size, 0, { rows: '0' });
  return {
    show: (rows) => single.update(file.bytesRead(), { rows: counted(rows) }),
    done: () => single.stop(),
  };
}

function lines(stream: Io['stderr']): Progress {
  let next = ROWS_PER_LINE;
  return {
    show(rows) {
      if (rows < next) return;
      stream.write(`${counted(rows)} rows\n`);
      next = rows - (rows % ROWS_PER_LINE) + ROWS_PER_LINE;
    },
    done: () => undefined,
  };
}
