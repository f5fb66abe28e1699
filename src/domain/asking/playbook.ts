import type { Question } from '../cycle/stage.ts';
import type { Learned } from './learning.ts';
import type { Calendar } from './workday.ts';

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
  currency: 'USD',
  learned: [],
};

/** A rep's working time: the playbook's hours and days in the rep's own zone, with the hour the rep chose. */
export function calendarOf(
  playbook: Playbook,
  rep: { timeZone: string | null; promptAt: number | null },
): Calendar {
  return {
    timeZone: rep.timeZone ?? playbook.timeZone,
    hours: playbook.hours,
    days: playbook.days,
    holidays: new Set(playbook.holidays),
    promptAt: rep.promptAt ?? playbook.hours.from,
  };
}
