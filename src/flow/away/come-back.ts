import { changeRep, readReps } from '../../db/who/rep.ts';
import { isReachable } from '../../domain/who/owner.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { settleStandIns } from '../asking/stand-in.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { tellItIsOver } from './tell.ts';

/** A rep is back: what was put to somebody else comes home. False for whoever was not away. */
export async function comeBack(flow: Flow, who: Who): Promise<boolean> {
  const rep = await ensureRep(flow, who);
  if (rep.awayUntil === null) return false;
  await endAway(flow, who.workspaceId, rep.id);
  return true;
}

/** Ends somebody's being away, as they said so or the day has come. */
export async function endAway(flow: Flow, workspaceId: string, repId: string): Promise<void> {
  const rep = (await flow.store.read((tx) => readReps(tx, workspaceId, [repId]))).get(repId);
  if (rep === undefined || (rep.awayUntil === null && rep.awayTurnsAt === null)) return;
  // In steps: what others put to the delegate before the first is there to come home in the second, which may be done
  // twice.
  await flow.store.transaction((tx) =>
    // Due at once, so that a sweep goes on should this process die.
    changeRep(tx, workspaceId, repId, { awayFrom: null, awayUntil: null, awayTurnsAt: flow.now() }),
  );
  await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const urgent = await settleStandIns(scope, [repId]);
    await reschedulePrompts(scope, repId);
    const delegate = (await readReps(tx, workspaceId, [rep.delegateId ?? repId])).get(rep.delegateId ?? '');
    if (delegate !== undefined && isReachable(delegate)) await tellItIsOver(scope, delegate, rep);
    await claimBundles(scope, [...new Set([...urgent, repId])]);
  });
  await flow.store.transaction((tx) =>
    changeRep(tx, workspaceId, repId, { delegateId: null, awayTurnsAt: null }),
  );
}
