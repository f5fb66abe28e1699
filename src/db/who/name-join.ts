import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { joinsOf } from '../../domain/who/account-names.ts';
import type { Tx } from '../driver.ts';
import { accountNames, accounts } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { overwriteRows, rowsOf } from '../sql/rows-of.ts';
import type { Account } from './account.ts';
import { readJoins } from './join.ts';

/** Holds names until the transaction ends. Returns the ids of accounts that are known by one of them only. */
export async function lockNames(tx: Tx, workspaceId: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = [...new Set(names)].sort().map((key) => ({ workspaceId, nameKey: key }));
  await tx.insert(accountNames).select(rowsOf(accountNames, rows)).onConflictDoNothing();
  await tx
    .select()
    .from(accountNames)
    .where(and(eq(accountNames.workspaceId, workspaceId), isOneOf(accountNames.nameKey, names)))
    .orderBy(asc(accountNames.nameKey))
    .for('no key update');
  const byNameOnly = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        isOneOf(accounts.nameKey, names),
        isNull(accounts.externalId),
      ),
    );
  return byNameOnly.map(({ id }) => id);
}

/**
 * Lets each account that is known by one of these names only, all of them held, join whom the name leads to now. One of
 * which people said what it is stays there.
 */
export async function joinByName(
  tx: Tx,
  workspaceId: string,
  held: readonly Account[],
  names: ReadonlySet<string>,
): Promise<Account[]> {
  const named = held.filter((account) => account.externalId === null && names.has(account.nameKey));
  const said = await saidOf(tx, workspaceId, named);
  const byNameOnly = named.filter(({ id }) => !said.has(id));
  if (byNameOnly.length === 0) return [...held];
  const bearers = await readBearers(
    tx,
    workspaceId,
    byNameOnly.map((account) => account.nameKey),
  );
  const joins = joinsOf([...byNameOnly, ...bearers]);
  const joined = held.map((account) => {
    const joinsId = joins.get(account.id);
    return joinsId === undefined || joinsId === account.joinsId ? account : { ...account, joinsId };
  });
  await overwriteRows(
    tx,
    accounts,
    joined.filter((account, index) => account !== held[index]),
  );
  return joined;
}

/** Those of these accounts of which people said which client they are. */
async function saidOf(tx: Tx, workspaceId: string, of: readonly Account[]): Promise<Set<string>> {
  const ids = of.map(({ id }) => id);
  const said = await readJoins(tx, workspaceId, 'same_client', { subjects: ids, objects: ids });
  return new Set(said.flatMap(({ subject, object }) => [subject, object]));
}

/**
 * The accounts that those with an id are which bear these names now: at most two for each, for with two it leads to
 * none.
 */
async function readBearers(tx: Tx, workspaceId: string, names: readonly string[]) {
  const { id, joinsId, externalId } = accounts;
  const bearer = tx
    .selectDistinct({ id: sql<string>`coalesce(${joinsId}, ${id})`.as('place') })
    .from(accounts)
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        eq(accounts.nameKey, accountNames.nameKey),
        isNotNull(externalId),
      ),
    )
    .limit(2)
    .as('bearer');
  const rows = await tx
    .select({ id: bearer.id, nameKey: accountNames.nameKey })
    .from(accountNames)
    .innerJoinLateral(bearer, sql`true`)
    .where(and(eq(accountNames.workspaceId, workspaceId), isOneOf(accountNames.nameKey, names)));
  return rows.map((row) => ({ ...row, externalId: row.id }));
}
