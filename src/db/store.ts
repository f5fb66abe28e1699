import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { withoutValues } from './connect/refused-statement.ts';
import type { Driver, Tx } from './driver.ts';
import type { Jobs, QueueName } from './queue/jobs.ts';
import { Queue, type SendOptions, type Worker } from './queue/queue.ts';

export type { Tx } from './driver.ts';

export interface StoreOptions {
  /** PostgreSQL's address; without it the embedded database in `dataDir` is used. */
  databaseUrl?: string | undefined;
  /** Its address past a pooler, where `databaseUrl` is one's. */
  databaseDirectUrl?: string | undefined;
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
      await queue.stop();
      await driver.close();
      throw error;
    }
    return new Store(driver, queue);
  }

  get kind(): Driver['kind'] {
    return this.#driver.kind;
  }

  /**
   * Everything that `work` does happens, or nothing of it. It runs again when the database chose it as the loser of
   * a deadlock, so it must have no effects but through `tx`. Transactions do not nest: pass `tx` on instead.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#forbidNesting();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#driver.db.transaction(
          async (tx) => await this.#inTransaction.run(true, () => work(tx as unknown as Tx)),
        );
      } catch (error) {
        if (attempt === ATTEMPTS || !isCollision(error)) throw withoutValues(error);
      }
    }
  }

  /** Reads that need no transaction of their own. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#forbidNesting();
    try {
      return await work(this.#driver.db);
    } catch (error) {
      throw withoutValues(error);
    }
  }

  /** Stores a job with the reason for it: it exists when `tx` is committed. The same `id` is one job. */
  async enqueue<Q extends QueueName>(
    tx: Tx,
    queue: Q,
    data: Jobs[Q],
    options: SendOptions = {},
  ): Promise<void> {
    await this.#queue.send(tx, queue, data, options);
  }

  /** Begins to work a queue, with at most `concurrency` jobs at a time in this process. */
  async work<Q extends QueueName>(worker: Worker<Q>): Promise<void> {
    await this.#queue.work(worker);
  }

  /** Whether a job of any queue is under way, or could begin now. */
  async isBusy(): Promise<boolean> {
    return await this.read((tx) => this.#queue.isBusy(tx));
  }

  /** To be called when tables have grown a lot at once, and from time to time. */
  async analyze(): Promise<void> {
    this.#forbidNesting();
    await this.#driver.analyze();
  }

  /**
   * Resolves when a write has gone through. It takes new room on the disk and gives it back: what fits into pages that
   * are there already would go through on a full one.
   */
  async checkWrites(): Promise<void> {
    await this.transaction((tx) => tx.execute(WRITE));
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

/** Names that nobody else can have chosen. */
const WRITE = sql`create temporary table whatsnext_check on commit drop as select repeat('x', 50) as filler
  from generate_series(1, 1000)`;

const ATTEMPTS = 4;

/** Deadlock, or a serialisation failure: the same transaction may go through the next time. */
function isCollision(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code;
  return code === '40P01' || code === '40001';
}

/** Only the driver that is used is loaded: the other would cost time and memory for nothing. */
async function openDriver(options: StoreOptions): Promise<Driver> {
  if (options.databaseUrl !== undefined) {
    const { openPostgres } = await import('./connect/postgres.ts');
    return await openPostgres({ url: options.databaseUrl, directUrl: options.databaseDirectUrl });
  }
  const { openEmbedded } = await import('./connect/embedded.ts');
  return await openEmbedded(options.dataDir, options.log);
}
