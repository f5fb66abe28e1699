import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { saidJoinsOf } from '../../domain/who/account-names.ts';
import type { Tx } from '../driver.ts';
import { accounts } from '../schema/cycle.ts';
import { joins } from '../schema/joins.ts';
import { reps } from '../schema/people.ts';
import { overwriteRows } from '../sql/rows-of.ts';
import { type Account, lockAccounts, placeOf, readAccounts } from './account.ts';
import type { JoinChange } from './account-name.ts';
import { type Join, readJoins } from './join.ts';
import { joinByName, lockNames } from './name-join.ts';

/**
 * Brings accounts to where people say they are, once something was said of them or taken back, with all that people
 * said of those; and the names that lead to them along. Locks names, then accounts. Returns what has to move on.
 */
export async function placeClients(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<JoinChange[]> {
  const { held, names, said } = await lockSaid(tx, workspaceId, accountIds);
  const places = saidJoinsOf(said.map(({ subject, object }) => ({ accountId: subject, asId: object })));
  const placed = held.map((account): Account => {
    const joinsId = places.get(account.id);
    if (joinsId !== undefined) return { ...account, joinsId };
    // Of one known by name only the name decides.
    return account.externalId === null ? account : { ...account, joinsId: null };
  });
  await overwriteRows(
    tx,
    accounts,
    placed.filter(({ joinsId }, index) => joinsId !== held[index]?.joinsId),
  );
  const joined = await joinByName(tx, workspaceId, placed, names);
  return held.flatMap((before, index) => {
    const after = joined[index];
    const isMoved = after !== undefined && placeOf(after) !== placeOf(before);
    return isMoved ? [{ namedId: before.id, fromId: placeOf(before) }] : [];
  });
}

/** Holds accounts, those that people said are the same, their names, and what is known by these names only. */
async function lockSaid(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<{ held: Account[]; names: Set<string>; said: Join[] }> {
  const names = new Set<string>();
  for (const ids = new Set(accountIds); ; ) {
    for (const { subject, object } of await readConnected(tx, workspaceId, [...ids])) {
      ids.add(subject);
      ids.add(object);
    }
    const found = await readAccounts(tx, workspaceId, [...ids]);
    const more = [...found.values()].map(({ nameKey }) => nameKey).filter((name) => !names.has(name));
    for (const id of await lockNames(tx, workspaceId, more)) ids.add(id);
    for (const name of more) names.add(name);
    const held = await lockAccounts(tx, workspaceId, [...ids]);
    // Somebody may have said more, or given another name, until all of it was held.
    const said = await readConnected(tx, workspaceId, [...ids]);
    const isAll = said.every(({ subject, object }) => ids.has(subject) && ids.has(object));
    if (isAll && held.every(({ nameKey }) => names.has(nameKey))) return { held, names, said };
  }
}

/** All that people said of these accounts, and of those that they said are the same as one of them. */
async function readConnected(tx: Tx, workspaceId: string, accountIds: readonly string[]): Promise<Join[]> {
  const known = new Map<string, Join>();
  const seen = new Set<string>();
  for (let next = [...accountIds]; next.length > 0; ) {
    for (const id of next) seen.add(id);
    const found = await readJoins(tx, workspaceId, 'same_client', { subjects: next, objects: next });
    for (const join of found) known.set(join.id, join);
    next = [...new Set(found.flatMap(({ subject, object }) => [subject, object]))].filter(
      (id) => !seen.has(id),
    );
  }
  return [...known.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** What people said is the same client as an account, by what that is called. */
export async function readJoinedClients(
  tx: Tx,
  workspaceId: string,
  accountId: string,
): Promise<{ joinId: string; name: string; at: Date; by: string }[]> {
  return await tx
    .select({ joinId: joins.id, name: accounts.name, at: joins.at, by: reps.name })
    .from(accounts)
    .innerJoin(
      joins,
      and(eq(joins.workspaceId, accounts.workspaceId), eq(joins.subject, sql`${accounts.id}::text`)),
    )
    .innerJoin(reps, and(eq(reps.workspaceId, joins.workspaceId), eq(reps.id, joins.repId)))
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        or(eq(accounts.joinsId, accountId), eq(accounts.id, accountId)),
        eq(joins.kind, 'same_client'),
        isNull(joins.takenBackAt),
      ),
    )
    .orderBy(asc(joins.at), asc(joins.id));
}
