import type { Question } from '../cycle/stage.ts';
import type { Learned } from './learning.ts';
import type { Calendar, TimeOff } from './workday.ts';
import { countryOf } from './zone-country.ts';

/** When a question is asked: intervals are working days of the rep. After the last of `again` it is quiet. */
export interface AskingRule {
  /** Working days in the stage before the first prompt; 0 asks at once. */
  first: number;
  /** Working days until the question is asked after "not yet" without a date; defaults to `first`. */
  later: number;
  again: readonly number[];
}

/** A workspace's settings. */
export interface Playbook {
  asking: Record<Question, AskingRule>;
  /** Days for which a quiet question rests before it is asked once more. */
  quietDays: number;
  /** Days without a move of anybody's after which a rep comes back to an account where they have nothing open. */
  returnAfterDays: number;
  /** Prompts in one bundle, unless more have waited for too long: more would be a flood. */
  bundleSize: number;
  /** DMs that nobody asked for, at most, on one day of the rep's. */
  dmsADay: number;
  /** Working days that a question may wait for room once it is due. */
  waitAtMost: number;
  /** Minutes within which closes that follow the first are gathered into one more DM. */
  gatherMinutes: number;
  timeZone: string;
  hours: { from: number; to: number };
  days: readonly number[];
  /** Local ISO dates on which nobody is asked anything. */
  holidays: readonly string[];
  /**
   * Whose public holidays hold for reps who chose none: a country and region such as `DE-BY`, or `none`. Null goes by
   * each rep's zone, where that is one of a single country.
   */
  holidaysIn: string | null;
  currency: string;
  /** What the workspace learned from its own deals, oldest first. */
  learned: readonly Learned[];
}

/** The defaults of the design's table. */
export const ASKING: Record<Question, AskingRule> = {
  discover: { first: 10, later: 10, again: [10, 10] },
  develop: { first: 10, later: 10, again: [10, 10] },
  deliver: { first: 3, later: 3, again: [3, 5] },
  close: { first: 5, later: 5, again: [3, 5] },
  promise: { first: 0, later: 5, again: [2, 5] },
  verify: { first: 15, later: 5, again: [2, 5] },
  next: { first: 0, later: 5, again: [2, 5] },
  promised: { first: 0, later: 5, again: [2, 5] },
  need: { first: 0, later: 5, again: [2, 5] },
  lost: { first: 0, later: 5, again: [] },
  return: { first: 0, later: 5, again: [10] },
};

export const DEFAULT_PLAYBOOK: Playbook = {
  asking: ASKING,
  quietDays: 60,
  returnAfterDays: 60,
  bundleSize: 4,
  dmsADay: 3,
  waitAtMost: 10,
  gatherMinutes: 10,
  timeZone: 'UTC',
  hours: { from: 9 * 60, to: 17 * 60 + 30 },
  days: [1, 2, 3, 4, 5],
  holidays: [],
  holidaysIn: null,
  currency: 'USD',
  learned: [],
};

/** What a rep set for themselves; null and undefined stand for what the playbook says. */
export interface OwnTime {
  /** IANA zone. */
  timeZone: string | null;
  /** Minutes after local midnight, as are the hours. */
  promptAt: number | null;
  hoursFrom?: number | null;
  hoursTo?: number | null;
  /** ISO weekdays. */
  days?: readonly number[] | null;
  /** A country and region such as `DE-BY`, or `none`. */
  holidaysIn?: string | null;
  daysOff?: readonly TimeOff[] | null;
  /** The first day away, and the day of coming back. */
  awayFrom?: string | null;
  awayUntil?: string | null;
}

/**
 * A rep's working time: their own hours, days, days off and time away, else the playbook's, in their own zone, with the
 * hour they chose. `publicHolidays` are the dates that holidaysOf() names the place of.
 */
export function calendarOf(
  playbook: Playbook,
  rep: OwnTime,
  publicHolidays: ReadonlySet<string> = NO_DATES,
): Calendar {
  const hours = { from: rep.hoursFrom ?? playbook.hours.from, to: rep.hoursTo ?? playbook.hours.to };
  const { awayFrom, awayUntil } = rep;
  const away = awayFrom && awayUntil ? [{ from: awayFrom, until: awayUntil }] : [];
  return {
    timeZone: rep.timeZone ?? playbook.timeZone,
    hours: hours.from < hours.to ? hours : playbook.hours,
    days: rep.days ?? playbook.days,
    holidays:
      playbook.holidays.length === 0 ? publicHolidays : new Set([...publicHolidays, ...playbook.holidays]),
    off: [...(rep.daysOff ?? []), ...away],
    promptAt: rep.promptAt ?? hours.from,
  };
}

const NO_DATES: ReadonlySet<string> = new Set();

/** Where the public holidays that hold for a rep are kept (`DE-BY`, `PT`); null where nobody has said, or for none. */
export function holidaysOf(playbook: Playbook, rep: OwnTime): string | null {
  const place =
    rep.holidaysIn ?? playbook.holidaysIn ?? countryOf(rep.timeZone ?? playbook.timeZone) ?? NO_HOLIDAYS;
  return place === NO_HOLIDAYS ? null : place;
}

/** Chosen in place of a country by whoever works on public holidays. */
export const NO_HOLIDAYS = 'none';

/** Until when (an instant in ISO) a question comes half as often. */
export type Slowed = Partial<Record<Question, string>>;

/** The playbook with the waits doubled of the questions that came to a rep at a wrong time. */
export function slowedFor(playbook: Playbook, slowed: Slowed | undefined, now: Date): Playbook {
  const slow = Object.entries(slowed ?? {}).filter(([, until]) => Date.parse(until) > now.getTime());
  if (slow.length === 0) return playbook;
  const asking = { ...playbook.asking };
  for (const [question] of slow) {
    const { first, later, again } = asking[question as Question];
    asking[question as Question] = {
      first: 2 * first,
      later: 2 * later,
      again: again.map((days) => 2 * days),
    };
  }
  return { ...playbook, asking };
}
