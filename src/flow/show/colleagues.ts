import type { Prompt } from '../../db/asking/prompt.ts';
import { readLastThere } from '../../db/asking/return.ts';
import type { Tx } from '../../db/driver.ts';
import type { ColleagueView } from './views.ts';

/** For each return that came by itself, by its id: which colleague was there last, so that nobody comes unaware of that. */
export async function readColleagues(
  tx: Tx,
  workspaceId: string,
  prompts: readonly Prompt[],
): Promise<Map<string, ColleagueView>> {
  const returns = prompts.filter(({ rule }) => rule === 'return');
  const accountIds = returns.map(({ accountId }) => accountId);
  const there = await readLastThere(tx, workspaceId, accountIds);
  return new Map(
    returns.flatMap((one) => {
      const others = there.filter(({ accountId, repId }) => {
        return accountId === one.accountId && repId !== one.namedRepId;
      });
      const last = others.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
      return last === undefined ? [] : [[one.id, { name: last.name, at: last.at, how: last.how }]];
    }),
  );
}
