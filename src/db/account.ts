import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { AccountRef } from '../domain/cycle/deal-update.ts';
import { nameKey } from '../domain/who/name.ts';
import type { Tx } from './driver.ts';
import { accounts } from './schema/cycle.ts';
import { isOneOf } from './sql/is-one-of.ts';
import { overwriteRows, rowsOf } from './sql/rows-of.ts';

export type Account = typeof accounts.$inferSelect;

/** An account as a deal names it, with the time from which the name holds. */
export interface NamedAccount {
  source: string;
  account: AccountRef;
  at: Date;
}

export function accountKey(source: string, account: AccountRef): string {
  return account.id === undefined ? `name:${nameKey(account.name)}` : `id:${source}\n${account.id}`;
}

/**
 * The account of each name or id, keyed by accountKey(); new ones are made. A client known by name only is taken
 * over by the first id that comes with that name. Two ids are two accounts, whatever their names.
 */
export async function resolveAccounts(
  tx: Tx,
  workspaceId: string,
  named: readonly NamedAccount[],
  now: Date,
): Promise<Map<string, string>> {
  const latest = new Map<string, NamedAccount>();
  for (const one of [...named].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    latest.set(accountKey(one.source, one.account), one);
  }
  const found = new Map<string, string>();
  const [withId, byName] = partition([...latest.values()], (one) => one.account.id !== undefined);
  // Ids first: a name alone in the same batch leads to whoever has the id.
  for (const named of [withId, byName]) {
    await findAll(tx, workspaceId, named, found);
    const missing = named.filter((one) => !found.has(accountKey(one.source, one.account)));
    if (missing.length === 0) continue;
    const rows = missing.map((one) => newAccount(workspaceId, one, now));
    await tx.insert(accounts).select(rowsOf(accounts, rows)).onConflictDoNothing();
    // Read back: somebody else may have been faster.
    await findAll(tx, workspaceId, missing, found);
  }
  return found;
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

async function findAll(
  tx: Tx,
  workspaceId: string,
  named: NamedAccount[],
  found: Map<string, string>,
): Promise<void> {
  await findById(tx, workspaceId, named, found);
  await findByName(tx, workspaceId, named, found);
}

function newAccount(workspaceId: string, { source, account, at }: NamedAccount, now: Date) {
  const external =
    account.id === undefined ? { source: null, externalId: null } : { source, externalId: account.id };
  const names = { name: account.name.trim(), nameKey: nameKey(account.name), namedAt: at };
  return { workspaceId, id: uuid(), ...names, ...external, unsettledAt: null, createdAt: now };
}

async function findById(
  tx: Tx,
  workspaceId: string,
  named: NamedAccount[],
  found: Map<string, string>,
): Promise<void> {
  const bySource = Map.groupBy(
    named.filter((one) => one.account.id !== undefined),
    (one) => one.source,
  );
  for (const [source, group] of bySource) {
    const ids = group.map((one) => one.account.id ?? '');
    const ofSource = and(eq(accounts.workspaceId, workspaceId), eq(accounts.source, source));
    const rows = await tx
      .select()
      .from(accounts)
      .where(and(ofSource, isOneOf(accounts.externalId, ids)));
    const byId = new Map(rows.map((row) => [row.externalId, row]));
    for (const one of group) {
      const row = byId.get(one.account.id ?? '');
      if (row === undefined) continue;
      found.set(accountKey(source, one.account), row.id);
    }
  }
}

async function findByName(
  tx: Tx,
  workspaceId: string,
  named: NamedAccount[],
  found: Map<string, string>,
): Promise<void> {
  const missing = named.filter((one) => !found.has(accountKey(one.source, one.account)));
  if (missing.length === 0) return;
  const keys = missing.map((one) => nameKey(one.account.name));
  const rows = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isOneOf(accounts.nameKey, keys)))
    .orderBy(asc(accounts.createdAt), asc(accounts.id));
  const byName = Map.groupBy(rows, (row) => row.nameKey);
  for (const one of missing) {
    const candidates = byName.get(nameKey(one.account.name)) ?? [];
    const nameOnly = candidates.find((row) => row.externalId === null);
    const row = one.account.id === undefined ? (nameOnly ?? candidates[0]) : nameOnly;
    if (row === undefined) continue;
    if (one.account.id !== undefined && !(await takeOver(tx, workspaceId, row, one))) continue;
    found.set(accountKey(one.source, one.account), row.id);
  }
}

/** Gives a client known by name only its id. False when somebody else was faster. */
async function takeOver(
  tx: Tx,
  workspaceId: string,
  row: Account,
  { source, account }: NamedAccount,
): Promise<boolean> {
  const taken = await tx
    .update(accounts)
    .set({ source, externalId: account.id ?? null })
    .where(and(eq(accounts.workspaceId, workspaceId), eq(accounts.id, row.id), isNull(accounts.externalId)))
    .returning({ id: accounts.id });
  row.externalId = account.id ?? null;
  return taken.length > 0;
}

/**
 * Holds accounts until the transaction ends, in the order of their ids: what comes next is decided under it. As all
 * locks here it is no full update lock: that would wait for everybody who has just inserted a row that refers to the
 * account, and they for us.
 */
export async function lockAccounts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Account[]> {
  return await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isOneOf(accounts.id, ids)))
    .orderBy(asc(accounts.id))
    .for('no key update');
}

/**
 * Names accounts that the caller holds. The latest name wins, also over the same name given earlier; of two at the
 * same instant the greater: so the order that they come in does not matter.
 */
export async function nameAccounts(
  tx: Tx,
  held: readonly Account[],
  names: readonly { accountId: string; name: string; at: Date }[],
): Promise<void> {
  const byAccount = Map.groupBy(names, ({ accountId }) => accountId);
  const renamed = held.flatMap((account) => {
    const before = { name: account.name, at: account.namedAt };
    const latest = (byAccount.get(account.id) ?? []).reduce((a, b) => (isLaterName(a, b) ? b : a), before);
    if (latest === before) return [];
    return { ...account, name: latest.name, nameKey: nameKey(latest.name), namedAt: latest.at };
  });
  await overwriteRows(tx, accounts, renamed);
}

function isLaterName(a: { name: string; at: Date }, b: { name: string; at: Date }): boolean {
  return b.at > a.at || (b.at.getTime() === a.at.getTime() && b.name > a.name);
}

/** Marks accounts that have nothing going on and get their return later, or takes the mark away. */
export async function markUnsettled(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  unsettledAt: Date | null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(accounts)
    .set({ unsettledAt })
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        isOneOf(accounts.id, ids),
        ...(unsettledAt === null ? [isNotNull(accounts.unsettledAt)] : []),
      ),
    );
}

export async function readUnsettled(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isNotNull(accounts.unsettledAt)))
    .orderBy(asc(accounts.unsettledAt), asc(accounts.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

export async function readAccounts(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Account>> {
  const rows = await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isOneOf(accounts.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}
