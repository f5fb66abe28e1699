import { readDoors } from '../../db/board.ts';
import type { Tx } from '../../db/driver.ts';
import type { Rep } from '../../db/rep.ts';

/** Accounts that bear one name, with those first at which a door of the rep's stands open: that is the one they mean. */
export async function ownFirst<Account extends { id: string }>(
  tx: Tx,
  rep: Rep,
  accounts: readonly Account[],
): Promise<Account[]> {
  if (accounts.length < 2) return [...accounts];
  const own: Account[] = [];
  for (const account of accounts) {
    const of = { repId: rep.id, accountId: account.id, limit: 1 };
    if ((await readDoors(tx, rep.workspaceId, of)).length > 0) own.push(account);
  }
  return [...own, ...accounts.filter((account) => !own.includes(account))];
}
