import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { AccountRef } from '../../domain/cycle/deal-update.ts';
import { currentName, type GivenName } from '../../domain/who/account-names.ts';
import { nameKey } from '../../domain/who/name.ts';
import type { Tx } from '../driver.ts';
import { accounts } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { overwriteRows, rowsOf } from '../sql/rows-of.ts';
import { type Account, lockAccounts, placeOf } from './account.ts';
import { joinByName, lockNames } from './name-join.ts';

/** An account as a deal calls it, with the time from which the name holds. */
export interface CalledAccount {
  source: string;
  account: AccountRef;
  at: Date;
}

/** An account known by name only that joined another, or parted from it: what it names has to move on from `fromId`. */
export interface JoinChange {
  namedId: string;
  fromId: string;
}

export interface NamedAccounts {
  /** By accountKey(): the account that is called so. */
  byKey: Map<string, Account>;
  changes: JoinChange[];
  /** Ids of all accounts that are held now. */
  held: Set<string>;
}

export function accountKey(source: string, account: AccountRef): string {
  return account.id === undefined
    ? `name:${nameKey(account.name)}`
    : `id:${account.source ?? source}\n${account.id}`;
}

/**
 * The account of each id or name, made where it is new, called by its latest name, and joined by whatever name leads to
 * it now (joinsOf()). All of them, and those of `also`, are held until the transaction ends. Locks are taken in this
 * order: names, accounts.
 */
export async function nameAccounts(
  tx: Tx,
  workspaceId: string,
  called: readonly CalledAccount[],
  also: readonly string[],
  now: Date,
): Promise<NamedAccounts> {
  const found = await findOrInsert(tx, workspaceId, called, now);
  const given = namesGiven(called, found.byKey);
  const touched = (account: Account) => touchedNames(account, given, found.isNew);
  const { held, names } = await lockWithNames(tx, workspaceId, [...found.byKey.values()], also, touched);
  const renamed = held.map((account) => renamedBy(account, given));
  await overwriteRows(
    tx,
    accounts,
    renamed.filter((account, index) => account !== held[index]),
  );
  const joined = await joinByName(tx, workspaceId, renamed, names);
  const byId = new Map(joined.map((account) => [account.id, account]));
  const changes = renamed.flatMap((before, index) => {
    const isChanged = before !== joined[index] && !found.isNew.has(before.id);
    return isChanged ? [{ namedId: before.id, fromId: placeOf(before) }] : [];
  });
  const byKey = new Map([...found.byKey].map(([key, { id }]) => [key, byId.get(id) ?? lost(id)]));
  return { byKey, changes, held: new Set(byId.keys()) };
}

function lost(id: string): never {
  throw new Error(`the account ${id} was not held`);
}

/**
 * Holds accounts with the names that they come to bear or bear no longer, and with whatever is known by these names
 * only. An account may be renamed until it is held: then its names are looked at again.
 */
async function lockWithNames(
  tx: Tx,
  workspaceId: string,
  found: readonly Account[],
  also: readonly string[],
  touched: (account: Account) => string[],
): Promise<{ held: readonly Account[]; names: ReadonlySet<string> }> {
  const ids = new Set([...found.map(({ id }) => id), ...also]);
  const names = new Set<string>();
  let held: readonly Account[] | null = null;
  for (;;) {
    const more = (held ?? found).flatMap(touched).filter((name) => !names.has(name));
    if (held !== null && more.length === 0) return { held, names };
    for (const id of await lockNames(tx, workspaceId, more)) ids.add(id);
    for (const name of more) names.add(name);
    held = await lockAccounts(tx, workspaceId, [...ids]);
  }
}

