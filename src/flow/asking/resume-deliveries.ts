import { releaseWaitingBundles } from '../../db/bundle.ts';
import type { Tx } from '../../db/driver.ts';
import type { Flow } from '../ports.ts';

/** Slack has just said whose token ours is: what waited for one that is good, or for Slack itself, goes at once. */
export async function resumeDeliveries({ store }: Flow, tx: Tx, workspaceId: string): Promise<void> {
  await store.enqueue(tx, 'match-reps', { workspaceId });
  await releaseWaitingBundles(tx, workspaceId);
  await store.enqueue(tx, 'send-bundles', { workspaceId });
}
