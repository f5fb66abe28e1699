import { changeRep, type Rep, readReps } from '../../db/who/rep.ts';
import { localDate } from '../../domain/asking/workday.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { isReachable } from '../../domain/who/owner.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope } from '../scope.ts';
import { tell, tellItIsOver } from './tell.ts';
import { turnAway } from './turn-away.ts';

/** Dates are YYYY-MM-DD where the rep is. */
export interface Away {
  /** The first day away; today where none is named. */
  from?: string | undefined;
  /** The day of coming back. */
  until: string;
  /** Who gets what cannot wait; without one it waits. */
  delegateSlackUserId?: string | undefined;
}

const MOST_DAYS = 366;

export type WentAway =
  | { kind: 'away'; from: string; until: string; today: string; delegate: { slackUserId: string } | null }
  | { kind: 'refused'; why: 'not_later' | 'too_far' | 'self' | 'delegate_gone' };

/**
 * Lets a rep be away: nobody asks them anything until they are back, and meanwhile what cannot wait is put to their
 * delegate, who is told and may decline. Being away already is changed by it.
 */
export async function goAway(flow: Flow, { away, ...who }: Who & { away: Away }): Promise<WentAway> {
  const { workspaceId } = who;
  const rep = await ensureRep(flow, who);
  const { delegateSlackUserId: delegateUser } = away;
  if (delegateUser === who.slackUserId) return { kind: 'refused', why: 'self' };
  const delegate =
    delegateUser === undefined ? null : await ensureRep(flow, { workspaceId, slackUserId: delegateUser });
  if (delegate !== null && !isReachable(delegate)) return { kind: 'refused', why: 'delegate_gone' };
  const { timeZone } = await inScope(flow, workspaceId, async (scope) => calendarFor(scope, rep));
  const today = localDate(timeZone, flow.now());
  const from = away.from !== undefined && away.from > today ? away.from : today;
  if (away.until <= from) return { kind: 'refused', why: 'not_later' };
  if (Date.parse(away.until) - Date.parse(today) > MOST_DAYS * DAY_MS)
    return { kind: 'refused', why: 'too_far' };
  const { until } = away;
  await flow.store.transaction((tx) => {
    // Due at once, so that a sweep begins it should this process die.
    const awayTurnsAt = flow.now();
    const change = { awayFrom: from, awayUntil: until, delegateId: delegate?.id ?? null, awayTurnsAt };
    return changeRep(tx, workspaceId, rep.id, change);
  });
  await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const before = (await readReps(tx, workspaceId, [rep.delegateId ?? ''].filter(Boolean))).get(
      rep.delegateId ?? '',
    );
    if (before !== undefined && before.id !== delegate?.id && isReachable(before))
      await tellItIsOver(scope, before, rep);
    if (delegate !== null && isNews(rep, { delegateId: delegate.id, awayUntil: until }))
      await tell(scope, delegate, 'asked_to_stand_in', rep, until);
    await turnAway(scope, rep.id);
    await reschedulePrompts(scope, rep.id);
  });
  return {
    kind: 'away',
    from,
    until,
    today,
    delegate: delegateUser === undefined ? null : { slackUserId: delegateUser },
  };
}

function isNews(before: Rep, now: Pick<Rep, 'delegateId' | 'awayUntil'>): boolean {
  return before.delegateId !== now.delegateId || before.awayUntil !== now.awayUntil;
}
