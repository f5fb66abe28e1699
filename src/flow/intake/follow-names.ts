import {
  type Engagement,
  lockBegunElsewhere,
  lockEngagementsLeft,
  updateEngagements,
} from '../../db/cycle/engagement.ts';
import { lockAccounts, placeOf } from '../../db/who/account.ts';
import { followEngagements, followName } from '../../db/who/account-followers.ts';
import type { JoinChange } from '../../db/who/account-name.ts';
import { deleteJoinChange } from '../../db/who/join-change.ts';
import { redrawBundlesOf } from '../asking/redraw-bundle.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { joinOrders } from './join-orders.ts';

const ENGAGEMENTS_AT_ONCE = 500;

/**
 * Brings everything that is named by accounts known by name only to where these are now: to the one that they joined,
 * or back. A job of its own, for it locks engagements that whoever changed a join had no business with.
 */
export async function followNames(
  flow: Flow,
  { workspaceId, changes }: { workspaceId: string; changes: readonly JoinChange[] },
): Promise<void> {
  for (const change of changes) {
    let moved = ENGAGEMENTS_AT_ONCE;
    // Until none is left: an engagement may have begun from one that was on its way.
    while (moved > 0) moved = await inScope(flow, workspaceId, (scope) => followSome(scope, change));
  }
}

async function followSome(scope: Scope, change: JoinChange): Promise<number> {
  const { tx, workspaceId } = scope;
  const engagements = await lockEngagementsLeft(tx, workspaceId, change, ENGAGEMENTS_AT_ONCE);
  const held = await lockAccounts(tx, workspaceId, [change.namedId, change.fromId]);
  const named = held.find(({ id }) => id === change.namedId);
  const isThere = named === undefined || placeOf(named) === change.fromId;
  if (isThere || engagements.length === 0) await deleteJoinChange(tx, workspaceId, change);
  if (isThere) return 0;
  const accountId = placeOf(named);
  await lockAccounts(tx, workspaceId, [accountId]);
  const rows = engagements.map((engagement) => ({ ...engagement, accountId }));
  await updateEngagements(tx, rows);
  await bringFollowers(scope, rows);
  await followName(tx, workspaceId, change, accountId);
  await schedulePrompts(scope, await joinOrders(scope, [change.fromId, accountId]));
  await scheduleReturns(scope, [change.fromId, accountId]);
  return engagements.length;
}

/**
 * Brings what hangs on engagements to the account that they are with now: prompts, needs, verifications and answers,
 * and the engagements that grew from these needs, with theirs. The DMs that ask about them are drawn anew.
 */
export async function bringFollowers(scope: Scope, moved: readonly Engagement[]): Promise<void> {
  if (moved.length === 0) return;
  const { tx, workspaceId } = scope;
  const byId = new Map(moved.map((engagement) => [engagement.id, engagement]));
  await redrawBundlesOf(scope, await followEngagements(tx, workspaceId, [...byId.keys()]));
  const grown = await lockBegunElsewhere(tx, workspaceId, [...byId.keys()]);
  const rows = grown.flatMap(({ begun, heardIn }) => {
    const parent = byId.get(heardIn);
    if (parent === undefined) return [];
    return [{ ...begun, accountId: parent.accountId, namedAccountId: parent.namedAccountId }];
  });
  await updateEngagements(tx, rows);
  await bringFollowers(scope, rows);
}
