import { readEngagements } from '../../db/cycle/engagement.ts';
import { readAccounts } from '../../db/who/account.ts';
import type { Flow, Talk } from '../ports.ts';

/** What a calendar says of a talk: with whom, and where the deal is opened. Null once the deal is gone. */
export async function showTalk(
  flow: Flow,
  { workspaceId, engagementId }: Talk,
): Promise<{ accountName: string; url: string | null; at: Date } | null> {
  return await flow.store.read(async (tx) => {
    const engagement = (await readEngagements(tx, workspaceId, [engagementId])).get(engagementId);
    if (engagement === undefined || engagement.ending === 'deleted') return null;
    const account = (await readAccounts(tx, workspaceId, [engagement.accountId])).get(engagement.accountId);
    return account === undefined ? null : { accountName: account.name, url: engagement.url, at: flow.now() };
  });
}
