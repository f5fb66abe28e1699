import { v7 as uuid } from 'uuid';
import { findDueSummaries, findUntoldKeepers, insertSummary } from '../../db/asking/admin-summary.ts';
import { readReps } from '../../db/who/rep.ts';
import { nextDigestAt } from '../../domain/figures/digest.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';

/**
 * Plans for each admin who keeps what nobody can be asked the summary of the next first working morning of a week, and
 * puts those that are due on their way, each once.
 */
export async function claimAdminSummaries(flow: Flow, workspaceId: string): Promise<void> {
  await inScope(flow, workspaceId, async (scope) => {
    const { tx, store, now } = scope;
    const keepers = await readReps(tx, workspaceId, await findUntoldKeepers(tx, workspaceId));
    for (const rep of keepers.values()) {
      const dueAt = nextDigestAt('weekly', calendarFor(scope, rep), now);
      await insertSummary(tx, { workspaceId, id: uuid(), repId: rep.id, dueAt });
    }
    for (const summaryId of await findDueSummaries(tx, workspaceId, now))
      await store.enqueue(tx, 'send-admin-summary', { workspaceId, summaryId });
  });
}
