import type { Standing } from '../cycle/engagement.ts';
import type { Question } from '../cycle/stage.ts';
import { DAY_MS } from '../durations.ts';
import { knownAt } from './learning.ts';
import type { Playbook } from './playbook.ts';
import type { WantedReturn } from './returns.ts';
import {
  addWorkingDays,
  type Calendar,
  localDate,
  nextPromptTime,
  nextWorkingTime,
  startOfLocalDate,
} from './workday.ts';

/** Which rule put a question to the rep. Shown to whoever asks why (promise 8). */
export const RULES = [
  'on_close',
  'in_stage',
  /** As long after what moved last there. */
  'since_moved',
  'named_date',
  'put_off',
  /** The rep wants it to be asked every week, or every month. */
  'weekly',
  'monthly',
  'after_verification',
  'return',
  'lost_return',
] as const;
export type Rule = (typeof RULES)[number];

/** A question with the moment it is due and the reason for it. */
export interface PlannedPrompt {
  question: Question;
  rule: Rule;
  /** The fact that the rule looked at, and when that happened. */
  factId: string;
  since: Date;
  /** The day that somebody named (YYYY-MM-DD), whatever the zone. */
  on: string | null;
  /** The days after `since` that the rule waits for: of a return, and of value where that was learned. */
  afterDays: number | null;
  /** The version of the playbook that learned them; null where they are the playbook's own. */
  playbookVersion: number | null;
  /** Always inside the rep's working time. */
  dueAt: Date;
  /** Urgent prompts go out when due; the others wait for the day's bundle. */
  urgent: boolean;
}

/** What "weekly" and "monthly" mean to somebody who is asked on working days only. */
const WEEK_WORKING_DAYS = 5;
const MONTH_DAYS = 30;

/** A close older than this, when it is heard of, can wait for the day's bundle. */
const URGENT_FOR_MS = 24 * 3_600_000;

/** Why a question is there, whoever is asked and whenever. */
export type AskingReason = Omit<PlannedPrompt, 'dueAt'>;

/** The one prompt that an open engagement should have; null when it has ended. `now` is the time of planning. */
export function planPrompt(
  standing: Pick<Standing, 'stage' | 'ending' | 'asking' | 'wonAt'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt | null {
  const reason = reasonToAsk(standing, playbook, now);
  return reason && { ...reason, dueAt: firstDueAt(reason, playbook, calendar, now) };
}

/** The reason for that prompt. `heardAt`: a close that was fresh by then is urgent. */
export function reasonToAsk(
  standing: Pick<Standing, 'stage' | 'ending' | 'asking' | 'wonAt'>,
  playbook: Playbook,
  heardAt: Date,
): AskingReason | null {
  if (standing.ending !== null) return null;
  const { stage, asking } = standing;
  const { factId, since, on } = asking;
  const rule = ruleFor(stage, asking);
  const isAtOnce = rule === 'on_close' && playbook.asking.verify.first === 0;
  const urgent = isAtOnce && isFresh(standing.wonAt ?? since, heardAt);
  return { question: stage, rule, factId, since, on, urgent, ...learnedFor(stage, rule, since, playbook) };
}

/** What the workspace had learned by then, where the rule goes by that. */
function learnedFor(question: Question, rule: Rule, since: Date, playbook: Playbook) {
  const learned = question === 'verify' && rule === 'on_close' ? knownAt(playbook.learned, since) : null;
  if (learned === null || learned.valueDays === null) return { afterDays: null, playbookVersion: null };
  return { afterDays: learned.valueDays, playbookVersion: learned.version };
}

function ruleFor(stage: Question, { on, how }: Standing['asking']): Rule {
  if (on !== null) return 'named_date';
  if (how === 'weekly' || how === 'monthly') return how;
  if (how === 'answered') return 'put_off';
  if (how === 'moved') return 'since_moved';
  if (stage === 'verify') return 'on_close';
  return stage === 'next' ? 'after_verification' : 'in_stage';
}

function isFresh(closedAt: Date, heardAt: Date): boolean {
  return heardAt.getTime() - closedAt.getTime() <= URGENT_FOR_MS;
}

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
  { since, on }: Pick<PlannedPrompt, 'since' | 'on'>,
  times: readonly Date[],
  { timeZone }: Calendar,
): Asks | null {
  const counted = times.filter((at) => at > since && (on === null || localDate(timeZone, at) >= on));
  const lastAt = counted.at(-1);
  return lastAt === undefined ? null : { count: counted.length, lastAt };
}

