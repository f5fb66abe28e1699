import { readBacklog, readLastUpdate, readLikelyPairs, readUnreachable } from '../../db/status.ts';
import { readPeople } from '../../db/who/person.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';

const NAMED_AT_MOST = 5;

/** How many wait, and since when the first does; null for none. */
export interface Waiting {
  count: number;
  since: Date | null;
}

/** How the product is doing, for an admin. */
export interface StatusView {
  now: Date;
  timeZone: string;
  lastUpdate: { at: Date; source: string } | null;
  backlog: { updates: Waiting; messages: Waiting; folding: Waiting };
  unreachable: { name: string; count: number }[];
  likelyPairs: { total: number; accounts: string[] };
}

export type ShownStatus = { kind: 'shown'; status: StatusView } | { kind: 'not_admin' };

/** The last news from sources, what waits, whom nobody can reach, and which orders may be one. Throws a NoRepError. */
export async function showStatus(flow: Flow, who: Who): Promise<ShownStatus> {
  const { workspaceId, slackUserId } = who;
  const { rep } = await readerOf(flow, who);
  return await flow.store.read(async (tx) => {
    const person = (await readPeople(tx, workspaceId, [slackUserId])).get(slackUserId);
    const isAdmin = flow.admins?.includes(slackUserId) === true || (person?.role ?? null) !== null;
    if (!isAdmin) return { kind: 'not_admin' };
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    return {
      kind: 'shown',
      status: {
        now: flow.now(),
        timeZone: rep.timeZone ?? playbook.timeZone,
        lastUpdate: await readLastUpdate(tx, workspaceId),
        backlog: await readBacklog(tx, workspaceId),
        unreachable: await readUnreachable(tx, workspaceId, NAMED_AT_MOST),
        likelyPairs: await readLikelyPairs(tx, workspaceId, NAMED_AT_MOST),
      },
    };
  });
}
