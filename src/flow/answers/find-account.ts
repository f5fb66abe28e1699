import { readDoors, readTurns } from '../../db/board.ts';
import type { Tx } from '../../db/driver.ts';
import { type Account, findAtStart } from '../../db/who/account.ts';
import type { Rep } from '../../db/who/rep.ts';
import type { Who } from '../people/ensure-rep.ts';
import { findReadable, type Reader, readerOf, readReadable } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { toEngagementView } from '../show/prompt-view.ts';
import type { SuggestedAccount } from '../show/views.ts';

const NAMES_AT_MOST = 10;

/** The client that somebody means: one that they picked, or a name as they typed it. */
export type Client =
  | { id: string }
  /** `isNew`: they said that it is a client whom nobody knows yet. */
  | { name: string; isNew?: boolean | undefined };

/** Nothing is kept of a client who is not `found` or `new`: whoever typed the name is asked back. */
export type FoundClient =
  | { kind: 'found'; account: Account }
  | { kind: 'new'; name: string }
  | { kind: 'unknown'; near: SuggestedAccount[] };

/**
 * Finds who is meant. A name is known when an account bears it, but for case and spaces; where several do, a rep means
 * the one at which something of their own stands open, where only one such is.
 */
export async function findClient(tx: Tx, reader: Reader, client: Client): Promise<FoundClient> {
  if ('id' in client) {
    const account = await readReadable(tx, reader, client.id);
    return account === null ? { kind: 'unknown', near: [] } : { kind: 'found', account };
  }
  const { exact, near } = await findReadable(tx, reader, client.name, NAMES_AT_MOST);
  const [borne, ...others] = await ownFirst(tx, reader.rep, exact);
  if (borne !== undefined && others.length === 0) return { kind: 'found', account: borne };
  if (borne !== undefined) return { kind: 'unknown', near: await toldApart(tx, [borne, ...others]) };
  if (client.isNew && !reader.isGuest) return { kind: 'new', name: client.name };
  return { kind: 'unknown', near: await toldApart(tx, near) };
}

/** What one of the names that somebody may have typed leads to. */
export interface MeantName {
  name: string;
  /** Those that bear it. */
  exact: SuggestedAccount[];
  /** Where none does: those that may have been meant. */
  near: SuggestedAccount[];
}

export interface MeantNames {
  meant: MeantName[];
  /** Whether they may tell of clients whom nobody knows yet. */
  mayBeNew: boolean;
}

/** What each of some names leads to, in their order. */
export async function meantNames(flow: Flow, who: Who, names: readonly string[]): Promise<MeantNames> {
  const reader = await readerOf(flow, who);
  const meant = await flow.store.read(async (tx) => {
    const all: MeantName[] = [];
    for (const name of names) {
      const { exact, near } = await findReadable(tx, reader, name, NAMES_AT_MOST);
      const borne = await toldApart(tx, await ownFirst(tx, reader.rep, exact));
      all.push({ name, exact: borne, near: await toldApart(tx, near) });
    }
    return all;
  });
  return { meant, mayBeNew: !reader.isGuest };
}

/** The account whose name begins what somebody typed, and what follows it there; null where none does. */
export async function startOf(
  flow: Flow,
  who: Who,
  typed: string,
): Promise<{ account: SuggestedAccount; rest: string } | null> {
  const reader = await readerOf(flow, who);
  return await flow.store.read(async (tx) => {
    const found = await findAtStart(tx, who.workspaceId, typed);
    const account = found === null ? null : await readReadable(tx, reader, found.account.id);
    if (found === null || account === null) return null;
    return { account: { id: account.id, name: account.name, latest: null }, rest: found.rest };
  });
}

/** Accounts that bear one name get their latest deal beside it. */
export async function toldApart(tx: Tx, found: readonly Account[]): Promise<SuggestedAccount[]> {
  const byName = Map.groupBy(found, ({ nameKey }) => nameKey);
  const told: SuggestedAccount[] = [];
  for (const { workspaceId, id, name, nameKey } of found) {
    const isAlone = (byName.get(nameKey)?.length ?? 0) < 2;
    const [turn] = isAlone ? [] : await readTurns(tx, workspaceId, id, 1);
    const latest = turn === undefined ? null : { ...toEngagementView(turn.engagement), owner: turn.owner };
    told.push({ id, name, latest });
  }
  return told;
}

/** Those of a name at which something of the rep's own stands open; all of them where nothing does. */
async function ownFirst(tx: Tx, rep: Rep, accounts: readonly Account[]): Promise<readonly Account[]> {
  if (accounts.length < 2) return accounts;
  const own: Account[] = [];
  for (const account of accounts) {
    const of = { repId: rep.id, accountId: account.id, limit: 1 };
    if ((await readDoors(tx, rep.workspaceId, of)).length > 0) own.push(account);
  }
  return own.length > 0 ? own : accounts;
}
