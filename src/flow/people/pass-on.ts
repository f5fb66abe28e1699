import { readAccountsOfReturns } from '../../db/asking/return.ts';
import { lockOpenOfReps, updateEngagements } from '../../db/cycle/engagement.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { readJoined, readUnreachableLed } from '../../db/who/rep.ts';
import { schedulePrompts, unique } from '../asking/schedule-prompts.ts';
import { passOnNamed, scheduleReturns } from '../asking/schedule-returns.ts';
import { placeWithStandIns } from '../asking/stand-in.ts';
import { findOwners, type Scope } from '../scope.ts';

/**
 * Lets everything that is open of these reps, and of those for whom they stand in, be asked of whoever is to be asked
 * now: it goes on when somebody can no longer be reached, and comes home when they can. Returns the reps who have an
 * urgent prompt due.
 */
export async function passOn(scope: Scope, repIds: readonly string[]): Promise<string[]> {
  const { tx, workspaceId } = scope;
  const ids = await withDependants(scope, repIds);
  const engagements = await lockOpenOfReps(tx, workspaceId, ids);
  const returns = await readAccountsOfReturns(tx, workspaceId, ids);
  const accountIds = unique([...engagements.map((engagement) => engagement.accountId), ...returns]);
  await lockAccounts(tx, workspaceId, accountIds);
  const named = engagements.map((engagement) => engagement.namedOwnerId);
  const owners = await findOwners(scope, unique(named));
  const rows = engagements.map((engagement) => {
    const owner = owners.get(engagement.namedOwnerId);
    if (owner === undefined) throw new Error(`engagement ${engagement.id} has an owner who is no rep`);
    return { ...engagement, ownerId: owner.id, namedOwnerId: owner.personId };
  });
  const moved = rows.filter(({ ownerId, namedOwnerId }, index) => {
    return ownerId !== engagements[index]?.ownerId || namedOwnerId !== engagements[index]?.namedOwnerId;
  });
  await updateEngagements(tx, moved);
  const urgent = await schedulePrompts(scope, rows);
  await passOnNamed(scope, ids);
  await scheduleReturns(scope, returns);
  urgent.push(...(await placeWithStandIns(scope, ids)));
  return urgent;
}

/** Whoever is these reps under another name, and whoever cannot be reached and is led by them, all down the line. */
async function withDependants({ tx, workspaceId }: Scope, repIds: readonly string[]): Promise<string[]> {
  const all = new Set(repIds);
  for (let next = [...all]; next.length > 0; ) {
    const found = [
      ...(await readJoined(tx, workspaceId, next)),
      ...(await readUnreachableLed(tx, workspaceId, next)),
    ];
    next = unique(found.map(({ id }) => id)).filter((id) => !all.has(id));
    for (const id of next) all.add(id);
  }
  return [...all];
}
