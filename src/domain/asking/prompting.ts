import type { Standing } from '../cycle/engagement.ts';
import type { Question } from '../cycle/stage.ts';
import type { Playbook } from './playbook.ts';
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
  const reason = { question: stage, factId: asking.factId, since: asking.since, urgent: false };
  if (asking.on !== null) {
    return { ...reason, rule: 'named_date', dueAt: onDate(asking.on, calendar, now) };
  }
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

/** The engagement whose end left an account with nothing going on. */
export interface LastEnding {
  factId: string;
  endedAt: Date;
  returnOn: string | null;
  lost: boolean;
}

/** The dated knock on the door of an account with nothing going on. Throws never: an account always has a return. */
export function planReturn(
  last: LastEnding,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  const byDefault = new Date(last.endedAt.getTime() + playbook.returnAfterDays * 86_400_000);
  const dueAt =
    last.returnOn === null ? atPromptTime(byDefault, calendar, now) : onDate(last.returnOn, calendar, now);
  const rule = last.lost && last.returnOn !== null ? 'lost_return' : 'return';
  return { question: 'return', rule, factId: last.factId, since: last.endedAt, dueAt, urgent: false };
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

/** The knock after an answer that put it off: on the date that the rep named, else some working days from now. */
export function planReturnOn(
  factId: string,
  on: string | null,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  const reason = { question: 'return' as const, factId, since: now, urgent: false };
  if (on !== null) return { ...reason, rule: 'named_date', dueAt: onDate(on, calendar, now) };
  return { ...reason, rule: 'put_off', dueAt: after(playbook.asking.return.later, now, calendar, now) };
}
