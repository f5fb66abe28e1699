import { readHome } from '../../db/homes.ts';
import { readReps } from '../../db/who/rep.ts';
import type { Flow } from '../ports.ts';
import { homeDrawn, readDesk } from './show-desk.ts';

/**
 * Draws a rep's Home as it stands now, at the place where they look; once for all that changed since it was drawn.
 * Throws when Slack may take it later, so that the job runs again.
 */
export async function redrawHome(
  flow: Flow,
  { workspaceId, repId }: { workspaceId: string; repId: string },
): Promise<void> {
  const read = await flow.store.read(async (tx) => {
    const home = await readHome(tx, workspaceId, repId);
    const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
    if (home === null || rep === undefined || home.drawn >= home.wanted) return null;
    return rep.slackUserId === null ? null : { home, rep, slackUserId: rep.slackUserId };
  });
  if (read === null) return;
  const { home, rep, slackUserId } = read;
  const desk = await readDesk(flow, rep, { offset: home.offset, accountId: home.accountId ?? undefined });
  const sent = await flow.slackOf(workspaceId).publishHome(slackUserId, desk);
  if (sent.kind === 'ambiguous' || sent.kind === 'later')
    throw new Error(`Home was not drawn: ${sent.error}`);
  await homeDrawn(flow, home);
}