/**
 * Where an unanswered question stands after its asks. After the last that the playbook has for it it is quiet: asked
 * once more much later, and quiet again; unless its rep wants it every week or month.
 */
export function afterAsks(
  { question, rule }: Pick<PlannedPrompt, 'question' | 'rule'>,
  { count, lastAt }: Asks,
  playbook: Playbook,
  calendar: Calendar,
): AskedState {
  const asked = { asked: count, lastAskedAt: lastAt };
  const every = intervalOf(rule, lastAt, calendar);
  if (every !== null) return { ...asked, quietSince: null, dueAt: nextPromptTime(calendar, every) };
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
  return rule !== 'weekly' && rule !== 'monthly' && isQuietAfter(question, asked + 1, playbook);
}

function isQuietAfter(question: Question, asked: number, playbook: Playbook): boolean {
  return asked > playbook.asking[question].again.length;
}

/** When a question that its rep wants regularly comes next after `from`; null for all others. */
function intervalOf(rule: Rule, from: Date, calendar: Calendar): Date | null {
  if (rule === 'weekly') return addWorkingDays(calendar, from, WEEK_WORKING_DAYS);
  return rule === 'monthly' ? daysAfter(calendar, from, MONTH_DAYS) : null;
}

/** The start of the local day so many days, working or not, after that of `from`. */
function daysAfter(calendar: Calendar, from: Date, days: number): Date {
  return addWorkingDays(calendar, new Date(from.getTime() + days * DAY_MS), 0);
}

/** When a return is due, in working time: on its day, else after the time that a playbook leaves for it. */
export function planReturn(
  { rule, factId, since, on, afterDays, playbookVersion }: Omit<WantedReturn, 'accountId' | 'repId'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  const days = { afterDays, playbookVersion };
  const reason = { question: 'return' as const, rule, factId, since, on, ...days, urgent: false };
  return { ...reason, dueAt: firstDueAt(reason, playbook, calendar, now) };
}

/**
 * When an open prompt is due for somebody whose working time is another from now on. What nobody was asked yet is due
 * when it would be had that always been theirs (promise 3), a day that was named being that day in their zone. What
 * was asked, is about to be, or was given a day among imported history, keeps its day as far as that is one of theirs.
 */
export function rescheduledAt(
  prompt: Omit<PlannedPrompt, 'factId' | 'playbookVersion'> & {
    asked: number;
    bundleId: string | null;
    spread: boolean;
  },
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): Date {
  const { on, asked, bundleId, spread, urgent, dueAt } = prompt;
  const isUntouched = asked === 0 && (on !== null || (bundleId === null && !spread));
  if (urgent || isUntouched) return firstDueAt(prompt, playbook, calendar, now);
  return atPromptTime(addWorkingDays(calendar, dueAt, 0), calendar, now);
}

function firstDueAt(
  { question, rule, since, on, urgent, afterDays }: Omit<AskingReason, 'factId' | 'playbookVersion'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): Date {
  if (urgent) return nextWorkingTime(calendar, now);
  if (on !== null) return atPromptTime(startOfLocalDate(calendar, on), calendar, now);
  if (rule === 'return') {
    const days = afterDays ?? playbook.returnAfterDays;
    return atPromptTime(new Date(since.getTime() + days * DAY_MS), calendar, now);
  }
  const every = intervalOf(rule, since, calendar);
  if (every !== null) return atPromptTime(every, calendar, now);
  const { first, later } = playbook.asking[question];
  const workingDays = rule === 'put_off' ? later : (afterDays ?? first);
  return atPromptTime(addWorkingDays(calendar, since, workingDays), calendar, now);
}

function atPromptTime(wanted: Date, calendar: Calendar, now: Date): Date {
  return nextPromptTime(calendar, wanted > now ? wanted : now);
}
