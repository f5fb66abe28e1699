import { wantHomeOfRep, wantHomesAsked } from '../../db/homes.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { Scope } from '../scope.ts';

/** Whoever has not opened Home for so long has it drawn when they open it. */
const OPENED_WITHIN_DAYS = 14;

/** Has the Home of whoever is asked these questions drawn anew once the transaction is through: one drawing a rep. */
export async function wantHomesOf(scope: Scope, promptIds: readonly string[]): Promise<void> {
  if (promptIds.length === 0) return;
  await draw(scope, await wantHomesAsked(scope.tx, scope.workspaceId, promptIds, openedSince(scope)));
}

/** The same for a rep, of whose desk something else has changed. */
export async function wantHomeOf(scope: Scope, repId: string): Promise<void> {
  await draw(scope, await wantHomeOfRep(scope.tx, scope.workspaceId, repId, openedSince(scope)));
}

function openedSince({ now }: Scope): Date {
  return new Date(now.getTime() - OPENED_WITHIN_DAYS * DAY_MS);
}

async function draw({ tx, store, workspaceId }: Scope, repIds: readonly string[]): Promise<void> {
  for (const repId of repIds) {
    const singletonKey = `${workspaceId}:${repId}`;
    await store.enqueue(tx, 'redraw-home', { workspaceId, repId }, { singletonKey });
  }
}
