import { setTimeout } from 'node:timers/promises';
import { v7 as uuid, v5 } from 'uuid';
import { hasDueBundle, readNextDue } from '../../db/asking/bundle.ts';
import { readSendingLease, releaseSendingLease, takeSendingLease } from '../../db/asking/sending-lease.ts';
import type { Tx } from '../../db/store.ts';
import type { Flow } from '../ports.ts';
import { askToFold } from './fold-messages.ts';
import { beginLook, lookUpBundle } from './look-up-bundle.ts';
import { beginPost, postBundle } from './post-bundle.ts';

/** A run whose process died is followed by the next after so long; leases end on whole slots. */
const LEASE_MS = 10_000;
const SLOT_MS = 5_000;
/** A run goes on in a job of its own after so long, well before its own counts as dead. */
const RUN_MS = 30_000;
/** Between two looks at the lease while Slack lets nothing through. */
const TURN_WITHIN_MS = 2_000;
/** Between two looks for what is due of one step while the other goes on. */
const LOOK_AGAIN_MS = 250;
/** Calls of one run that wait for Slack's answer. */
const AT_ONCE = 40;

/** For ids of jobs: what is to be done at the same time is one job. */
const AT = '6f1c1d0e-0b5b-4d7c-9f0e-5a1f6a1c7a53';

interface Run {
  flow: Flow;
  workspaceId: string;
  id: string;
  endsAt: Date;
  leasedUntil: Date;
  /** Ends with the process. */
  ending: AbortSignal | undefined;
  underWay: Set<Promise<void>>;
  /** Steps that may have something due. */
  dispatching: Set<Step>;
}

const STEPS = ['look', 'send'] as const;
type Step = (typeof STEPS)[number];

/**
 * Sends the bundles of a workspace that are on their way, as fast as Slack allows, closes first. Among all replicas one
 * run at a time does: it holds a lease, and a job that waits for the lease's end takes over from a run that died.
 * Whoever puts a bundle on its way asks for a run; one that finds nothing to do, or another run at it, ends at once.
 */
export async function sendBundles(
  flow: Flow,
  { workspaceId }: { workspaceId: string },
  ending?: AbortSignal,
): Promise<void> {
  const now = flow.now();
  const endsAt = new Date(now.getTime() + RUN_MS);
  const run: Run = {
    flow,
    workspaceId,
    id: uuid(),
    endsAt,
    leasedUntil: now,
    ending,
    underWay: new Set(),
    dispatching: new Set<Step>(),
  };
  while (!isOver(run)) {
    if (await begin(run)) {
      for (const step of STEPS) run.dispatching.add(step);
      await Promise.all(STEPS.map((step) => dispatch(run, step)));
      await flow.store.transaction((tx) => releaseSendingLease(tx, workspaceId, run.id, flow.now()));
      // What was put on its way before the lease was let go of found it taken: hence another look.
    } else if (run.underWay.size === 0) return await askToFold(flow, workspaceId);
    else await Promise.race(run.underWay);
  }
  await Promise.all(run.underWay);
  await flow.store.transaction((tx) => flow.store.enqueue(tx, 'send-bundles', { workspaceId }));
}

function isOver({ flow, endsAt, ending }: Run): boolean {
  return ending?.aborted === true || flow.now() >= endsAt;
}

/** Takes the lease where a bundle is due. What is due later is looked for then. */
async function begin(run: Run): Promise<boolean> {
  const { flow, workspaceId, underWay } = run;
  return await flow.store.transaction(async (tx) => {
    const dueAt = await readNextDue(tx, workspaceId);
    if (dueAt === null) return false;
    if (dueAt <= flow.now()) return await takeLease(run, tx);
    if (underWay.size === 0) await runAgainAt(run, tx, dueAt);
    return false;
  });
}

async function takeLease(run: Run, tx: Tx): Promise<boolean> {
  const { flow, workspaceId, id } = run;
  const now = flow.now();
  const until = new Date(Math.ceil((now.getTime() + LEASE_MS) / SLOT_MS) * SLOT_MS);
  if (!(await takeSendingLease(tx, workspaceId, id, now, until))) {
    // Whoever holds it may be dead, and the job that was to take over may be this one: clocks differ.
    const heldUntil = await readSendingLease(tx, workspaceId);
    if (heldUntil !== null) await runAgainAt(run, tx, heldUntil);
    return false;
  }
  run.leasedUntil = until;
  await runAgainAt(run, tx, until);
  return true;
}

/** One job for all that ask in one slot. In another it is another job: one that came too early has to come again. */
async function runAgainAt({ flow, workspaceId }: Run, tx: Tx, at: Date): Promise<void> {
  const now = flow.now().getTime();
  const startAfter = Math.max(0, Math.ceil((at.getTime() - now) / 1_000));
  const id = v5(`${workspaceId} ${at.getTime()} ${Math.floor(now / SLOT_MS)}`, AT);
  await flow.store.enqueue(tx, 'send-bundles', { workspaceId }, { id, startAfter });
}

/**
 * Begins what is due, one after the other as its turn comes, until nothing is due. While the other step goes on it
 * stays: what becomes due meanwhile would otherwise wait for the other's end.
 */
async function dispatch(run: Run, step: Step): Promise<void> {
  const { dispatching } = run;
  while (await mayGoOn(run)) {
    if (await isDue(run, step)) {
      dispatching.add(step);
      await beginNext(run, step);
    } else {
      dispatching.delete(step);
      if (dispatching.size === 0) return;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
  dispatching.delete(step);
}

async function beginNext(run: Run, step: Step): Promise<void> {
  const { flow, workspaceId, underWay } = run;
  if (underWay.size >= AT_ONCE) return await Promise.race(underWay);
  if (!(await flow.slackOf(workspaceId).turn(step, TURN_WITHIN_MS))) return;
  const work = step === 'send' ? await nextPost(run) : await nextLook(run);
  if (work !== null) track(run, work);
}

async function mayGoOn(run: Run): Promise<boolean> {
  const { flow, leasedUntil } = run;
  if (isOver(run)) return false;
  if (leasedUntil.getTime() - flow.now().getTime() > LEASE_MS / 2) return true;
  return await flow.store.transaction((tx) => takeLease(run, tx));
}

async function isDue({ flow, workspaceId }: Run, step: Step): Promise<boolean> {
  return await flow.store.read((tx) => hasDueBundle(tx, workspaceId, step, flow.now()));
}

async function nextPost({ flow, workspaceId }: Run): Promise<(() => Promise<void>) | null> {
  const attempt = await beginPost(flow, workspaceId);
  return attempt && (() => postBundle(flow, attempt));
}

async function nextLook({ flow, workspaceId }: Run): Promise<(() => Promise<void>) | null> {
  const look = await beginLook(flow, workspaceId);
  return look && (() => lookUpBundle(flow, look));
}

/** What fails is taken up again when the bundle's lease has ended. */
function track({ flow, workspaceId, underWay }: Run, work: () => Promise<void>): void {
  const done = work()
    .catch((err: unknown) => flow.log.error({ workspaceId, err }, 'a bundle could not be sent; trying again'))
    .finally(() => underWay.delete(done));
  underWay.add(done);
}
