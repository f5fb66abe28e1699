import { hasStrandedBundle } from '../db/bundle.ts';
import { hasPendingUpdates } from '../db/deal-event.ts';
import { findPromptsOfInactiveReps } from '../db/prompt.ts';
import { readSendingLease } from '../db/sending-lease.ts';
import { listWorkspaces } from '../db/workspace.ts';
import { claimDueBundles } from './asking/claim-bundles.ts';
import { claimDueDigests } from './digests/claim-due-digests.ts';
import { settleUnsettled } from './intake/import-deals.ts';
import { handOver } from './people/hand-over.ts';
import type { Flow } from './ports.ts';
import { runAll } from './run-all.ts';
import { inScope } from './scope.ts';

/** What has been on its way, or waited to be applied, for this long lost its job, or the process that worked it. */
const STRANDED_AFTER_MS = 60_000;
const LEFT_AT_ONCE = 100;
const MATCH_AGAIN_AFTER_MS = 3_600_000;

/**
 * Looks for what is due in every workspace: bundles, digests, and what a dead process left lying. Its work grows with
 * what is due, never with what is stored; running it twice, or in several replicas at once, changes nothing.
 */
export async function sweep(flow: Flow): Promise<void> {
  const workspaces = await flow.store.read(listWorkspaces);
  await runAll(
    workspaces.map(
      ({ id, repsMatchedAt }) =>
        () =>
          sweepWorkspace(flow, id, repsMatchedAt),
    ),
  );
}

/** The same for one workspace. `matchedAt`: when its owners were last looked for in Slack. */
export async function sweepWorkspace(flow: Flow, id: string, matchedAt: Date | null): Promise<void> {
  await runAll([
    () => rescueUpdates(flow, id),
    () => rescueBundles(flow, id),
    () => settleUnsettled(flow, id),
    () => handOverOfLeavers(flow, id),
    () => claimDueBundles(flow, id),
    () => claimDueDigests(flow, id),
    () => matchFromTimeToTime(flow, id, matchedAt),
  ]);
}

async function rescueUpdates(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - STRANDED_AFTER_MS);
  await flow.store.transaction(async (tx) => {
    if (!(await hasPendingUpdates(tx, workspaceId, before))) return;
    await flow.store.enqueue(tx, 'apply-deal-updates', { workspaceId });
    flow.log.warn({ workspaceId }, 'deal updates were stranded; trying again');
  });
}

async function rescueBundles(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - STRANDED_AFTER_MS);
  await flow.store.transaction(async (tx) => {
    if (!(await hasStrandedBundle(tx, workspaceId, before))) return;
    // Many may be waiting for their turn: then a run is at them, and has a lease.
    const leasedUntil = await readSendingLease(tx, workspaceId);
    if (leasedUntil !== null && leasedUntil > before) return;
    await flow.store.enqueue(tx, 'send-bundles', { workspaceId });
    flow.log.warn({ workspaceId }, 'bundles were stranded; trying again');
  });
}

/** Doors of those who left while nobody was there to stand in: now somebody may be. */
async function handOverOfLeavers(flow: Flow, workspaceId: string): Promise<void> {
  const left = await flow.store.read((tx) => findPromptsOfInactiveReps(tx, workspaceId, LEFT_AT_ONCE));
  for (const repId of left) await inScope(flow, workspaceId, (scope) => handOver(scope, repId));
}

async function matchFromTimeToTime(flow: Flow, workspaceId: string, matchedAt: Date | null): Promise<void> {
  const now = flow.now().getTime();
  if (matchedAt !== null && Math.abs(now - matchedAt.getTime()) < MATCH_AGAIN_AFTER_MS) return;
  await flow.store.transaction((tx) =>
    flow.store.enqueue(tx, 'match-reps', { workspaceId }, { singletonKey: workspaceId }),
  );
}
