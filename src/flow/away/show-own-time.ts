import { type Rep, readReps } from '../../db/who/rep.ts';
import { NO_HOLIDAYS } from '../../domain/asking/playbook.ts';
import { localDate, type TimeOff } from '../../domain/asking/workday.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';
import { holidaysViewOf } from '../show/holidays-view.ts';
import type { AwayView, HolidaysView } from '../show/views.ts';

/** What a rep set for themselves, and what holds where they set nothing. Dates and times are those where they are. */
export interface OwnTimeView {
  timeZone: string;
  today: string;
  /** Minutes after midnight. */
  promptAt: number;
  hours: { from: number; to: number };
  /** ISO weekdays. */
  days: readonly number[];
  holidays: HolidaysView;
  /** Those that are still to come. */
  daysOff: readonly TimeOff[];
  away: AwayView | null;
  /** Slack user ids. */
  valueTalks: string | null;
  manager: string | null;
}

/** A rep's own settings. */
export async function showOwnTime(flow: Flow, who: Who): Promise<OwnTimeView> {
  const { id } = await ensureRep(flow, who);
  return await inScope(flow, who.workspaceId, async (scope) => {
    const { tx, workspaceId, playbook, now } = scope;
    const rep = await readOne(tx, workspaceId, id);
    const calendar = calendarFor(scope, rep);
    const today = localDate(calendar.timeZone, now);
    const ids = [rep.delegateId, rep.valueTalksId, rep.managerId].filter((one) => one !== null);
    const others = await readReps(tx, workspaceId, ids);
    const slackUserOf = (one: string | null) => others.get(one ?? '')?.slackUserId ?? null;
    return {
      timeZone: calendar.timeZone,
      today,
      promptAt: calendar.promptAt,
      hours: calendar.hours,
      days: calendar.days,
      holidays: holidaysViewOf(playbook, rep),
      daysOff: rep.daysOff.filter(({ until }) => until > today),
      away: awayViewOf(rep, others),
      valueTalks: slackUserOf(rep.valueTalksId),
      manager: slackUserOf(rep.managerId),
    };
  });
}

/** `others` knows their delegate. */
export function awayViewOf(
  { awayFrom: from, awayUntil: until, delegateId }: Rep,
  others: ReadonlyMap<string, Rep>,
): AwayView | null {
  if (from === null || until === null) return null;
  return { from, until, delegate: others.get(delegateId ?? '')?.slackUserId ?? null };
}

async function readOne(tx: Parameters<typeof readReps>[0], workspaceId: string, id: string): Promise<Rep> {
  const rep = (await readReps(tx, workspaceId, [id])).get(id);
  if (rep === undefined) throw new Error(`rep ${id} is gone`);
  return rep;
}

/** The countries whose public holidays can be chosen, and of one the regions that have their own. */
export async function showCountries(flow: Flow): Promise<string[]> {
  return (await flow.holidayBook?.countries()) ?? [];
}

export async function showRegions(flow: Flow, country: string): Promise<{ code: string; name: string }[]> {
  if (country === NO_HOLIDAYS || !(await showCountries(flow)).includes(country)) return [];
  return (await flow.holidayBook?.regions(country)) ?? [];
}
