import type { Feed } from './feed.ts';
import type { Ids } from './ids.ts';
import type { JsonObject, LedgerEntry } from './types.ts';

/** Everything the app called, in the order it came. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #ids: Ids;
  readonly #feed: Feed;

  constructor(ids: Ids, feed: Feed) {
    this.#ids = ids;
    this.#feed = feed;
  }

  write(method: string, args: JsonObject, response: JsonObject | null, failure?: string): void {
    const { token: _secret, ...rest } = args;
    this.entries.push({
      at: this.#ids.now(),
      method,
      args: structuredClone(rest),
      response: structuredClone(response),
      ...(failure !== undefined && { failure }),
    });
    this.#feed.stirred();
  }

  /** The last calls, for the error of a condition that never came true. */
  story(): string {
    const lines = this.entries.slice(-12).map(({ method, args, failure }) => {
      return `  ${method} ${JSON.stringify(args).slice(0, 160)}${failure ? ` -> ${failure}` : ''}`;
    });
    return lines.length === 0 ? '  (the app called nothing)' : lines.join('\n');
  }
}
