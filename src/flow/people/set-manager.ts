import { changeRep } from '../../db/who/rep.ts';
import type { Flow } from '../ports.ts';
import { ensureRep, type Who } from './ensure-rep.ts';

/** Records who leads a rep, or that nobody does: they may answer for the rep, and inherit when the rep leaves. */
export async function setManager(
  flow: Flow,
  who: Who & { managerSlackUserId: string | null },
): Promise<void> {
  const rep = await ensureRep(flow, who);
  const { managerSlackUserId: slackUserId } = who;
  const manager = slackUserId === null ? rep : await ensureRep(flow, { ...who, slackUserId });
  const managerId = manager.id === rep.id ? null : manager.id;
  await flow.store.transaction((tx) => changeRep(tx, who.workspaceId, rep.id, { managerId }));
}
