import { changeRep } from '../../db/who/rep.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { placeWithStandIns } from '../asking/stand-in.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import { findColleague } from '../people/find-colleague.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

/**
 * A standing rule for a rep whose clients are passed to customer success: what was promised, and whether it is seen, is
 * asked of a colleague from now on; of the rep again when there is none. False for oneself and whoever cannot be asked.
 */
export async function passValueTalks(
  flow: Flow,
  { colleagueSlackUserId, ...who }: Who & { colleagueSlackUserId: string | null },
): Promise<boolean> {
  const { workspaceId } = who;
  const rep = await ensureRep(flow, who);
  const colleague =
    colleagueSlackUserId === null
      ? null
      : await findColleague(flow, { workspaceId, slackUserId: colleagueSlackUserId });
  if (colleague?.id === rep.id || (colleague === null && colleagueSlackUserId !== null)) return false;
  const valueTalksId = colleague?.id ?? null;
  if (valueTalksId === rep.valueTalksId) return true;
  await flow.store.transaction((tx) => changeRep(tx, workspaceId, rep.id, { valueTalksId }));
  await inScope(flow, workspaceId, async (scope) => {
    await claimBundles(scope, await placeWithStandIns(scope, [rep.id, rep.valueTalksId]));
  });
  return true;
}
