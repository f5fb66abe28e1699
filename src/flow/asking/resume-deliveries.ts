import { releaseWaitingBundles } from '../../db/asking/bundle.ts';
import type { Tx } from '../../db/driver.ts';
import type { Flow } from '../ports.ts';

/**
 * Slack has just said whose token ours is: what waited for one that is good, or for Slack itself, goes at once. Who is
 * there is read anew, as nobody listened meanwhile.
 */
export async function resumeDeliveries({ store }: Flow, tx: Tx, workspaceId: string): Promise<void> {
  await store.enqueue(tx, 'read-people', { workspaceId });
  await releaseWaitingBundles(tx, workspaceId);
  await store.enqueue(tx, 'send-bundles', { workspaceId });
}
