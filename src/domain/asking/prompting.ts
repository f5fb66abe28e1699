import type { Standing } from '../cycle/engagement.ts';
import type { Question } from '../cycle/stage.ts';
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

/** The one prompt that an open engagement should have; null when it has ended. `now` is the time of planning. */
export function planPrompt(
  stands: Pick<Standing, 'stage' | 'ending' | 'asking' | 'wonAt'>,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt | null {
  if (stands.ending !== null) return null;
  const { stage, asking } = stands;
  const { factId, since, on } = asking;
  const reason = { question: stage, factId, since, on, urgent: false };
  if (on !== null) return { ...reason, rule: 'named_date', dueAt: onDate(on, calendar, now) };
  if (asking.how === 'answered') {
    return {
      ...reason,
      rule: 'put_off',
      dueAt: after(playbook.asking[stage].later, asking.since, calendar, now),
    };
  }
  const first = playbook.asking[stage].first;
  if (stage === 'verify' && first === 0 && isFresh(stands.wonAt ?? asking.since, now)) {
    return { ...reason, rule: 'on_close', dueAt: nextWorkingTime(calendar, now), urgent: true };
  }
  return { ...reason, rule: ruleOnEntering(stage), dueAt: after(first, asking.since, calendar, now) };
}

function ruleOnEntering(stage: Question): Rule {
  if (stage === 'verify') return 'on_close';
  return stage === 'next' ? 'after_verification' : 'in_stage';
}

function isFresh(closedAt: Date, now: Date): boolean {
  return now.getTime() - closedAt.getTime() <= URGENT_FOR_MS;
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
  if (on !== null) return { ...reason, dueAt: onDate(on, calendar, now) };
  if (rule === 'put_off') {
    return { ...reason, dueAt: after(playbook.asking.return.later, since, calendar, now) };
  }
  const wanted = new Date(since.getTime() + playbook.returnAfterDays * 86_400_000);
  return { ...reason, dueAt: atPromptTime(wanted, calendar, now) };
}

/**
 * When an open prompt is due for somebody whose working time is another from now on: a day that was named stays that
 * day in their zone until it has been asked on.
 */
export function rescheduledAt(
  { on, asked, urgent, dueAt }: Pick<PlannedPrompt, 'on' | 'urgent' | 'dueAt'> & { asked: number },
  calendar: Calendar,
  now: Date,
): Date {
  if (urgent) return nextWorkingTime(calendar, now);
  if (on !== null && asked === 0) return onDate(on, calendar, now);
  return atPromptTime(addWorkingDays(calendar, dueAt, 0), calendar, now);
}

function onDate(localDate: string, calendar: Calendar, now: Date): Date {
  return atPromptTime(startOfLocalDate(calendar, localDate), calendar, now);
}

function after(workingDays: number, since: Date, calendar: Calendar, now: Date): Date {
  return atPromptTime(addWorkingDays(calendar, since, workingDays), calendar, now);
}

function atPromptTime(wanted: Date, calendar: Calendar, now: Date): Date {
  return nextPromptTime(calendar, wanted > now ? wanted : now);
}
