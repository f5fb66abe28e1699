import type { Question } from '../cycle/stage.ts';
import { DAY_MS } from '../durations.ts';
import type { Playbook } from './playbook.ts';
import type { Rule } from './rules.ts';
import { addWorkingDays, type Calendar, localDate, nextPromptTime } from './workday.ts';

/** What "weekly" and "monthly" mean to somebody who is asked on working days only. */
const WEEK_WORKING_DAYS = 5;
const MONTH_DAYS = 30;

/** Questions that lapse once they were asked as often as they may be: what they are about is asked otherwise, or not at all. */
const LAPSING: readonly Question[] = ['promise', 'lost'];

/** What a question's asks leave of it: when it is due next, and since when it is quiet until then. */
export interface AskedState {
  asked: number;
  lastAskedAt: Date | null;
  quietSince: Date | null;
  dueAt: Date;
}

/** How often a question has been put to its rep since its reason, and when last. */
export interface Asks {
  count: number;
  lastAt: Date;
}

/** The asks at these times that count for a question as it is there now; null when there are none. */
export function asksFor(
  { since, on }: { since: Date; on: string | null },
  times: readonly Date[],
  { timeZone }: Calendar,
): Asks | null {
  const counted = times.filter((at) => at > since && (on === null || localDate(timeZone, at) >= on));
  const lastAt = counted.at(-1);
  return lastAt === undefined ? null : { count: counted.length, lastAt };
}

/**
 * Where an unanswered question stands after its asks. After the last that the playbook has for it it is quiet: asked
 * once more much later, and quiet again; unless its rep wants it every week or month. What lapses has a week for an answer.
 */
export function afterAsks(
  { question, rule }: { question: Question; rule: Rule },
  { count, lastAt }: Asks,
  playbook: Playbook,
  calendar: Calendar,
): AskedState {
  const asked = { asked: count, lastAskedAt: lastAt };
  const every = intervalOf(rule, lastAt, calendar);
  if (every !== null) return { ...asked, quietSince: null, dueAt: nextPromptTime(calendar, every) };
  if (isSpent({ question, asked: count }, playbook)) {
    const spent = addWorkingDays(calendar, lastAt, WEEK_WORKING_DAYS);
    return { ...asked, quietSince: null, dueAt: nextPromptTime(calendar, spent) };
  }
  if (isQuietAfter(question, count, playbook)) {
    const rested = daysAfter(calendar, lastAt, playbook.quietDays);
    return { ...asked, quietSince: lastAt, dueAt: nextPromptTime(calendar, rested) };
  }
  const workingDays = playbook.asking[question].again[count - 1] ?? 1;
  const dueAt = nextPromptTime(calendar, addWorkingDays(calendar, lastAt, workingDays));
  return { ...asked, quietSince: null, dueAt };
}

/** Whether the ask after `asked` others is the last before the question is quiet. */
export function isLastAsk(
  { question, rule, asked }: { question: Question; rule: Rule; asked: number },
  playbook: Playbook,
): boolean {
  if (rule === 'weekly' || rule === 'monthly' || LAPSING.includes(question)) return false;
  return isQuietAfter(question, asked + 1, playbook);
}

function isQuietAfter(question: Question, asked: number, playbook: Playbook): boolean {
  return asked > playbook.asking[question].again.length;
}

/** When a question that its rep wants regularly comes next after `from`; null for all others. */
export function intervalOf(rule: Rule, from: Date, calendar: Calendar): Date | null {
  if (rule === 'weekly') return addWorkingDays(calendar, from, WEEK_WORKING_DAYS);
  return rule === 'monthly' ? daysAfter(calendar, from, MONTH_DAYS) : null;
}

/** The start of the local day so many days, working or not, after that of `from`. */
function daysAfter(calendar: Calendar, from: Date, days: number): Date {
  return addWorkingDays(calendar, new Date(from.getTime() + days * DAY_MS), 0);
}

/** Whether a question that is due again is not asked again. */
export function isSpent(
  { question, asked }: { question: Question; asked: number },
  playbook: Playbook,
): boolean {
  return LAPSING.includes(question) && isQuietAfter(question, asked, playbook);
}
