import { changeRep, findRepBySlackUser, readReps } from '../../db/who/rep.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { settleStandIns } from '../asking/stand-in.ts';
import type { Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { tell } from './tell.ts';

/**
 * Somebody would rather not stand in for a rep who is away: the questions go back to whose they are and wait, and that
 * rep is told. Only whom the rep named may; null for everybody else. Returns the name of the one who is away.
 */
export async function declineStandingIn(
  flow: Flow,
  { workspaceId, slackUserId, awayRepId }: Who & { awayRepId: string },
): Promise<string | null> {
  const { store } = flow;
  const [delegate, away] = await store.read(async (tx) => [
    await findRepBySlackUser(tx, workspaceId, slackUserId),
    (await readReps(tx, workspaceId, [awayRepId])).get(awayRepId),
  ]);
  if (!delegate || !away || away.delegateId !== delegate.id) return null;
  await store.transaction((tx) => changeRep(tx, workspaceId, awayRepId, { delegateId: null }));
  await inScope(flow, workspaceId, async (scope) => {
    await claimBundles(scope, await settleStandIns(scope, [awayRepId, delegate.id]));
    await tell(scope, away, 'stand_in_declined', delegate);
  });
  return away.name;
}
