import { readReps, resolveOwners, saveRep } from '../../db/rep.ts';
import { ownerAliases } from '../../domain/who/owner.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

/** Records who leads whom, by the names that sources use. Returns how many reps got another manager. */
export async function importTeams(
  flow: Flow,
  workspaceId: string,
  rows: readonly { owner: string; manager: string }[],
): Promise<number> {
  return await inScope(flow, workspaceId, async ({ tx, now }) => {
    const names = rows.flatMap((row) => [{ name: row.owner }, { name: row.manager }]);
    const { byAlias } = await resolveOwners(tx, workspaceId, names, now);
    const idOf = (name: string) => byAlias.get(ownerAliases({ name })[0] ?? '');
    const reps = await readReps(tx, workspaceId, [...byAlias.values()]);
    let changed = 0;
    for (const { owner, manager } of rows) {
      const repId = idOf(owner);
      const managerId = idOf(manager);
      if (repId === undefined || managerId === undefined || repId === managerId) continue;
      if (reps.get(repId)?.managerId === managerId) continue;
      await saveRep(tx, workspaceId, repId, { managerId });
      changed += 1;
    }
    return changed;
  });
}
