import { lockPlace } from '../../db/who/account.ts';
import { accountKey, nameAccounts } from '../../db/who/account-name.ts';
import { TYPED_SOURCE } from '../../domain/cycle/deal-update.ts';
import type { Reader } from '../people/may.ts';
import type { Scope } from '../scope.ts';
import { type Client, type FoundClient, findClient } from './find-account.ts';

/** A client that something is said of, held, and where that belongs now. */
export interface LockedClient {
  kind: 'found';
  account: { id: string; name: string };
  place: { accountId: string; namedAccountId: string };
}

/** Finds the client somebody means, makes it where they said that it is new, and holds it until the transaction ends. */
export async function lockClient(
  scope: Scope,
  reader: Reader,
  client: Client,
): Promise<LockedClient | Extract<FoundClient, { kind: 'unknown' }>> {
  const { tx, workspaceId } = scope;
  const found = await findClient(tx, reader, client);
  if (found.kind === 'unknown') return found;
  const { id, name } = found.kind === 'found' ? found.account : await begin(scope, found.name);
  return { kind: 'found', account: { id, name }, place: await lockPlace(tx, workspaceId, id) };
}

async function begin({ tx, workspaceId, now }: Scope, name: string): Promise<{ id: string; name: string }> {
  const called = { source: TYPED_SOURCE, account: { name }, at: now };
  const { byKey } = await nameAccounts(tx, workspaceId, [called], [], now);
  const account = byKey.get(accountKey(TYPED_SOURCE, { name }));
  if (account === undefined) throw new Error('a new account was not stored');
  return account;
}
