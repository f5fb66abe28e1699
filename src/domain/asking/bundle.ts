import { compareIds } from '../cycle/fact-order.ts';
import type { Question } from '../cycle/stage.ts';
import {
  type Calendar,
  countWorkingDays,
  isWorkingTime,
  localDate,
  nextPromptTime,
  nextWorkingTime,
  startOfNextLocalDay,
} from './workday.ts';

/** A prompt that is due, as far as bundling looks at it. */
export interface DuePrompt {
  id: string;
  question: Question;
  factId: string;
  since: Date;
  /** The day that somebody named (YYYY-MM-DD). */
  on: string | null;
  asked: number;
  dueAt: Date;
  /** Due since then, and found no room in a bundle; null while it did not have to wait. */
  waitingSince: Date | null;
  urgent: boolean;
}

/** What a rep has been sent before. */
export interface SentBefore {
  /** When the last DM about closes went on its way. */
  urgentAt: Date | null;
  /** When the last daily bundle went on its way. */
  dailyAt: Date | null;
  /** When each of the latest DMs did, at least all of the rep's day. */
  dmsAt: readonly Date[];
}

export interface BundleRules {
  gatherMinutes: number;
  bundleSize: number;
  dmsADay: number;
  waitAtMost: number;
}

/** What to do with all the prompts of a rep that are due: which go into a DM now, and until when the others wait. */
export interface BundlePlan<P extends DuePrompt = DuePrompt> {
  send: P[];
  /** Whether the DM counts as the day's bundle. */
  daily: boolean;
  /** `forRoom`: there was none for it, and the wait counts. */
  wait: { prompt: P; until: Date; forRoom: boolean }[];
}

/** Whether a rep can be written to: `busy` has a bundle on its way, `unknown` is not matched to Slack yet. */
export type Reach = 'here' | 'busy' | 'unknown';

/** Questions that one message has room for, by Slack's limit of 50 blocks. */
export const DM_HOLDS = 12;

/**
 * Promise 4: a close is asked about at once; closes that follow within the gathering time are gathered into one more
 * DM; everything else comes in one bundle a day; a day has so many DMs and no more; nothing goes out outside working
 * time. What finds no room waits for the next bundle, the most pressing first, and none for too long.
 */
export function planBundle<P extends DuePrompt>(
  due: readonly P[],
  reach: Reach,
  before: SentBefore,
  rules: BundleRules,
  calendar: Calendar,
  now: Date,
): BundlePlan<P> {
  const nobody = unsent(due, reach, rules, calendar, now);
  if (nobody !== null) return nobody;
  const day = dayOf(before, rules, calendar, now);
  const goes = (prompt: P) => day.hasRoom && (prompt.urgent ? !day.isGathering : !day.dailyDone);
  const ready = due.filter(goes).sort(firstInLine);
  const overdue = mustGo(ready, rules, calendar, now);
  const others = ready.filter((prompt) => !overdue.includes(prompt));
  const pressing = others.filter((prompt) => placeInLine(prompt) < VALUE).slice(0, rules.bundleSize);
  // What has waited for long takes the places of the last in line; for the first of all the bundle grows.
  const places = Math.max(rules.bundleSize - overdue.length, pressing.length);
  const send = [...overdue, ...others.slice(0, places)].slice(0, DM_HOLDS).sort(firstInLine);
  const wait = due
    .filter((prompt) => !send.includes(prompt))
    .map((prompt) => {
      const isGathered = prompt.urgent && day.hasRoom && day.isGathering;
      return { prompt, until: prompt.urgent ? day.closesUntil : day.nextDaily, forRoom: !isGathered };
    });
  return { send, daily: send.some((prompt) => !prompt.urgent), wait };
}

/** Where nothing can be sent now, whatever is due. */
function unsent<P extends DuePrompt>(
  due: readonly P[],
  reach: Reach,
  rules: BundleRules,
  calendar: Calendar,
  now: Date,
): BundlePlan<P> | null {
  const allWait = (until: (prompt: P) => Date): BundlePlan<P> => {
    const wait = due.map((prompt) => ({ prompt, until: until(prompt), forRoom: false }));
    return { send: [], daily: false, wait };
  };
  if (reach === 'unknown') {
    const tomorrow = dailyAfter(calendar, now);
    return allWait(() => tomorrow);
  }
  if (!isWorkingTime(calendar, now)) {
    return allWait((prompt) => (prompt.urgent ? nextWorkingTime : nextPromptTime)(calendar, now));
  }
  if (reach === 'here') return null;
  const soon = afterMinutes(calendar, now, rules.gatherMinutes);
  return allWait(() => soon);
}

