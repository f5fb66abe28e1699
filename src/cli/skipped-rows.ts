import type { RowFault } from '../deals/csv/csv.ts';
import { counted } from './io.ts';

const NAMED = 20;

/** Counts the rows that were skipped, and remembers the first NAMED with all that is wrong with them. */
export class SkippedRows {
  count = 0;
  #line = 0;
  readonly #faults: RowFault[] = [];

  readonly take = (fault: RowFault): void => {
    // The faults of a row come one after the other.
    if (fault.line !== this.#line) this.count += 1;
    this.#line = fault.line;
    if (this.count <= NAMED) this.#faults.push(fault);
  };

  describe(): string {
    const lines = this.#faults.map(({ line, column, reason }) => {
      return `  line ${line}${column === null ? '' : `, ${column}`}: ${reason}\n`;
    });
    const more = this.count > NAMED ? `  … and ${counted(this.count - NAMED)} rows more\n` : '';
    return `Skipped:\n${lines.join('')}${more}`;
  }
}
