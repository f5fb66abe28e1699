import { countDoors, readDoors } from '../../db/board.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import type { BoardView } from './views.ts';

/** A rep's open doors, most pressing first, at most `limit`. */
export async function showBoard(flow: Flow, who: Who & { limit: number }): Promise<BoardView> {
  const rep = await ensureRep(flow, who);
  const now = flow.now();
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, who.workspaceId, flow.defaults);
    const doors = await readDoors(tx, who.workspaceId, { repId: rep.id, limit: who.limit });
    const total = await countDoors(tx, who.workspaceId, rep.id);
    const timeZone = rep.timeZone ?? playbook.timeZone;
    return { rep: { name: rep.name, slackUserId: who.slackUserId, timeZone }, now, doors, total };
  });
}
