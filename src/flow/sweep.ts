import { hasStrandedBundle } from '../db/asking/bundle.ts';
import { isFoldingDue } from '../db/asking/fold.ts';
import { readSendingLease } from '../db/asking/sending-lease.ts';
import { hasPendingUpdates } from '../db/cycle/deal-event.ts';
import { readJoinChanges } from '../db/who/join-change.ts';
import { findWithNews } from '../db/who/owner.ts';
import { readReading } from '../db/who/person.ts';
import { findAskedInVain } from '../db/who/rep.ts';
import { listWorkspaces } from '../db/who/workspace.ts';
import { forgetDrafts } from './answers/form-draft.ts';
import { claimDueBundles } from './asking/claim-bundles.ts';
import { askToFold } from './asking/fold-messages.ts';
import { claimDueNotices } from './away/send-notice.ts';
import { turnAways } from './away/turn-away.ts';
import { claimDueDigests } from './digests/claim-due-digests.ts';
import { bringDueHandOvers } from './hand-over/bring-message.ts';
import { moveHandOvers } from './hand-over/move-on.ts';
import { planPendingReturns } from './intake/import-deals.ts';
import { claimAdminSummaries } from './people/claim-admin-summaries.ts';
import { passOn } from './people/pass-on.ts';
import { isReadingDue } from './people/read-people.ts';
import type { Flow } from './ports.ts';
import { runAll } from './run-all.ts';
import { inScope } from './scope.ts';

/** What has been on its way, or waited to be applied, for this long lost its job, or the process that worked it. */
const STRANDED_AFTER_MS = 60_000;
const REPS_AT_ONCE = 100;
const CHANGES_AT_ONCE = 100;

/**
 * Looks for what is due in every workspace: bundles, digests, and what a dead process left lying. Its work grows with
 * what is due, never with what is stored; running it twice, or in several replicas at once, changes nothing.
 */
export async function sweep(flow: Flow): Promise<void> {
  const workspaces = await flow.store.read(listWorkspaces);
  await runAll(
    workspaces.map(
      ({ id }) =>
        () =>
          sweepWorkspace(flow, id),
    ),
  );
}

/** The same for one workspace. */
export async function sweepWorkspace(flow: Flow, id: string): Promise<void> {
  await runAll([
    () => rescueUpdates(flow, id),
    () => rescueFollowers(flow, id),
    () => rescueBundles(flow, id),
    () => rescueFolding(flow, id),
    () => planPendingReturns(flow, id),
    () => handOverFromUnreachable(flow, id),
    () => turnAways(flow, id),
    () => claimDueBundles(flow, id),
    () => claimDueDigests(flow, id),
    () => claimAdminSummaries(flow, id),
    () => claimDueNotices(flow, id),
    () => moveHandOvers(flow, id),
    () => bringDueHandOvers(flow, id),
    () => keepPeople(flow, id),
    () => forgetDrafts(flow, id),
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

async function rescueFollowers(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - STRANDED_AFTER_MS);
  await flow.store.transaction(async (tx) => {
    const changes = await readJoinChanges(tx, workspaceId, before, CHANGES_AT_ONCE);
    if (changes.length === 0) return;
    await flow.store.enqueue(tx, 'follow-names', { workspaceId, changes });
    flow.log.warn({ workspaceId }, 'what an account names was stranded; trying again');
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

async function rescueFolding(flow: Flow, workspaceId: string): Promise<void> {
  const before = new Date(flow.now().getTime() - STRANDED_AFTER_MS);
  if (await flow.store.read((tx) => isFoldingDue(tx, workspaceId, before)))
    await askToFold(flow, workspaceId);
}

/** What is asked of somebody who cannot be reached, as nobody could stand in or a process died: somebody may by now. */
async function handOverFromUnreachable(flow: Flow, workspaceId: string): Promise<void> {
  const repIds = await flow.store.read((tx) => findAskedInVain(tx, workspaceId, REPS_AT_ONCE));
  await runAll(repIds.map((repId) => () => inScope(flow, workspaceId, (scope) => passOn(scope, [repId]))));
}

/** Reads all people each day, and rescues owners whose job is gone. */
async function keepPeople(flow: Flow, workspaceId: string): Promise<void> {
  const isDue = await isReadingDue(flow, workspaceId);
  await flow.store.transaction(async (tx) => {
    if (isDue) await flow.store.enqueue(tx, 'read-people', { workspaceId });
    const { readAt } = await readReading(tx, workspaceId);
    if (readAt === null || (await findWithNews(tx, workspaceId, new Set(), 1)).length === 0) return;
    await flow.store.enqueue(tx, 'identify-owners', { workspaceId });
  });
}
