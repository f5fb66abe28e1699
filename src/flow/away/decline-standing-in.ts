import { changeRep, findRepBySlackUser, lockRepForChange, readReps } from '../../db/who/rep.ts';
import type { Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { tell } from './tell.ts';
import { turnAway } from './turn-away.ts';

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
  if (!delegate || !away) return null;
  const isDeclined = await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const rep = await lockRepForChange(tx, workspaceId, awayRepId);
    if (rep?.delegateId !== delegate.id) return false;
    // Due at once, so that a sweep goes on should this process die.
    await changeRep(tx, workspaceId, awayRepId, { delegateId: null, awayTurnsAt: now });
    await tell(scope, rep, 'stand_in_declined', delegate);
    return true;
  });
  if (!isDeclined) return null;
  await inScope(flow, workspaceId, (scope) => turnAway(scope, awayRepId, delegate.id));
  return away.name;
}
