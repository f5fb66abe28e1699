import { sql } from 'drizzle-orm';
import { fromDrizzle, type Job, type JobResult, PgBoss } from 'pg-boss';
import type { Driver, Tx } from '../driver.ts';
import { type Jobs, QUEUES, type QueueName } from './jobs.ts';

const STOP_TIMEOUT_MS = 20_000;

/** `id` makes the same job one; of jobs with one `singletonKey` one runs at a time (queues with that policy). */
export interface SendOptions {
  id?: string;
  singletonKey?: string;
  /** Seconds to wait before it may run. */
  startAfter?: number;
}

export interface Worker<Q extends QueueName> {
  queue: Q;
  /** Jobs at a time in a batch. */
  concurrency: number;
  /** Batches at a time in this process: with two, a job that waits for a slow answer holds up its own batch only. */
  batches: number;
  handle(data: Jobs[Q], signal: AbortSignal): Promise<void>;
}

/** pg-boss on the same database as everything else: a job is stored in the transaction of its reason. */
export class Queue {
  readonly #boss: PgBoss;
  readonly #onError: (error: Error) => void;

  constructor(database: Driver['boss'], onError: (error: Error) => void) {
    this.#onError = onError;
    this.#boss = new PgBoss({ ...database, schema: 'pgboss', schedule: false });
    this.#boss.on('error', onError);
  }

  async start(): Promise<void> {
    await this.#boss.start();
    for (const [name, { policy, ...options }] of Object.entries(QUEUES)) {
      const all = { ...options, notify: true, retryBackoff: true };
      await this.#boss.createQueue(name, policy === undefined ? all : { ...all, policy });
      // A queue that was there already keeps what it was created with.
      await this.#boss.updateQueue(name, all);
    }
  }

  async send<Q extends QueueName>(tx: Tx, queue: Q, data: Jobs[Q], options: SendOptions): Promise<void> {
    await this.#boss.send(queue, data, { ...options, db: fromDrizzle(tx as never, sql) });
  }

  async work<Q extends QueueName>({ queue, concurrency, batches, handle }: Worker<Q>): Promise<void> {
    const options = {
      batchSize: concurrency,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
    } as const;
    const once = async (same: readonly Job<Jobs[Q]>[]): Promise<JobResult[]> => {
      const [first] = same;
      if (first === undefined) return [];
      try {
        await handle(first.data, first.signal);
        return same.map(({ id }) => ({ id, status: 'completed' }));
      } catch (error) {
        this.#onError(error instanceof Error ? error : new Error(String(error)));
        return same.map(({ id }) => ({ id, status: 'failed', output: { message: String(error) } }));
      }
    };
    for (let poller = 0; poller < batches; poller += 1) {
      await this.#boss.work<Jobs[Q], unknown, typeof options>(queue, options, async (jobs) => {
        // Jobs only name what to look up, so those that say the same are done once.
        const groups = Map.groupBy(jobs, (job) => JSON.stringify(job.data));
        return (await Promise.all([...groups.values()].map(once))).flat();
      });
    }
  }

  /** Whether a job is under way, or could begin now. */
  async isBusy(tx: Tx): Promise<boolean> {
    const found: unknown = await tx.execute(sql`
      select 1 from pgboss.job
      where state = 'active' or (state in ('created', 'retry') and start_after <= now()) limit 1`);
    // postgres.js answers with the rows, PGlite with an object that has them.
    return (Array.isArray(found) ? found : (found as { rows: unknown[] }).rows).length > 0;
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  }
}
