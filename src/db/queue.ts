import { sql } from 'drizzle-orm';
import { type ConstructorOptions, fromDrizzle, PgBoss } from 'pg-boss';
import { type Jobs, QUEUES, type QueueName } from '../flow/ports.ts';
import type { Tx } from './store.ts';

const STOP_TIMEOUT_MS = 20_000;

export interface Worker<Q extends QueueName> {
  queue: Q;
  /** Jobs at a time in this process. */
  concurrency: number;
  handle(data: Jobs[Q], signal: AbortSignal): Promise<void>;
}

/** pg-boss on the same database as everything else: a job is stored in the transaction of its reason. */
export class Queue {
  readonly #boss: PgBoss;

  constructor(
    database: Pick<ConstructorOptions, 'db' | 'connectionString' | 'max' | 'backend'>,
    onError: (error: Error) => void,
  ) {
    this.#boss = new PgBoss({ ...database, schema: 'pgboss', schedule: false, useListenNotify: true });
    this.#boss.on('error', onError);
  }

  async start(): Promise<void> {
    await this.#boss.start();
    for (const [name, options] of Object.entries(QUEUES)) {
      const all = { ...options, notify: true, retryBackoff: true };
      await this.#boss.createQueue(name, all);
    }
  }

  async send<Q extends QueueName>(tx: Tx, queue: Q, data: Jobs[Q], options: { id?: string }): Promise<void> {
    await this.#boss.send(queue, data, { ...options, db: fromDrizzle(tx as never, sql) });
  }

  async work<Q extends QueueName>({ queue, concurrency, handle }: Worker<Q>): Promise<void> {
    const options = {
      batchSize: 1,
      localConcurrency: concurrency,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
    };
    await this.#boss.work<Jobs[Q]>(queue, options, async (jobs) => {
      for (const job of jobs) await handle(job.data, job.signal);
    });
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  }
}
