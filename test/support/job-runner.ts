import { sql } from 'drizzle-orm';
import { type Jobs, QUEUES, type QueueName } from '../../src/db/queue/jobs.ts';
import type { Store } from '../../src/db/store.ts';
import { foldMessages } from '../../src/flow/asking/fold-messages.ts';
import { redrawBundle } from '../../src/flow/asking/redraw-bundle.ts';
import { sendBundles } from '../../src/flow/asking/send-bundles.ts';
import { sendNotice } from '../../src/flow/away/send-notice.ts';
import { sendDigest } from '../../src/flow/digests/send-digest.ts';
import { tellRefusedDigest } from '../../src/flow/digests/tell-refused-digest.ts';
import { bringHandOver } from '../../src/flow/hand-over/bring-message.ts';
import { redrawHome } from '../../src/flow/home/redraw-home.ts';
import { applyDealUpdates } from '../../src/flow/intake/apply-deal-updates.ts';
import { followNames } from '../../src/flow/intake/follow-names.ts';
import { identifyOwners } from '../../src/flow/people/identify-owners.ts';
import { readAllPeople } from '../../src/flow/people/read-people.ts';
import { sendAdminSummary } from '../../src/flow/people/send-admin-summary.ts';
import type { Flow } from '../../src/flow/ports.ts';
import type { TestClock } from './test-clock.ts';

const VERBS: { [Q in QueueName]: (flow: Flow, data: Jobs[Q]) => Promise<unknown> } = {
  'apply-deal-updates': (flow, { workspaceId }) => applyDealUpdates(flow, workspaceId),
  'follow-names': followNames,
  'send-bundles': sendBundles,
  'redraw-bundle': redrawBundle,
  'fold-messages': foldMessages,
  'redraw-home': redrawHome,
  'send-digest': sendDigest,
  'tell-refused-digest': tellRefusedDigest,
  'send-admin-summary': sendAdminSummary,
  'send-notice': sendNotice,
  'bring-hand-over': bringHandOver,
  'identify-owners': identifyOwners,
  'read-people': readAllPeople,
};

/** More than any sequence of failures in a test needs: jobs that never come to rest are a fault. */
const ROUNDS_AT_MOST = 1_000;

interface Waiting {
  id: string;
  name: QueueName;
  data: never;
  delaySeconds: number;
  dueAt: Date;
}

/**
 * Works the jobs of one workspace as pg-boss would, without its clock: what is put off, or failed and is tried again,
 * comes when the test's clock says so. Jobs are read where pg-boss keeps them, so those of a transaction that was
 * rolled back are none.
 */
export class JobRunner {
  readonly failures: Error[] = [];
  readonly #due = new Map<string, { dueAt: Date; failed: number }>();
  readonly #flow: Flow;
  readonly #clock: TestClock;
  readonly #workspaceId: string;

  constructor(flow: Flow, clock: TestClock, workspaceId: string) {
    this.#flow = flow;
    this.#clock = clock;
    this.#workspaceId = workspaceId;
  }

  /**
   * Works all jobs that are due by the clock's time, and those that follow from them. Several runners of one workspace
   * may run at once: they get in each other's way more than processes would, and work some jobs twice.
   */
  async runDue(): Promise<void> {
    await this.#run(() => this.#clock.now());
  }

  /** Works all jobs to rest, moving the clock on to those that are put off. */
  async runAll(): Promise<void> {
    await this.#run(() => null);
  }

  async #run(until: () => Date | null): Promise<void> {
    for (let round = 0; round < ROUNDS_AT_MOST; round += 1) {
      const [job] = await this.#waiting();
      const last = until();
      if (job === undefined || (last !== null && job.dueAt > last)) return;
      this.#clock.moveTo(job.dueAt);
      await this.#work(job);
    }
    throw new Error(`the jobs of ${this.#workspaceId} do not come to rest: ${this.failures.at(-1)?.message}`);
  }

  async #work(job: Waiting): Promise<void> {
    try {
      await VERBS[job.name](this.#flow, job.data);
    } catch (error) {
      this.failures.push(error as Error);
      const failed = (this.#due.get(job.id)?.failed ?? 0) + 1;
      const { retryLimit, retryDelay, retryDelayMax } = QUEUES[job.name];
      const pause = Math.min(retryDelay * 2 ** (failed - 1), retryDelayMax) * 1_000;
      this.#due.set(job.id, { failed, dueAt: new Date(this.#clock.now().getTime() + pause) });
      if (failed <= retryLimit) return;
    }
    await this.#flow.store.transaction((tx) =>
      tx.execute(
        sql`update pgboss.job set state = 'completed', completed_on = now() where name = ${job.name} and id = ${job.id}`,
      ),
    );
  }

  /** The jobs that are not done, the next one first. */
  async #waiting(): Promise<Waiting[]> {
    const rows = await readJobs(this.#flow.store, this.#workspaceId);
    const jobs = rows.map((row) => {
      const known = this.#due.get(row.id);
      const dueAt = known?.dueAt ?? new Date(this.#clock.now().getTime() + row.delaySeconds * 1_000);
      if (known === undefined) this.#due.set(row.id, { dueAt, failed: 0 });
      return { ...row, dueAt };
    });
    return jobs.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  }
}

/** The jobs of a workspace that are not done, as pg-boss keeps them, oldest first. */
export async function readJobs(store: Store, workspaceId: string): Promise<Omit<Waiting, 'dueAt'>[]> {
  const found = await store.read((tx) =>
    tx.execute(sql`
      select id, name, data, round(extract(epoch from start_after - created_on))::int as "delaySeconds"
      from pgboss.job where state in ('created', 'retry') and data->>'workspaceId' = ${workspaceId}
      order by created_on, id`),
  );
  // PGlite answers with { rows }, postgres.js with the rows.
  return ((found as { rows?: unknown }).rows ?? found) as Omit<Waiting, 'dueAt'>[];
}
