import type { Standing } from '../cycle/engagement.ts';
import type { Question } from '../cycle/stage.ts';
import { DAY_MS } from '../durations.ts';
import type { Playbook } from './playbook.ts';
import type { WantedReturn } from './returns.ts';
import {
  addWorkingDays,
  type Calendar,
  nextPromptTime,
  nextWorkingTime,
  startOfLocalDate,
} from './workday.ts';

/** Which rule put a question to the rep. Shown to whoever asks why (promise 8). */
export const RULES = [
  'on_close',
  'in_stage',
  'named_date',
  'put_off',
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
  /** Always inside the rep's working time. */
  dueAt: Date;
  /** Urgent prompts go out when due; the others wait for the day's bundle. */
  urgent: boolean;
}

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
  return { question: stage, rule, factId, since, on, urgent };
}

function ruleFor(stage: Question, { on, how }: Standing['asking']): Rule {
  if (on !== null) return 'named_date';
  if (how === 'answered') return 'put_off';
  if (stage === 'verify') return 'on_close';
  return stage === 'next' ? 'after_verification' : 'in_stage';
}

function isFresh(closedAt: Date, heardAt: Date): boolean {
  return heardAt.getTime() - closedAt.getTime() <= URGENT_FOR_MS;
}

/** When an unanswered question is asked again, after it has been asked `asked` times, the last at `lastAskedAt`. */
export function askAgainAt(
  question: Question,
  asked: number,
  lastAskedAt: Date,
  playbook: Playbook,
  calendar: Calendar,
): Date {
  const { again } = playbook.asking[question];
  const workingDays = again[Math.min(Math.max(asked, 1), again.length) - 1] ?? 1;
  return nextPromptTime(calendar, addWorkingDays(calendar, lastAskedAt, workingDays));
}

/** When a return is due, in working time: on its day, else after the time that a playbook leaves for it. */
export function planReturn(
  { rule, factId, since, on }: Pick<WantedReturn, 'rule' | 'factId' | 'since' | 'on'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  const reason = { question: 'return' as const, rule, factId, since, on, urgent: false };
  return { ...reason, dueAt: firstDueAt(reason, playbook, calendar, now) };
}

/**
 * When an open prompt is due for somebody whose working time is another from now on. What nobody was asked yet is due
 * when it would be had that always been theirs (promise 3), a day that was named being that day in their zone. What
 * was asked, is about to be, or was given a day among imported history, keeps its day as far as that is one of theirs.
 */
export function rescheduledAt(
  prompt: Omit<PlannedPrompt, 'factId'> & { asked: number; bundleId: string | null; spread: boolean },
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
  { question, rule, since, on, urgent }: Omit<AskingReason, 'factId'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): Date {
  if (urgent) return nextWorkingTime(calendar, now);
  if (on !== null) return atPromptTime(startOfLocalDate(calendar, on), calendar, now);
  if (rule === 'return') {
    return atPromptTime(new Date(since.getTime() + playbook.returnAfterDays * DAY_MS), calendar, now);
  }
  const { first, later } = playbook.asking[question];
  const workingDays = rule === 'put_off' ? later : first;
  return atPromptTime(addWorkingDays(calendar, since, workingDays), calendar, now);
}

function atPromptTime(wanted: Date, calendar: Calendar, now: Date): Date {
  return nextPromptTime(calendar, wanted > now ? wanted : now);
}
