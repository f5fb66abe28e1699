import type { Tx } from '../db/driver.ts';
import { findFallbackRep, type Rep, readReps } from '../db/rep.ts';
import type { Store } from '../db/store.ts';
import { readPlaybook } from '../db/workspace.ts';
import { calendarOf, type Playbook } from '../domain/asking/playbook.ts';
import type { Calendar } from '../domain/asking/workday.ts';
import { heirOf } from '../domain/who/owner.ts';
import type { Flow } from './ports.ts';

/** What the steps inside one transaction share. Locks are taken in this order: engagements, accounts, reps, prompts. */
export interface Scope {
  tx: Tx;
  store: Store;
  workspaceId: string;
  playbook: Playbook;
  now: Date;
}

/** Opens a transaction for one workspace. `work` may run again after a deadlock. */
export async function inScope<T>(
  flow: Flow,
  workspaceId: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const now = flow.now();
  return await flow.store.transaction(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    return await work({ tx, store: flow.store, workspaceId, playbook, now });
  });
}

export function calendarFor(scope: Pick<Scope, 'playbook'>, rep: Rep): Calendar {
  return calendarOf(scope.playbook, rep);
}

/** For each rep who is named as an owner, the one who is asked: the rep, or whoever stands in. */
export async function findOwners(scope: Scope, namedIds: readonly string[]): Promise<Map<string, Rep>> {
  const named = await readReps(scope.tx, scope.workspaceId, namedIds);
  const owners = new Map<string, Rep>();
  for (const rep of named.values()) owners.set(rep.id, rep.active ? rep : await standIn(scope, rep));
  return owners;
}

/** The heir of somebody who left; they themselves when nobody is left at all. */
async function standIn(scope: Scope, rep: Rep): Promise<Rep> {
  const line = new Map([[rep.id, rep]]);
  let managerId = rep.managerId;
  while (managerId !== null && !line.has(managerId)) {
    const manager = (await readReps(scope.tx, scope.workspaceId, [managerId])).get(managerId);
    if (manager === undefined) break;
    line.set(manager.id, manager);
    managerId = manager.managerId;
  }
  const heir = heirOf(rep, line, null) ?? (await findFallbackRep(scope.tx, scope.workspaceId));
  return heir ?? rep;
}
