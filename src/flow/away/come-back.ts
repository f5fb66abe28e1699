import { changeRep, lockRepForChange } from '../../db/who/rep.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { placeWithStandIns } from '../asking/stand-in.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { tellItIsOver } from './tell.ts';

/** A rep is back: what was put to somebody else comes home. False for whoever was not away. */
export async function comeBack(flow: Flow, who: Who): Promise<boolean> {
  const rep = await ensureRep(flow, who);
  if (rep.awayUntil === null) return false;
  await endAway(flow, who.workspaceId, rep.id, rep.awayUntil);
  return true;
}

/**
 * Ends somebody's being away `until` a day, as they said so or the day has come; null where that was begun before, and
 * never came to its end. Once they are away until another day it is none of ours.
 */
export async function endAway(
  flow: Flow,
  workspaceId: string,
  repId: string,
  until: string | null,
): Promise<void> {
  // In steps: what others put to the delegate before the first is there to come home in the second, which may be done
  // twice.
  const ended = await flow.store.transaction(async (tx) => {
    const rep = await lockRepForChange(tx, workspaceId, repId);
    if (rep === null || rep.awayUntil !== until) return null;
    // Due at once, so that a sweep goes on should this process die.
    await changeRep(tx, workspaceId, repId, { awayFrom: null, awayUntil: null, awayTurnsAt: flow.now() });
    return rep;
  });
  if (ended === null) return;
  await inScope(flow, workspaceId, async (scope) => {
    const urgent = await placeWithStandIns(scope, [repId, ended.delegateId]);
    await reschedulePrompts(scope, repId);
    await claimBundles(scope, [...new Set([...urgent, repId])]);
  });
  await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const rep = await lockRepForChange(tx, workspaceId, repId);
    if (rep === null || rep.awayUntil !== null) return;
    await changeRep(tx, workspaceId, repId, { delegateId: null, awayTurnsAt: null });
    await tellItIsOver(scope, rep);
  });
}
