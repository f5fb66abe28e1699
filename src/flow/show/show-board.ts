import { countBoard, readBoardPage } from '../../db/desk.ts';
import { readAccounts } from '../../db/who/account.ts';
import type { Rep } from '../../db/who/rep.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import type { BoardView } from './views.ts';

/** Which part of what stands open is looked at. */
export interface BoardPage {
  offset?: number | undefined;
  limit: number;
  accountId?: string | undefined;
}

/** A page of what stands open for somebody: what waits, what comes, what is quiet. Throws a NoRepError. */
export async function showBoard(flow: Flow, who: Who & BoardPage): Promise<BoardView> {
  const rep = await ensureRep(flow, who);
  const { offset, limit, accountId } = who;
  return await readBoard(flow, rep, { offset, limit, accountId });
}

/** The same for a rep. A page past the end is the last one. */
export async function readBoard(flow: Flow, rep: Rep, page: BoardPage): Promise<BoardView> {
  const { workspaceId } = rep;
  const { accountId, limit } = page;
  const now = flow.now();
  const of = { repId: rep.id, now, accountId };
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const counts = await countBoard(tx, workspaceId, of);
    const total = counts.waiting + counts.coming + counts.quiet;
    const offset = Math.max(0, Math.min(page.offset ?? 0, total - 1));
    const doors = await readBoardPage(tx, workspaceId, of, { offset, limit });
    const accounts = await readAccounts(tx, workspaceId, accountId === undefined ? [] : [accountId]);
    const account = accounts.get(accountId ?? '') ?? null;
    return {
      rep: {
        name: rep.name,
        slackUserId: rep.slackUserId ?? '',
        timeZone: rep.timeZone ?? playbook.timeZone,
      },
      ...{ now, doors, offset, counts, total },
      account: account && { id: account.id, name: account.name },
    };
  });
}
