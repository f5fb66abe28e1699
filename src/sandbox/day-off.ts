import { findRepBySlackUser } from '../db/who/rep.ts';
import { isAwayOn } from '../domain/asking/stand-in.ts';
import { isWorkingDay, localDate } from '../domain/asking/workday.ts';
import type { Who } from '../flow/people/ensure-rep.ts';
import type { Flow } from '../flow/ports.ts';
import { calendarFor, inScope } from '../flow/scope.ts';

/**
 * Why somebody does not work today, by the panel's clock, in a word; undefined for a working day, and before the product
 * has started.
 */
export async function whyOff(
  flow: Flow | null,
  who: Who & { timeZone: string | null },
): Promise<string | undefined> {
  if (flow === null) return undefined;
  return await inScope(flow, who.workspaceId, async (scope) => {
    const rep = await findRepBySlackUser(scope.tx, who.workspaceId, who.slackUserId);
    const calendar = calendarFor(scope, rep ?? { timeZone: who.timeZone, promptAt: null });
    const today = localDate(calendar.timeZone, scope.now);
    if (rep !== null && isAwayOn(rep, today)) return 'away';
    if (calendar.holidays.has(today)) return 'holiday';
    if (isWorkingDay(calendar, today)) return undefined;
    return isWorkingDay({ ...calendar, off: [] }, today) ? 'day off' : 'weekend';
  });
}
