import { AsyncLocalStorage } from 'node:async_hooks';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Jobs, QueueName } from '../flow/ports.ts';
import { openEmbedded } from './embedded.ts';
import { openPostgres } from './postgres.ts';
import { Queue, type Worker } from './queue.ts';
import type * as schema from './schema.ts';

/** What named queries take: the transaction they are part of. */
export type Tx = PgDatabase<PgQueryResultHKT, typeof schema>;

/** One of the two databases, as far as the store needs to know it. */
export interface Driver {
  kind: 'embedded' | 'postgres';
  db: Tx;
  /** How pg-boss reaches the same database. */
  boss: ConstructorParameters<typeof Queue>[0];
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** PostgreSQL's address; without it the embedded database in `dataDir` is used. */
  databaseUrl?: string | undefined;
  /** Folder of the embedded database; undefined keeps it in memory. */
  dataDir?: string | undefined;
  onError(error: Error): void;
  log?(message: string): void;
}

/** The one door to the database. Opening it migrates; it is safe for several replicas to open it at once. */
export class Store {
  readonly #inTransaction = new AsyncLocalStorage<true>();
  readonly #driver: Driver;
  readonly #queue: Queue;

  private constructor(driver: Driver, queue: Queue) {
    this.#driver = driver;
    this.#queue = queue;
  }

  static async open(options: StoreOptions): Promise<Store> {
    const driver = await openDriver(options);
    const queue = new Queue(driver.boss, options.onError);
    try {
      await queue.start();
    } catch (error) {
      await driver.close();
      throw error;
    }
    return new Store(driver, queue);
  }

  get kind(): Driver['kind'] {
    return this.#driver.kind;
  }

  /** Everything that `work` does happens, or nothing of it. Transactions do not nest: pass `tx` on instead. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#forbidNesting();
    return await this.#driver.db.transaction(
      async (tx) => await this.#inTransaction.run(true, () => work(tx)),
    );
  }

  /** Reads that need no transaction of their own. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#forbidNesting();
    return await work(this.#driver.db);
  }

  /** Stores a job with the reason for it: it exists when `tx` is committed. The same `id` is one job. */
  async enqueue<Q extends QueueName>(
    tx: Tx,
    queue: Q,
    data: Jobs[Q],
    options: { id?: string } = {},
  ): Promise<void> {
    await this.#queue.send(tx, queue, data, options);
  }

  /** Begins to work a queue, with at most `concurrency` jobs at a time in this process. */
  async work<Q extends QueueName>(worker: Worker<Q>): Promise<void> {
    await this.#queue.work(worker);
  }

  async ping(): Promise<void> {
    await this.#driver.ping();
  }

  /** Waits for the jobs under way, then closes. */
  async close(): Promise<void> {
    await this.#queue.stop();
    await this.#driver.close();
  }

  /** On the embedded database the second transaction would wait for the first for ever; on the other it lies. */
  #forbidNesting(): void {
    if (this.#inTransaction.getStore()) throw new Error('a transaction is open here: pass its tx on');
  }
}

async function openDriver(options: StoreOptions): Promise<Driver> {
  return options.databaseUrl === undefined
    ? await openEmbedded(options.dataDir, options.log)
    : await openPostgres(options.databaseUrl);
}
