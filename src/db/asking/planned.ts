import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../driver.ts';
import { prompts } from '../schema/asking.ts';
import { reps } from '../schema/people.ts';

/** So many questions that a rep is asked at one time. */
export interface Planned {
  repId: string;
  name: string;
  /** IANA zone; null means the playbook's. */
  timeZone: string | null;
  dueAt: Date;
  count: number;
}

/** All questions that are open and were not asked yet, by rep and time, whether the rep can be reached or not. */
export async function readPlanned(tx: Tx, workspaceId: string): Promise<Planned[]> {
  const rep = { repId: reps.id, name: reps.name, timeZone: reps.timeZone };
  return await tx
    .select({ ...rep, dueAt: prompts.dueAt, count: count() })
    .from(prompts)
    .innerJoin(reps, and(eq(reps.workspaceId, prompts.workspaceId), eq(reps.id, prompts.repId)))
    .where(and(eq(prompts.workspaceId, workspaceId), isNull(prompts.closedAt), eq(prompts.asked, 0)))
    .groupBy(reps.id, reps.name, reps.timeZone, prompts.dueAt)
    .orderBy(asc(reps.name), asc(reps.id), asc(prompts.dueAt));
}
