import { v7 as uuid } from 'uuid';
import { readOpenAbout, readPrompts } from '../../db/asking/prompt.ts';
import { type Engagement, lockEngagement, readEngagements } from '../../db/cycle/engagement.ts';
import { readJoined } from '../../db/cycle/same-order.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { insertJoin, lockJoin, takeBackJoin } from '../../db/who/join.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { redrawBundlesOf } from '../asking/redraw-bundle.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import { joinOrders } from '../intake/join-orders.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import { answererOf, leads } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';

export type SaidOfOrder =
  | { kind: 'said'; joinId: string; isSame: boolean }
  /** There is no such question any more, or nothing that was told of its deal. */
  | { kind: 'gone' }
  | { kind: 'not_theirs' };

/**
 * A person says whether the order that was told is the one of the deal that a question is about. It wins over the rules
 * until it is taken back.
 */
export async function saySameOrder(
  flow: Flow,
  said: Who & { promptId: string; isSame: boolean; key: string },
): Promise<SaidOfOrder> {
  const { workspaceId, slackUserId, isSame, key } = said;
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const [prompt] = await readPrompts(tx, workspaceId, [said.promptId]);
    if (prompt === undefined || prompt.engagementId === null) return { kind: 'gone' };
    const rep = await answererOf(scope, slackUserId, prompt);
    if (rep === null) return { kind: 'not_theirs' };
    const deal = await lockEngagement(tx, workspaceId, prompt.engagementId);
    const told = (await readJoined(tx, workspaceId, [prompt.engagementId])).get(prompt.engagementId);
    if (deal === null || told === undefined) return { kind: 'gone' };
    const join = { workspaceId, id: uuid(), key, repId: rep.id, at: now, holds: isSame };
    await insertJoin(tx, { ...join, kind: 'same_order', subject: told.dealId, object: deal.id });
    await joinAnew(scope, deal);
    return { kind: 'said', joinId: join.id, isSame };
  });
}

export type OrderTakenBack = { kind: 'taken_back' } | { kind: 'gone' } | { kind: 'not_theirs' };

/** Takes back what somebody said of two orders: whoever said it may, and whoever leads them. */
export async function takeBackSameOrder(flow: Flow, said: Who & { joinId: string }): Promise<OrderTakenBack> {
  const { workspaceId, joinId } = said;
  const rep = await ensureRep(flow, said);
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const join = await lockJoin(tx, workspaceId, joinId);
    if (join === null || join.kind !== 'same_order') return { kind: 'gone' };
    if (!(await leads(scope, rep.id, join.repId))) return { kind: 'not_theirs' };
    await takeBackJoin(tx, workspaceId, joinId, { takenBackBy: rep.id, takenBackAt: now });
    const deal = await lockEngagement(tx, workspaceId, join.object);
    if (deal !== null) await joinAnew(scope, deal);
    return { kind: 'taken_back' };
  });
}

/** Joins and parts orders as people say now, and plans what is asked of them. */
async function joinAnew(scope: Scope, deal: Engagement): Promise<void> {
  const { tx, workspaceId } = scope;
  const { accountId } = deal;
  await lockAccounts(tx, workspaceId, [accountId]);
  const joined = await joinOrders(scope, [accountId]);
  const urgent = await schedulePrompts(scope, joined);
  await scheduleReturns(scope, [accountId]);
  const fresh = await readEngagements(tx, workspaceId, [deal.id]);
  const open = await readOpenAbout(tx, workspaceId, [...fresh.keys()]);
  await redrawBundlesOf(
    scope,
    [...open.values()].flat().map(({ id }) => id),
  );
  await claimBundles(scope, urgent);
}
