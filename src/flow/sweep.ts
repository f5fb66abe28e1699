import { findStrandedBundles } from '../db/bundle.ts';
import { listWorkspaces } from '../db/workspace.ts';
import { claimDueBundles } from './claim-bundles.ts';
import { settleUnsettled } from './import-deals.ts';
import type { Flow } from './ports.ts';
import { claimDueDigests } from './send-digests.ts';

/** A bundle that has been on its way for this long lost its job, or the process that worked it. */
const STRANDED_AFTER_MS = 60_000;
const STRANDED_AT_ONCE = 500;
const MATCH_AGAIN_AFTER_MS = 3_600_000;

/**
 * Looks for what is due in every workspace: bundles, digests, and what a dead process left lying. Its work grows with
 * what is due, never with what is stored; running it twice, or in several replicas at once, changes nothing.
 */
export async function sweep(flow: Flow): Promise<void> {
  const workspaces = await flow.store.read(listWorkspaces);
  for (const workspace of workspaces) {
    await rescueBundles(flow, workspace.id);
    await settleUnsettled(flow, workspace.id);
    await claimDueBundles(flow, workspace.id);
    await claimDueDigests(flow, workspace.id);
    await matchFromTimeToTime(flow, workspace.id, workspace.repsMatchedAt);
  }
}

async function rescueBundles(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - STRANDED_AFTER_MS);
  await flow.store.transaction(async (tx) => {
    const stranded = await findStrandedBundles(tx, workspaceId, before, STRANDED_AT_ONCE);
    for (const bundleId of stranded)
      await flow.store.enqueue(tx, 'deliver-bundle', { workspaceId, bundleId });
    if (stranded.length > 0)
      flow.log.warn({ workspaceId, bundles: stranded.length }, 'bundles were stranded; trying again');
  });
}

async function matchFromTimeToTime(flow: Flow, workspaceId: string, matchedAt: Date | null): Promise<void> {
  const now = flow.now().getTime();
  if (matchedAt !== null && Math.abs(now - matchedAt.getTime()) < MATCH_AGAIN_AFTER_MS) return;
  await flow.store.transaction((tx) =>
    flow.store.enqueue(tx, 'match-reps', { workspaceId }, { singletonKey: workspaceId }),
  );
}
