import { type Engagement, lockEngagements } from '../../db/cycle/engagement.ts';
import { lockNeed, settleTakenUp } from '../../db/cycle/need.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { addUp } from '../answers/answer-engagement.ts';
import { addUpNeed } from '../answers/answer-need.ts';
import { redrawBundlesOf, redrawOffers } from '../asking/redraw-bundle.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts, unique } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import { joinOrders } from '../intake/join-orders.ts';
import type { Scope } from '../scope.ts';

/** What a correction touches. */
export interface Touched {
  engagementIds: readonly string[];
  accountIds: readonly string[];
  needIds: readonly string[];
  /** Whose messages are to be drawn anew, whatever becomes of them. */
  promptIds: readonly string[];
}

/**
 * Brings everything to what it would be, had what was taken back never been told: engagements, needs, joined orders,
 * questions and returns, as planned at this instant (promise 9). Returns the reps with urgent prompts.
 */
export async function replan(scope: Scope, touched: Touched): Promise<string[]> {
  const { tx, workspaceId } = scope;
  const held = await lockEngagements(tx, workspaceId, touched.engagementIds);
  const accountIds = unique([...touched.accountIds, ...held.map((row) => row.accountId)]);
  await lockAccounts(tx, workspaceId, accountIds);
  const rows = new Map<string, Engagement>();
  for (const engagement of held) {
    const row = await addUp(scope, engagement);
    rows.set(row.id, row);
  }
  await settleTakenUp(tx, workspaceId, [...rows.values()]);
  const grownFrom = [...rows.values()].flatMap(({ needId }) => needId ?? []);
  for (const needId of unique([...touched.needIds, ...grownFrom])) {
    const need = await lockNeed(tx, workspaceId, needId);
    if (need !== null) await addUpNeed(scope, need);
  }
  for (const row of await joinOrders(scope, accountIds)) rows.set(row.id, row);
  const urgent = await schedulePrompts(scope, [...rows.values()], { reopens: true });
  await scheduleNeeds(scope, accountIds, { reopens: true });
  await scheduleReturns(scope, accountIds, { reopens: true });
  // Whether anything is offered there may have changed.
  for (const accountId of accountIds) await redrawOffers(scope, accountId);
  await redrawBundlesOf(scope, touched.promptIds);
  return urgent;
}
