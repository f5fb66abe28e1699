import { readNeed, readNeeds } from '../../db/cycle/need.ts';
import { readAccounts } from '../../db/who/account.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf, readReadable } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { toNeedView } from '../show/prompt-view.ts';
import type { NeedView } from '../show/views.ts';

/** A need as it stands, and the open ones of the client that it may be the same as; null where somebody may not know. */
export async function findNeed(
  flow: Flow,
  who: Who & { needId: string },
): Promise<{ need: NeedView; others: NeedView[]; account: string } | null> {
  const { workspaceId, needId } = who;
  const reader = await readerOf(flow, who);
  return await flow.store.read(async (tx) => {
    const need = await readNeed(tx, workspaceId, needId);
    if (need === null || need.retractedAt !== null) return null;
    if ((await readReadable(tx, reader, need.accountId)) === null) return null;
    const account = (await readAccounts(tx, workspaceId, [need.accountId])).get(need.accountId);
    const all = await readNeeds(tx, workspaceId, [need.accountId]);
    const others = all.filter(({ id, outcome }) => id !== needId && outcome === 'open').map(toNeedView);
    return { need: toNeedView(need), others, account: account?.name ?? '' };
  });
}
