import { changeRep, lockRepForChange, type Rep } from '../../db/who/rep.ts';
import { localDate } from '../../domain/asking/workday.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import { findColleague } from '../people/find-colleague.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
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

/** Who looks after what cannot wait, and when they are away as well in those days. */
export interface Delegate {
  slackUserId: string;
  away: { from: string; until: string } | null;
}

export type WentAway =
  | { kind: 'away'; from: string; until: string; today: string; delegate: Delegate | null }
  | { kind: 'refused'; why: 'not_later' | 'too_far' | 'self' | 'delegate_gone' };

/**
 * Lets a rep be away: nobody asks them anything until they are back, and meanwhile what cannot wait is put to their
 * delegate, who is told and may decline. Being away already is changed by it.
 */
export async function goAway(flow: Flow, { away, ...who }: Who & { away: Away }): Promise<WentAway> {
  const { workspaceId } = who;
  const rep = await ensureRep(flow, who);
  const { delegateSlackUserId: slackUserId } = away;
  if (slackUserId === who.slackUserId) return { kind: 'refused', why: 'self' };
  const delegate =
    slackUserId === undefined ? undefined : await findColleague(flow, { workspaceId, slackUserId });
  if (delegate === null) return { kind: 'refused', why: 'delegate_gone' };
  const { timeZone } = await inScope(flow, workspaceId, async (scope) => calendarFor(scope, rep));
  const today = localDate(timeZone, flow.now());
  const from = away.from !== undefined && away.from > today ? away.from : today;
  const { until } = away;
  if (until <= from) return { kind: 'refused', why: 'not_later' };
  if (Date.parse(until) - Date.parse(today) > MOST_DAYS * DAY_MS) return { kind: 'refused', why: 'too_far' };
  const before = await inScope(flow, workspaceId, (scope) =>
    keepAway(scope, rep.id, { from, until, delegate }),
  );
  await inScope(flow, workspaceId, async (scope) => {
    await turnAway(scope, rep.id, before);
    await reschedulePrompts(scope, rep.id);
  });
  return { kind: 'away', from, until, today, delegate: delegateOf(delegate, slackUserId, { from, until }) };
}

interface Spell {
  from: string;
  until: string;
}

/** Keeps it and has those told who stand in from now on, or need not any more: whose id is returned. */
async function keepAway(
  scope: Scope,
  repId: string,
  { from, until, delegate }: Spell & { delegate: Rep | undefined },
): Promise<string | null> {
  const { tx, workspaceId, now } = scope;
  const before = await lockRepForChange(tx, workspaceId, repId);
  if (before === null) throw new Error(`rep ${repId} is gone`);
  const delegateId = delegate?.id ?? null;
  // Due at once, so that a sweep begins it should this process die.
  const change = { awayFrom: from, awayUntil: until, delegateId, awayTurnsAt: now };
  await changeRep(tx, workspaceId, repId, change);
  const isOther = before.delegateId !== delegateId;
  if (isOther) await tellItIsOver(scope, before);
  if (delegate !== undefined && (isOther || before.awayUntil !== until))
    await tell(scope, delegate, 'asked_to_stand_in', before, until);
  return before.delegateId;
}

function delegateOf(
  delegate: Rep | undefined,
  slackUserId: string | undefined,
  { from, until }: Spell,
): Delegate | null {
  if (delegate === undefined || slackUserId === undefined) return null;
  const { awayFrom, awayUntil } = delegate;
  const isAwayToo = awayFrom !== null && awayUntil !== null && awayFrom < until && from < awayUntil;
  return { slackUserId, away: isAwayToo ? { from: awayFrom, until: awayUntil } : null };
}
