import { readPlanned } from '../../db/asking/planned.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { localDate } from '../../domain/asking/workday.ts';
import type { Flow } from '../ports.ts';

/** What a rep will be asked, by the local day of theirs: whatever falls on one day comes in one DM. */
export interface PlanOfRep {
  name: string;
  /** Oldest first; days are YYYY-MM-DD. */
  days: { day: string; questions: number }[];
}

/** What each rep will be asked for the first time, as it is planned now; reps by name. */
export async function showPlan(flow: Flow, workspaceId: string): Promise<PlanOfRep[]> {
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const planned = await readPlanned(tx, workspaceId);
    const byRep = Map.groupBy(planned, ({ repId }) => repId);
    return [...byRep.values()].map((rows) => {
      const days = new Map<string, number>();
      for (const { timeZone, dueAt, count } of rows) {
        const day = localDate(timeZone ?? playbook.timeZone, dueAt);
        days.set(day, (days.get(day) ?? 0) + count);
      }
      const name = rows[0]?.name ?? '';
      return { name, days: [...days].map(([day, questions]) => ({ day, questions })) };
    });
  });
}
