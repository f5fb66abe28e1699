import { v7 as uuid } from 'uuid';
import { findOwnAccounts } from '../../db/board.ts';
import { readAccounts } from '../../db/who/account.ts';
import type { JoinChange } from '../../db/who/account-name.ts';
import { insertJoin, lockJoin, takeBackJoin } from '../../db/who/join.ts';
import { insertJoinChanges } from '../../db/who/join-change.ts';
import { placeClients } from '../../db/who/same-client.ts';
import { followNames } from '../intake/follow-names.ts';
import type { Who } from '../people/ensure-rep.ts';
import { leads, readerOf, readReadable } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';

export type Joined =
  | { kind: 'joined'; account: { id: string; name: string }; as: { id: string; name: string } }
  /** They were one already. */
  | { kind: 'same_already'; name: string }
  /** One of the two is none that they may know of. */
  | { kind: 'gone' };

/**
 * A person says that two accounts are the same client: from then on all that is the first one's is the second one's,
 * whatever their names and ids, until it is taken back.
 */
export async function sayClientsSame(
  flow: Flow,
  said: Who & { accountId: string; asId: string; key: string },
): Promise<Joined> {
  const { workspaceId, key } = said;
  const reader = await readerOf(flow, said);
  const [joined, changes] = await inScope(
    flow,
    workspaceId,
    async (scope): Promise<[Joined, JoinChange[]]> => {
      const { tx, now } = scope;
      const [account, as] = [
        await readReadable(tx, reader, said.accountId),
        await readReadable(tx, reader, said.asId),
      ];
      if (account === null || as === null || reader.isGuest) return [{ kind: 'gone' }, []];
      if (account.id === as.id) return [{ kind: 'same_already', name: as.name }, []];
      const join = { workspaceId, id: uuid(), key, repId: reader.rep.id, at: now };
      await insertJoin(tx, { ...join, kind: 'same_client', subject: account.id, object: as.id });
      return [{ kind: 'joined', account, as }, await placeAnew(scope, [account.id, as.id])];
    },
  );
  await followNames(flow, { workspaceId, changes });
  return joined;
}

export type Parted =
  | { kind: 'parted'; account: { id: string; name: string }; from: { id: string; name: string } }
  | { kind: 'gone' }
  | { kind: 'not_theirs' };

/**
 * Takes back that two accounts are the same client: whoever said it may, whoever leads them, and whoever has, or had,
 * something at one of the two.
 */
export async function takeBackSameClient(flow: Flow, said: Who & { joinId: string }): Promise<Parted> {
  const { workspaceId } = said;
  const { rep, isGuest } = await readerOf(flow, said);
  const [parted, changes] = await inScope(
    flow,
    workspaceId,
    async (scope): Promise<[Parted, JoinChange[]]> => {
      const { tx, now } = scope;
      const join = await lockJoin(tx, workspaceId, said.joinId);
      if (join === null || join.kind !== 'same_client') return [{ kind: 'gone' }, []];
      const ids = [join.subject, join.object];
      const isTheirs =
        (await leads(scope, rep.id, join.repId)) ||
        (!isGuest && (await findOwnAccounts(tx, workspaceId, rep.id, ids)).size > 0);
      if (!isTheirs) return [{ kind: 'not_theirs' }, []];
      await takeBackJoin(tx, workspaceId, join.id, { takenBackBy: rep.id, takenBackAt: now });
      const changes = await placeAnew(scope, ids);
      const found = await readAccounts(tx, workspaceId, ids);
      const [account, from] = [found.get(join.subject), found.get(join.object)];
      if (account === undefined || from === undefined) return [{ kind: 'gone' }, changes];
      return [{ kind: 'parted', account, from }, changes];
    },
  );
  await followNames(flow, { workspaceId, changes });
  return parted;
}

/** Kept in mind until all has followed: the sweep goes on with what a dead process left. */
async function placeAnew(
  { tx, workspaceId, now }: Scope,
  accountIds: readonly string[],
): Promise<JoinChange[]> {
  const changes = await placeClients(tx, workspaceId, accountIds);
  if (changes.length > 0) await insertJoinChanges(tx, workspaceId, changes, now);
  return changes;
}
