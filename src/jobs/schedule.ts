import { schedule as cron } from 'node-cron';
import { foldMessages } from '../flow/asking/fold-messages.ts';
import { learnNumbers } from '../flow/asking/learn-numbers.ts';
import { redrawBundle } from '../flow/asking/redraw-bundle.ts';
import { sendBundles } from '../flow/asking/send-bundles.ts';
import { sendNotice } from '../flow/away/send-notice.ts';
import { sendDigest } from '../flow/digests/send-digest.ts';
import { tellRefusedDigest } from '../flow/digests/tell-refused-digest.ts';
import { bringHandOver } from '../flow/hand-over/bring-message.ts';
import { redrawHome } from '../flow/home/redraw-home.ts';
import { applyDealUpdates } from '../flow/intake/apply-deal-updates.ts';
import { followNames } from '../flow/intake/follow-names.ts';
import { identifyOwners } from '../flow/people/identify-owners.ts';
import { readAllPeople } from '../flow/people/read-people.ts';
import { sendAdminSummary } from '../flow/people/send-admin-summary.ts';
import type { Flow, Jobs, QueueName } from '../flow/ports.ts';
import { sweep } from '../flow/sweep.ts';

/** `ending`: the process stops, and what can go on later should. */
type Verb<Q extends QueueName> = (flow: Flow, job: Jobs[Q], ending: AbortSignal) => Promise<unknown>;

/** Everything that runs from a queue: how many jobs in a batch, how many batches at a time, and the verb. */
export const WORK: { [Q in QueueName]: { atOnce: number; batches: number; verb: Verb<Q> } } = {
  // Many jobs, for they say the same, and one run applies all that is there; two runs would wait for each other's rows.
  'apply-deal-updates': {
    ...{ atOnce: 100, batches: 1 },
    verb: (flow, { workspaceId }) => applyDealUpdates(flow, workspaceId),
  },
  'follow-names': { atOnce: 10, batches: 1, verb: followNames },
  // One run sends for a workspace, for up to half a minute; meanwhile others are told apart, and end at once.
  'send-bundles': { atOnce: 20, batches: 2, verb: sendBundles },
  'redraw-bundle': { atOnce: 10, batches: 2, verb: redrawBundle },
  // One at a time for a workspace: what people wait for goes between two of its updates.
  'fold-messages': { atOnce: 2, batches: 1, verb: foldMessages },
  'redraw-home': { atOnce: 20, batches: 2, verb: redrawHome },
  'send-digest': { atOnce: 2, batches: 2, verb: sendDigest },
  'tell-refused-digest': { atOnce: 2, batches: 1, verb: tellRefusedDigest },
  'send-admin-summary': { atOnce: 2, batches: 1, verb: sendAdminSummary },
  'send-notice': { atOnce: 10, batches: 1, verb: sendNotice },
  'bring-hand-over': { atOnce: 10, batches: 1, verb: bringHandOver },
  // As above: one run comes to all owners of whom there is news.
  'identify-owners': { atOnce: 100, batches: 1, verb: identifyOwners },
  'read-people': { atOnce: 20, batches: 1, verb: readAllPeople },
};

/** Everything that runs by the clock. Due times stand in the tables: a missed tick is caught up by the next. */
export const HEARTBEATS: Record<string, { cron: string; verb(flow: Flow): Promise<void> }> = {
  sweep: { cron: '* * * * *', verb: sweep },
  // Each workspace once a week: a day that was missed is caught up on the next.
  learn: { cron: '41 3 * * *', verb: learnNumbers },
  analyze: { cron: '17 3 * * *', verb: async ({ store }) => await store.analyze() },
};

export interface Jobbing {
  /** Sweeps now, after a sweep that is under way. */
  beat(): Promise<void>;
  /** No heartbeat begins after this, and no bundle is sent; resolves when the heartbeats under way are through. */
  stop(): Promise<void>;
}

/** Begins to work the queues and to follow the clock. */
export async function startJobs(flow: Flow): Promise<Jobbing> {
  const ending = new AbortController();
  for (const queue of Object.keys(WORK) as QueueName[]) await work(flow, queue, ending.signal);
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
      ending.abort();
      for (const task of tasks) await task.destroy();
      await running;
    },
  };
}

async function work<Q extends QueueName>(flow: Flow, queue: Q, ending: AbortSignal): Promise<void> {
  const { atOnce, batches, verb } = WORK[queue];
  const handle = async (job: Jobs[Q]) => {
    await verb(flow, job, ending);
  };
  await flow.store.work({ queue, concurrency: atOnce, batches, handle });
}
