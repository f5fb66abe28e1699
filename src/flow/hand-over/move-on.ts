import { markStale } from '../../db/asking/hand-over-message.ts';
import { findHandOversToMove, type HandOver, lockHandOver, saveHandOver } from '../../db/cycle/hand-over.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { isReachable } from '../../domain/who/owner.ts';
import type { Flow } from '../ports.ts';
import { runAll } from '../run-all.ts';
import { inScope, type Scope } from '../scope.ts';
import { isGivers, lockDeal } from './propose.ts';
import { endHandOver, tellOf } from './tell.ts';

/**
 * Moves on the hand-overs that cannot stay as they are: to the giver's manager once nobody answered for two working days,
 * or whoever is asked left; to their end once the deal is another's.
 */
export async function moveHandOvers(flow: Flow, workspaceId: string): Promise<void> {
  const due = await flow.store.read((tx) => findHandOversToMove(tx, workspaceId, flow.now()));
  await runAll(due.map((one) => () => inScope(flow, workspaceId, (scope) => moveOn(scope, one))));
}

async function moveOn(scope: Scope, seen: HandOver): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const deal = await lockDeal(scope, seen.engagementId);
  const handOver = await lockHandOver(tx, workspaceId, seen.id);
  if (handOver === null || handOver.endedAt !== null) return;
  const reps = await readReps(tx, workspaceId, [handOver.fromId, handOver.askedId]);
  const giver = reps.get(handOver.fromId);
  if (!isGivers(handOver, deal, giver))
    return await endHandOver(scope, handOver, { ending: 'overtaken', by: null });
  const asked = reps.get(handOver.askedId);
  const isUp = handOver.goesUpAt !== null && handOver.goesUpAt <= now;
  if (!isUp && asked !== undefined && isReachable(asked)) return;
  const above = await findAbove(scope, giver, [handOver.toId, handOver.askedId]);
  if (above === null) return await endHandOver(scope, handOver, { ending: 'unanswered', by: null });
  await saveHandOver(tx, workspaceId, handOver.id, { askedId: above.id, goesUpAt: null });
  for (const messageId of await markStale(tx, workspaceId, handOver.id))
    await scope.store.enqueue(tx, 'bring-hand-over', { workspaceId, messageId });
  await tellOf(scope, handOver.id, above, 'asked_above');
}

/** Who leads the giver and can be reached: the first up the line who was not asked yet. */
async function findAbove(
  { tx, workspaceId }: Scope,
  giver: Rep | undefined,
  asked: readonly string[],
): Promise<Rep | null> {
  const seen = new Set([giver?.id ?? '']);
  for (let rep = giver; rep !== undefined; ) {
    const person = rep.joinedTo === null ? undefined : await readOne(tx, workspaceId, rep.joinedTo);
    const isFree = (one: Rep) => isReachable(one) && one.id !== giver?.id && !asked.includes(one.id);
    const found = [person, rep].find((one) => one !== undefined && isFree(one));
    if (found !== undefined && found.id !== giver?.joinedTo) return found;
    const nextId = person?.managerId ?? rep.managerId;
    if (nextId === null || seen.has(nextId)) return null;
    seen.add(nextId);
    rep = await readOne(tx, workspaceId, nextId);
  }
  return null;
}

async function readOne(tx: Scope['tx'], workspaceId: string, id: string): Promise<Rep | undefined> {
  return (await readReps(tx, workspaceId, [id])).get(id);
}
