import { Worker } from 'node:worker_threads';
import type { QueryOptions, Results } from '@electric-sql/pglite';
import type { LiteCall, Told } from './lite-calls.ts';

const THREAD = new URL('lite-thread.ts', import.meta.url);

/** What runs statements: a database, or a transaction on it. */
export interface Statements {
  query<T>(text: string, values?: unknown[], options?: QueryOptions): Promise<Results<T>>;
  exec(text: string): Promise<{ rows: unknown[] }[]>;
}

/** As much of a PGlite as drizzle and pg-boss need. */
export interface Lite extends Statements {
  transaction<T>(work: (tx: Statements) => Promise<T>): Promise<T>;
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** A PGlite in a thread of its own: a statement then blocks nobody but those that wait for it. */
export class ThreadedLite implements Lite {
  readonly #thread = new Worker(THREAD);
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #hearing = new Map<string, (payload: string) => void>();
  #asked = 0;
  #failure: Error | null = null;
  #isClosing = false;

  private constructor() {
    this.#thread.on('message', (told: Told) => this.#hear(told));
    this.#thread.on('error', (error) => this.#fail(error as Error));
    this.#thread.on('exit', () => this.#fail(new Error('the thread of the database has ended')));
  }

  /** Throws what PGlite does with files that it cannot open. */
  static async open(files: string): Promise<ThreadedLite> {
    const lite = new ThreadedLite();
    try {
      await lite.#ask({ name: 'open', files });
      return lite;
    } catch (error) {
      await lite.#end();
      throw error;
    }
  }

  async query<T>(text: string, values?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    return await this.#on(null).query(text, values, options);
  }

  async exec(text: string): Promise<{ rows: unknown[] }[]> {
    return await this.#on(null).exec(text);
  }

  async transaction<T>(work: (tx: Statements) => Promise<T>): Promise<T> {
    const transaction = (await this.#ask({ name: 'begin' })) as number;
    let value: T;
    try {
      value = await work(this.#on(transaction));
    } catch (error) {
      await this.#ask({ name: 'end', transaction, how: 'rollback' });
      throw error;
    }
    await this.#ask({ name: 'end', transaction, how: 'commit' });
    return value;
  }

  async listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
    this.#hearing.set(channel, hear);
    await this.#ask({ name: 'listen', channel });
    return async () => {
      this.#hearing.delete(channel);
      await this.#ask({ name: 'unlisten', channel });
    };
  }

  async close(): Promise<void> {
    await this.#ask({ name: 'close' });
    await this.#end();
  }

  #on(transaction: number | null): Statements {
    return {
      query: async <T>(text: string, values: unknown[] = [], { rowMode, parsers }: QueryOptions = {}) => {
        const asText = Object.keys(parsers ?? {}).map(Number);
        const options = rowMode === undefined ? { asText } : { rowMode, asText };
        return (await this.#ask({ name: 'query', text, values, options, transaction })) as Results<T>;
      },
      exec: async (text) => (await this.#ask({ name: 'exec', text, transaction })) as { rows: unknown[] }[],
    };
  }

  #ask(call: LiteCall): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#asked += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#asked, waiting);
    this.#thread.postMessage({ id: this.#asked, ...call });
    return waiting.promise;
  }

  #hear(told: Told): void {
    if ('channel' in told) return this.#hearing.get(told.channel)?.(told.payload);
    const waiting = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if ('value' in told) return waiting?.resolve(told.value);
    const { message, stack, code } = told.error;
    waiting?.reject(Object.assign(new Error(message), { stack, code }));
  }

  /** What waits is told. The process cannot go on without its database: a supervisor starts it afresh. */
  #fail(error: Error): void {
    if (this.#isClosing || this.#failure !== null) return;
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    throw error;
  }

  async #end(): Promise<void> {
    this.#isClosing = true;
    await this.#thread.terminate();
  }
}
