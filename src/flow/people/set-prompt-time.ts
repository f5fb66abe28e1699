import { saveRep } from '../../db/who/rep.ts';
import { nextPromptTime } from '../../domain/asking/workday.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';
import { ensureRep, type Who } from './ensure-rep.ts';

/**
 * Sets when a rep's daily bundle comes: `promptAt` in minutes after local midnight. Outside the working hours it is the
 * nearest minute inside them. Returns the next time it comes.
 */
export async function setPromptTime(
  flow: Flow,
  { promptAt, ...who }: Who & { promptAt: number },
): Promise<{ nextAt: Date; timeZone: string }> {
  const rep = await ensureRep(flow, who);
  return await inScope(flow, who.workspaceId, async (scope) => {
    await saveRep(scope.tx, who.workspaceId, rep.id, { promptAt });
    await reschedulePrompts(scope, rep.id);
    const calendar = calendarFor(scope, { ...rep, promptAt });
    return { nextAt: nextPromptTime(calendar, scope.now), timeZone: calendar.timeZone };
  });
}