/** How a rep's day stands. */
interface Day {
  /** Whether it has another DM. */
  hasRoom: boolean;
  dailyDone: boolean;
  /** Closes that come in are still gathered for one more DM. */
  isGathering: boolean;
  nextDaily: Date;
  /** Until when closes wait that do not go out now. */
  closesUntil: Date;
}

function dayOf(
  before: SentBefore,
  { dmsADay, gatherMinutes }: BundleRules,
  calendar: Calendar,
  now: Date,
): Day {
  const isToday = (at: Date | null) => at !== null && sameLocalDay(calendar, at, now);
  const dailyDone = isToday(before.dailyAt);
  const prompt = nextPromptTime(calendar, now);
  // One DM is left for what waits for the day's bundle: closes could keep it waiting day after day.
  const isKept = !dailyDone && prompt > now && sameLocalDay(calendar, prompt, now) && dmsADay > 1;
  const hasRoom = before.dmsAt.filter(isToday).length < dmsADay - (isKept ? 1 : 0);
  const gathered = before.urgentAt && new Date(before.urgentAt.getTime() + gatherMinutes * 60_000);
  const isGathering = gathered !== null && now < gathered;
  const morning = nextWorkingTime(calendar, startOfNextLocalDay(calendar, now));
  const later = isGathering
    ? nextWorkingTime(calendar, gathered)
    : afterMinutes(calendar, now, gatherMinutes);
  const closesUntil = hasRoom ? later : isKept ? prompt : morning;
  return { hasRoom, dailyDone, isGathering, nextDaily: dailyAfter(calendar, now), closesUntil };
}

/**
 * Those that go whatever else is due, so that nothing waits for too long: the oldest, as many as each day from now on has to
 * take for all to come in time. While that is no more than half of a bundle there is no hurry, until the last day.
 */
function mustGo<P extends DuePrompt>(
  ready: readonly P[],
  { bundleSize, waitAtMost }: BundleRules,
  calendar: Calendar,
  now: Date,
): P[] {
  const oldestFirst = ready.toSorted(
    (a, b) => waitsSince(a).getTime() - waitsSince(b).getTime() || firstInLine(a, b),
  );
  const daysLeft = oldestFirst.map((prompt) => {
    return Math.max(0, waitAtMost - countWorkingDays(calendar, waitsSince(prompt), now));
  });
  const aDay = Math.max(0, ...daysLeft.map((days, index) => Math.ceil((index + 1) / (days + 1))));
  const onTheirLastDay = daysLeft.filter((days) => days === 0).length;
  return oldestFirst.slice(0, aDay > bundleSize / 2 ? aDay : onTheirLastDay);
}

/** Closes, days that somebody named, value, needs, then whatever has waited longest; ties by what they are about. */
function firstInLine(a: DuePrompt, b: DuePrompt): number {
  return (
    placeInLine(a) - placeInLine(b) ||
    waitsSince(a).getTime() - waitsSince(b).getTime() ||
    a.since.getTime() - b.since.getTime() ||
    compareIds(a.factId, b.factId) ||
    compareIds(a.id, b.id)
  );
}

function placeInLine({ urgent, question, on, asked }: DuePrompt): number {
  if (urgent || question === 'promise') return 0;
  if (on !== null && asked === 0) return 1;
  return PLACES[question] ?? VALUE + 2;
}

const VALUE = 2;
const PLACES: Partial<Record<Question, number>> = { verify: VALUE, promised: VALUE, next: 3, need: 3 };

function waitsSince({ waitingSince, dueAt }: DuePrompt): Date {
  return waitingSince ?? dueAt;
}

function sameLocalDay(calendar: Calendar, a: Date, b: Date): boolean {
  return localDate(calendar.timeZone, a) === localDate(calendar.timeZone, b);
}

/** Never now again: whoever looks for what is due would find it at once, and again. */
function afterMinutes(calendar: Calendar, now: Date, minutes: number): Date {
  return nextWorkingTime(calendar, new Date(now.getTime() + Math.max(1, minutes) * 60_000));
}

/** The day's bundle after today's. */
function dailyAfter(calendar: Calendar, now: Date): Date {
  return nextPromptTime(calendar, startOfNextLocalDay(calendar, now));
}
