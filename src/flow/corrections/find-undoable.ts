import type { Tx } from '../../db/driver.ts';
import { readAccounts } from '../../db/who/account.ts';
import { findLastJoin, type Join } from '../../db/who/join.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import { correctorOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import type { ToldView } from '../show/views.ts';
import { findLastTold, findTold } from './find-told.ts';
import { planUndo } from './plan-undo.ts';
import { toldView } from './told-view.ts';

export type Undoable =
  | { kind: 'found'; told: ToldView }
  /** What is one, or two: clients by their names, or orders. */
  | { kind: 'join'; joinId: string; clients: [string, string] | null; isSame: boolean }
  /** There is none, or it is taken back already. */
  | { kind: 'nothing' }
  | { kind: 'not_theirs' };

/** What would be taken back: the fact of that id, else the last that whoever asks has told. Changes nothing. */
export async function findUndoable(
  flow: Flow,
  who: Who & { factId?: string | undefined },
): Promise<Undoable> {
  const { workspaceId, slackUserId, factId } = who;
  const rep = await ensureRep(flow, who);
  return await flow.store.read(async (tx) => {
    const told = factId === undefined ? await findLastTold(tx, rep) : await findTold(tx, workspaceId, factId);
    const join = factId === undefined ? await findLastJoin(tx, workspaceId, rep.id) : null;
    if (join !== null && (told === null || join.at > told.at)) return await joinView(tx, join);
    if (told === null) return { kind: 'nothing' };
    if ((await correctorOf({ tx, workspaceId }, slackUserId, told)) === null) return { kind: 'not_theirs' };
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const plan = await planUndo({ tx, workspaceId }, told);
    const timeZone = rep.timeZone ?? playbook.timeZone;
    return { kind: 'found', told: await toldView({ tx, workspaceId }, told, plan, timeZone) };
  });
}

async function joinView(tx: Tx, { id, workspaceId, kind, subject, object, holds }: Join): Promise<Undoable> {
  const join = { kind: 'join' as const, joinId: id, isSame: holds };
  if (kind !== 'same_client') return { ...join, clients: null };
  const found = await readAccounts(tx, workspaceId, [subject, object]);
  return { ...join, clients: [found.get(subject)?.name ?? '', found.get(object)?.name ?? ''] };
}
