import { findDeliveredBundles, readBundle } from '../../db/asking/bundle.ts';
import { readAskedAt } from '../../db/asking/prompt.ts';
import { wantHomesOf } from '../home/want-homes.ts';
import type { Flow } from '../ports.ts';
import type { Scope } from '../scope.ts';
import { readBundleView } from '../show/bundle-view.ts';

/** DMs older than the latest few that show a prompt are left as they are. */
const REDRAWN_AT_MOST = 3;

/** Has the DMs that show any of these prompts drawn anew once the transaction is through. */
export async function redrawBundlesOf(scope: Scope, promptIds: readonly string[]): Promise<void> {
  await wantHomesOf(scope, promptIds);
  const bundleIds = await findDeliveredBundles(scope.tx, scope.workspaceId, promptIds);
  for (const bundleId of bundleIds.slice(0, REDRAWN_AT_MOST * Math.max(promptIds.length, 1))) {
    const data = { workspaceId: scope.workspaceId, bundleId };
    await scope.store.enqueue(scope.tx, 'redraw-bundle', data, {
      singletonKey: `${scope.workspaceId}:${bundleId}`,
    });
  }
}

/** Has the DMs of what is asked at an account drawn anew: whether anything may be offered there has changed. */
export async function redrawOffers(scope: Scope, accountId: string): Promise<void> {
  await redrawBundlesOf(scope, await readAskedAt(scope.tx, scope.workspaceId, accountId));
}

/** Draws a bundle's DM as its prompts stand now. Throws when Slack may take it later, so that the job runs again. */
export async function redrawBundle(
  flow: Flow,
  { workspaceId, bundleId }: { workspaceId: string; bundleId: string },
): Promise<void> {
  const bundle = await flow.store.read((tx) => readBundle(tx, workspaceId, bundleId));
  if (bundle?.channelId == null || bundle.messageTs === null) return;
  const view = await readBundleView(flow, workspaceId, bundleId);
  const sent = await flow.slackOf(workspaceId).redrawBundle(bundle.channelId, bundle.messageTs, view);
  if (sent.kind === 'ambiguous' || sent.kind === 'later')
    throw new Error(`the DM was not redrawn: ${sent.error}`);
  if (sent.kind !== 'sent')
    flow.log.warn({ workspaceId, bundleId, error: sent.error }, 'a DM cannot be redrawn');
}
