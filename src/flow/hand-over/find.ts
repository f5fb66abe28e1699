import { readEngagements } from '../../db/cycle/engagement.ts';
import { findOpenHandOver } from '../../db/cycle/hand-over.ts';
import { readAccounts } from '../../db/who/account.ts';
import type { Who } from '../people/ensure-rep.ts';
import { oneOrLeaderOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { toEngagementView } from '../show/prompt-view.ts';
import type { EngagementView } from '../show/views.ts';
import { readHandOverView } from './read-view.ts';
import type { HandOverView } from './views.ts';

export type HandingOn =
  | { kind: 'free'; account: { id: string; name: string }; engagement: EngagementView }
  /** Somebody is asked already. */
  | { kind: 'waits'; handOver: HandOverView }
  | { kind: 'refused'; why: 'not_yours' | 'gone' };

/** Whether somebody may hand a deal on, or who is asked already. */
export async function findHandingOn(
  flow: Flow,
  { workspaceId, slackUserId, engagementId }: Who & { engagementId: string },
): Promise<HandingOn> {
  return await flow.store.read(async (tx) => {
    const scope = { tx, workspaceId };
    const named = (await readEngagements(tx, workspaceId, [engagementId])).get(engagementId);
    const id = named?.sameAsId ?? engagementId;
    const deal = (await readEngagements(tx, workspaceId, [id])).get(id);
    if (deal === undefined || deal.ending !== null) return { kind: 'refused', why: 'gone' };
    if ((await oneOrLeaderOf(scope, slackUserId, [deal.ownerId, deal.namedOwnerId])) === null)
      return { kind: 'refused', why: 'not_yours' };
    const open = await findOpenHandOver(tx, workspaceId, id);
    if (open !== null) return { kind: 'waits', handOver: await readHandOverView(scope, open) };
    const account = (await readAccounts(tx, workspaceId, [deal.accountId])).get(deal.accountId);
    const { accountId } = deal;
    return {
      kind: 'free',
      account: { id: accountId, name: account?.name ?? '' },
      engagement: toEngagementView(deal),
    };
  });
}