/** By accountKey(): accounts that are there, or have been made here (`isNew` has their ids). */
async function findOrInsert(
  tx: Tx,
  workspaceId: string,
  called: readonly CalledAccount[],
  now: Date,
): Promise<{ byKey: Map<string, Account>; isNew: Set<string> }> {
  const distinct = new Map(called.map((one) => [accountKey(one.source, one.account), one]));
  const byKey = await findCalled(tx, workspaceId, [...distinct.values()]);
  const missing = [...distinct.entries()]
    .filter(([key]) => !byKey.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length === 0) return { byKey, isNew: new Set() };
  const rows = missing.map(([, one]) => newAccount(workspaceId, one, now));
  const { id } = accounts;
  const inserted = await tx
    .insert(accounts)
    .select(rowsOf(accounts, rows))
    .onConflictDoNothing()
    .returning({ id });
  const isNew = new Set(inserted.map((row) => row.id));
  for (const [index, [key]] of missing.entries()) {
    const row = rows[index];
    if (row !== undefined && isNew.has(row.id)) byKey.set(key, row);
  }
  // Somebody else was faster with the others.
  const others = missing.filter(([key]) => !byKey.has(key)).map(([, one]) => one);
  for (const [key, row] of await findCalled(tx, workspaceId, others)) byKey.set(key, row);
  return { byKey, isNew };
}

function newAccount(workspaceId: string, { source, account, at }: CalledAccount, now: Date): Account {
  const external =
    account.id === undefined
      ? { source: null, externalId: null }
      : { source: account.source ?? source, externalId: account.id };
  const names = { name: account.name.trim(), nameKey: nameKey(account.name), namedAt: at };
  return {
    workspaceId,
    id: uuid(),
    ...names,
    ...external,
    joinsId: null,
    returnsPendingSince: null,
    createdAt: now,
  };
}

async function findCalled(
  tx: Tx,
  workspaceId: string,
  called: readonly CalledAccount[],
): Promise<Map<string, Account>> {
  const found = new Map<string, Account>();
  const ofWorkspace = eq(accounts.workspaceId, workspaceId);
  const bySource = Map.groupBy(called, ({ source, account }) =>
    account.id === undefined ? null : (account.source ?? source),
  );
  for (const [source, group] of bySource) {
    const bears =
      source === null
        ? and(
            isNull(accounts.externalId),
            isOneOf(
              accounts.nameKey,
              group.map(({ account }) => nameKey(account.name)),
            ),
          )
        : and(
            eq(accounts.source, source),
            isOneOf(
              accounts.externalId,
              group.map(({ account }) => account.id ?? ''),
            ),
          );
    for (const row of await tx.select().from(accounts).where(and(ofWorkspace, bears))) {
      found.set(accountKey(source ?? '', { id: row.externalId ?? undefined, name: row.name }), row);
    }
  }
  return found;
}

/** By account id, the names it was given. A reference to another source's account tells which is meant, and gives it no name. */
function namesGiven(
  called: readonly CalledAccount[],
  byKey: ReadonlyMap<string, Account>,
): Map<string, GivenName[]> {
  const given = called.flatMap(({ source, account, at }) => {
    const id = byKey.get(accountKey(source, account))?.id;
    return id === undefined || account.source !== undefined ? [] : [{ id, name: account.name.trim(), at }];
  });
  return Map.groupBy(given, ({ id }) => id);
}

/** The same account when it is called by its latest name already. */
function renamedBy(account: Account, given: ReadonlyMap<string, GivenName[]>): Account {
  const before = { name: account.name, at: account.namedAt };
  const latest = currentName(before, given.get(account.id) ?? []);
  if (latest === before) return account;
  return { ...account, name: latest.name, nameKey: nameKey(latest.name), namedAt: latest.at };
}

/** The names that an account comes to bear, or bears no longer. */
function touchedNames(
  account: Account,
  given: ReadonlyMap<string, GivenName[]>,
  isNew: ReadonlySet<string>,
): string[] {
  const after = renamedBy(account, given).nameKey;
  return after !== account.nameKey || isNew.has(account.id) ? [account.nameKey, after] : [];
}
