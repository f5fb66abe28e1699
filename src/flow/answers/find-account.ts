import { readDoors } from '../../db/board.ts';
import type { Tx } from '../../db/driver.ts';
import type { Account } from '../../db/who/account.ts';
import type { Rep } from '../../db/who/rep.ts';
import { findReadable, type Reader } from '../people/may.ts';

const NAMES_AT_MOST = 10;

/** Which account somebody means who types a name. */
export type FoundAccount =
  /** It bears the name, but for case and spaces; or it is the only one that comes near. */
  | { kind: 'found'; account: Account }
  /** None bears the name, and several come near it. */
  | { kind: 'several'; names: string[] }
  /** None comes near; `alike` are names that may be meant by a slip of the fingers: never to be acted on. */
  | { kind: 'unknown'; alike: string[] };

/**
 * Where several accounts bear the name, a rep means the one at which something of their own stands open. A name that
 * is meant as it is written leads to none that only comes near.
 */
export async function findAccount(
  tx: Tx,
  reader: Reader,
  name: string,
  { asWritten = false }: { asWritten?: boolean | undefined } = {},
): Promise<FoundAccount> {
  const { exact, near, alike } = await findReadable(tx, reader, name, NAMES_AT_MOST);
  const [borne] = await ownFirst(tx, reader.rep, exact);
  if (borne !== undefined) return { kind: 'found', account: borne };
  if (asWritten) return { kind: 'unknown', alike: [] };
  const [only, ...others] = near;
  if (only === undefined) return { kind: 'unknown', alike };
  if (others.length > 0) return { kind: 'several', names: near.map((account) => account.name) };
  return { kind: 'found', account: only };
}

/** What may have been meant, for whoever is asked back. */
export function namesNear(found: Exclude<FoundAccount, { kind: 'found' }>): string[] {
  return found.kind === 'several' ? found.names : found.alike;
}

async function ownFirst(tx: Tx, rep: Rep, accounts: readonly Account[]): Promise<readonly Account[]> {
  if (accounts.length < 2) return accounts;
  const own: Account[] = [];
  for (const account of accounts) {
    const of = { repId: rep.id, accountId: account.id, limit: 1 };
    if ((await readDoors(tx, rep.workspaceId, of)).length > 0) own.push(account);
  }
  return [...own, ...accounts.filter((account) => !own.includes(account))];
}
