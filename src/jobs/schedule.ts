import { schedule as cron } from 'node-cron';
import { deliverBundle } from '../flow/asking/deliver-bundle.ts';
import { redrawBundle } from '../flow/asking/redraw-bundle.ts';
import { sendDigest } from '../flow/digests/send-digests.ts';
import { applyDealUpdates } from '../flow/intake/apply-deal-updates.ts';
import { matchReps } from '../flow/people/match-reps.ts';
import type { Flow, Jobs, QueueName } from '../flow/ports.ts';
import { sweep } from '../flow/sweep.ts';

type Verb<Q extends QueueName> = (flow: Flow, job: Jobs[Q]) => Promise<unknown>;

/** Everything that runs from a queue: how many jobs in a batch, how many batches at a time, and the verb. */
export const WORK: { [Q in QueueName]: { atOnce: number; batches: number; verb: Verb<Q> } } = {
  // Many jobs, for they say the same, and one run applies all that is there; two runs would wait for each other's rows.
  'apply-deal-updates': {
    ...{ atOnce: 100, batches: 1 },
    verb: (flow, { workspaceId }) => applyDealUpdates(flow, workspaceId),
  },
  'deliver-bundle': { atOnce: 20, batches: 2, verb: deliverBundle },
  'redraw-bundle': { atOnce: 10, batches: 2, verb: redrawBundle },
  'send-digest': { atOnce: 2, batches: 2, verb: sendDigest },
  'match-reps': { atOnce: 1, batches: 1, verb: (flow, { workspaceId }) => matchReps(flow, workspaceId) },
};

/** Everything that runs by the clock. Due times stand in the tables: a missed tick is caught up by the next. */
export const HEARTBEATS: Record<string, { cron: string; verb(flow: Flow): Promise<void> }> = {
  sweep: { cron: '* * * * *', verb: sweep },
  analyze: { cron: '17 3 * * *', verb: async ({ store }) => await store.analyze() },
};

export interface Jobbing {
  /** Sweeps now, after a sweep that is under way. */
  beat(): Promise<void>;
  /** No heartbeat begins after this; resolves when those under way are through. */
  stop(): Promise<void>;
}

/** Begins to work the queues and to follow the clock. */
export async function startJobs(flow: Flow): Promise<Jobbing> {
  for (const queue of Object.keys(WORK) as QueueName[]) await work(flow, queue);
  let running: Promise<void> = Promise.resolve();
  const run = (name: string, verb: (flow: Flow) => Promise<void>) => {
    running = running
      .then(() => verb(flow))
      .catch((err: unknown) => flow.log.error({ err }, `the ${name} failed; the next one catches up`));
    return running;
  };
  const tasks = Object.entries(HEARTBEATS).map(([name, { cron: at, verb }]) =>
    cron(at, () => run(name, verb), { name, noOverlap: true }),
  );
  return {
    beat: () => run('sweep', sweep),
    stop: async () => {
      for (const task of tasks) await task.destroy();
      await running;
    },
  };
}

async function work<Q extends QueueName>(flow: Flow, queue: Q): Promise<void> {
  const { atOnce, batches, verb } = WORK[queue];
  const handle = async (job: Jobs[Q]) => {
    await verb(flow, job);
  };
  await flow.store.work({ queue, concurrency: atOnce, batches, handle });
}
