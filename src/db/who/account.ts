import { and, asc, desc, eq, isNotNull, isNull, like, not, or, type SQL, sql } from 'drizzle-orm';
import { withoutLegalForm } from '../../domain/who/legal-form.ts';
import { nameKey } from '../../domain/who/name.ts';
import { ALIKE_WITHIN, alikeNames } from '../../domain/who/similar-names.ts';
import type { Tx } from '../driver.ts';
import { accounts, engagements } from '../schema/cycle.ts';
import { isOneOf } from '../sql/is-one-of.ts';

export type Account = typeof accounts.$inferSelect;

/** Where what is named by an account is: at the account that it has joined, if any. */
export function placeOf(account: Account): string {
  return account.joinsId ?? account.id;
}

/**
 * Holds accounts until the transaction ends, in the order of their ids: what comes next is decided under it. As all
 * locks here it is no full update lock: that would wait for everybody who has just inserted a row that refers to the
 * account, and they for us.
 */
export async function lockAccounts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return [];
  return await tx
    .select()
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isOneOf(accounts.id, ids)))
    .orderBy(asc(accounts.id))
    .for('no key update');
}

/** Holds an account that something is said of, and tells where that belongs now. Throws when there is no such account. */
export async function lockPlace(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ accountId: string; namedAccountId: string }> {
  const [account] = await lockAccounts(tx, workspaceId, [id]);
  if (account === undefined) throw new Error(`there is no account ${id}`);
  return { accountId: placeOf(account), namedAccountId: id };
}

/** Marks accounts whose returns are planned later, or takes the mark away. */
export async function markReturnsPending(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  returnsPendingSince: Date | null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(accounts)
    .set({ returnsPendingSince })
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        isOneOf(accounts.id, ids),
        returnsPendingSince === null
          ? isNotNull(accounts.returnsPendingSince)
          : isNull(accounts.returnsPendingSince),
      ),
    );
}

export async function readReturnsPending(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.workspaceId, workspaceId), isNotNull(accounts.returnsPendingSince)))
    .orderBy(asc(accounts.returnsPendingSince), asc(accounts.id))
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

/** Names that are compared letter by letter with one that is not known. */
const COMPARED_AT_MOST = 5_000;

export interface FoundAccounts {
  /** Accounts that bear the name, or are the same client as one that does. */
  exact: Account[];
  /** Where none bears it, those that may have been meant, nearest first: never to be acted on without asking. */
  near: Account[];
}

/**
 * Accounts of that name; where there is none, those a slip of the fingers or a legal form away, and those with a word
 * that begins so, the nearest first.
 */
export async function findAccounts(
  tx: Tx,
  workspaceId: string,
  name: string,
  limit: number,
): Promise<FoundAccounts> {
  const key = nameKey(name);
  const exact = await readPlaces(tx, workspaceId, eq(accounts.nameKey, key), limit);
  if (exact.length > 0 || key === '') return { exact, near: [] };
  const begins = `${withoutLegalForm(key).replace(/[\\%_]/g, '\\$&')}%`;
  const hasWord = or(like(accounts.nameKey, begins), like(accounts.nameKey, `% ${begins}`));
  const near = await readPlaces(tx, workspaceId, hasWord, limit);
  const alike = await readAlike(tx, workspaceId, key, limit);
  const distinct = new Map([...alike, ...near].map((account) => [account.id, account]));
  return { exact, near: [...distinct.values()].slice(0, limit) };
}

/** Accounts with a word that begins as typed, short names first. For type-ahead. */
export async function findAccountsTyped(
  tx: Tx,
  workspaceId: string,
  typed: string,
  limit: number,
): Promise<Account[]> {
  const begins = `${nameKey(typed).replace(/[\\%_]/g, '\\$&')}%`;
  const hasWord = or(like(accounts.nameKey, begins), like(accounts.nameKey, `% ${begins}`));
  return await readPlaces(tx, workspaceId, hasWord, limit);
}

/** The accounts that those with such a name are now: themselves, or what they are part of. Short names first. */
async function readPlaces(
  tx: Tx,
  workspaceId: string,
  isMeant: SQL | undefined,
  limit: number,
): Promise<Account[]> {
  const { id, joinsId, nameKey: key } = accounts;
  const places = await tx
    .select({ id: sql<string>`coalesce(${joinsId}, ${id})` })
    .from(accounts)
    .where(and(everWas(workspaceId), isMeant))
    .groupBy(sql`coalesce(${joinsId}, ${id})`)
    .orderBy(sql`min(length(${key}))`, sql`min(${key})`)
    .limit(limit);
  const found = await readAccounts(
    tx,
    workspaceId,
    places.map((place) => place.id),
  );
  return places.flatMap((place) => found.get(place.id) ?? []);
}

/** The account whose name is how a longer one begins, word by word, and how that goes on; the longest there is. */
export async function findAtStart(
  tx: Tx,
  workspaceId: string,
  name: string,
): Promise<{ account: Account; rest: string } | null> {
  const words = name.trim().split(/\s+/);
  const starts = words.slice(1).map((_, index) => nameKey(words.slice(0, index + 1).join(' ')));
  if (starts.length === 0) return null;
  const [found] = await tx
    .select()
    .from(accounts)
    .where(and(standsAlone(workspaceId), isOneOf(accounts.nameKey, starts)))
    .orderBy(desc(sql`length(${accounts.nameKey})`), asc(accounts.id))
    .limit(1);
  if (found === undefined) return null;
  const rest = words.slice(found.nameKey.split(' ').length).join(' ');
  return { account: found, rest };
}

async function readAlike(tx: Tx, workspaceId: string, key: string, limit: number): Promise<Account[]> {
  const sameEnd = or(
    sql`left(${accounts.nameKey}, 1) = left(${key}, 1)`,
    sql`right(${accounts.nameKey}, 2) = right(${key}, 2)`,
  );
  const sameLength = sql`length(${accounts.nameKey}) between ${key.length - ALIKE_WITHIN} and ${key.length + ALIKE_WITHIN}`;
  const { id, joinsId, name } = accounts;
  const rows = await tx
    .select({ id: sql<string>`coalesce(${joinsId}, ${id})`, name })
    .from(accounts)
    .where(and(everWas(workspaceId), sameEnd, sameLength))
    .limit(COMPARED_AT_MOST);
  const alike = alikeNames(key, rows).slice(0, limit);
  const found = await readAccounts(
    tx,
    workspaceId,
    alike.map((row) => row.id),
  );
  return alike.flatMap((row) => found.get(row.id) ?? []);
}

/** All but those that are part of another. */
function standsAlone(workspaceId: string) {
  return and(everWas(workspaceId), isNull(accounts.joinsId));
}

/** All but those of whom no more is known than an order that was taken back. */
function everWas(workspaceId: string) {
  const engagementWith = (ending: SQL) => sql`exists (select from ${engagements}
    where ${engagements.workspaceId} = ${accounts.workspaceId} and ${engagements.accountId} = ${accounts.id}
      and ${engagements.ending} ${ending} 'taken_back')`;
  const neverWas = sql`(${engagementWith(sql`=`)} and not ${engagementWith(sql`is distinct from`)})`;
  return and(eq(accounts.workspaceId, workspaceId), not(neverWas));
}
