import { lockReps, saveRep } from '../../db/who/rep.ts';
import type { TimeOff } from '../../domain/asking/workday.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';

/** What is left out stays; null goes by the playbook again. */
export interface OwnTimeChange {
  /** Minutes after midnight where the rep is. */
  promptAt?: number | null;
  hoursFrom?: number | null;
  hoursTo?: number | null;
  /** ISO weekdays, one at least. */
  days?: number[] | null;
  /** `PT`, `DE-BY`, or `none`. */
  holidaysIn?: string | null;
}

/** Changes a rep's own working time; what they are asked follows. */
export async function setOwnTime(
  flow: Flow,
  { change, ...who }: Who & { change: OwnTimeChange },
): Promise<void> {
  const { id } = await ensureRep(flow, who);
  await inScope(flow, who.workspaceId, async (scope) => {
    await saveRep(scope.tx, who.workspaceId, id, change);
    await reschedulePrompts(scope, id);
  });
}

/** Adds days off of a rep's own, or takes those away that begin on a day. */
export async function setDaysOff(
  flow: Flow,
  { add, removeFrom, ...who }: Who & { add?: TimeOff; removeFrom?: string },
): Promise<void> {
  const { id } = await ensureRep(flow, who);
  await inScope(flow, who.workspaceId, async (scope) => {
    const { tx, workspaceId } = scope;
    const daysOff = (await lockReps(tx, workspaceId, [id])).get(id)?.daysOff ?? [];
    const kept = daysOff.filter(({ from }) => from !== removeFrom && from !== add?.from);
    const all = add === undefined ? kept : [...kept, add].sort((a, b) => (a.from < b.from ? -1 : 1));
    await saveRep(tx, workspaceId, id, { daysOff: all.slice(-MOST_SPELLS) });
    await reschedulePrompts(scope, id);
  });
}

/** Days off that are kept of one rep: those of years ago need not be. */
const MOST_SPELLS = 60;
