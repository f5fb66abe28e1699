import { resolveOwners } from '../../db/who/owner.ts';
import { changeRep, readReps } from '../../db/who/rep.ts';
import { nameAlias } from '../../domain/who/owner.ts';
import { unique } from '../asking/schedule-prompts.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { passOn } from './pass-on.ts';

/**
 * Records who leads whom, by the names that sources use. What somebody owns who cannot be reached goes to their new
 * manager. Returns how many reps got another manager.
 */
export async function importTeams(
  flow: Flow,
  workspaceId: string,
  rows: readonly { owner: string; manager: string }[],
): Promise<number> {
  const { store } = flow;
  const byAlias = await inScope(flow, workspaceId, async ({ tx, now }) => {
    const names = rows.flatMap((row) => [{ name: row.owner }, { name: row.manager }]);
    const resolved = await resolveOwners(tx, workspaceId, names, now);
    if (resolved.isNews) await store.enqueue(tx, 'identify-owners', { workspaceId });
    return resolved.byAlias;
  });
  const changed: string[] = [];
  for (const { owner, manager } of rows) {
    const repId = byAlias.get(nameAlias(owner));
    const managerId = byAlias.get(nameAlias(manager));
    if (repId === undefined || managerId === undefined || repId === managerId) continue;
    const rep = (await store.read((tx) => readReps(tx, workspaceId, [repId]))).get(repId);
    if (rep === undefined || rep.managerId === managerId) continue;
    // Under that name, and as the person who they are: one row at a time, as changeRep() asks for.
    for (const id of unique([repId, rep.joinedTo ?? repId]))
      await store.transaction((tx) => changeRep(tx, workspaceId, id, { managerId }));
    changed.push(repId);
  }
  if (changed.length > 0) await inScope(flow, workspaceId, (scope) => passOn(scope, changed));
  return changed.length;
}
