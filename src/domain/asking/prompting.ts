import type { AskingFrom, Standing } from '../cycle/engagement.ts';
import type { Question } from '../cycle/stage.ts';
import { DAY_MS } from '../durations.ts';
import { afterAsks, intervalOf } from './asks.ts';
import { knownAt } from './learning.ts';
import type { Playbook } from './playbook.ts';
import type { WantedReturn } from './returns.ts';
import type { Rule } from './rules.ts';
import {
  addWorkingDays,
  type Calendar,
  localDate,
  nextPromptTime,
  nextWorkingTime,
  startOfLocalDate,
} from './workday.ts';

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

/** A close older than this, when it is heard of, can wait for the day's bundle. */
const URGENT_FOR_MS = 24 * 3_600_000;

/** Nobody is asked for the reason of a loss that they heard of longer ago. */
const LOSS_IS_NEWS_FOR_DAYS = 7;

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
  return reason && planReason(reason, playbook, calendar, now);
}

/** The reason for that prompt. `heardAt`: a close that was fresh by then is urgent. */
export function reasonToAsk(
  standing: Pick<Standing, 'stage' | 'ending' | 'asking' | 'wonAt'>,
  playbook: Playbook,
  heardAt: Date,
): AskingReason | null {
  if (standing.ending !== null) return null;
  return toReason(standing.stage, standing.asking, standing.wonAt, playbook, heardAt);
}

/** What the workspace had learned by then, where the rule goes by that. */
function learnedFor(question: Question, rule: Rule, since: Date, playbook: Playbook) {
  const learned = question === 'verify' && rule === 'on_close' ? knownAt(playbook.learned, since) : null;
  if (learned === null || learned.valueDays === null) return { afterDays: null, playbookVersion: null };
  return { afterDays: learned.valueDays, playbookVersion: learned.version };
}

/** What is asked beside that, whether or not the engagement has ended. */
export function reasonsBeside(
  {
    stage,
    ending,
    asking,
    beside,
    wonAt,
  }: Pick<Standing, 'stage' | 'ending' | 'asking' | 'beside' | 'wonAt'>,
  playbook: Playbook,
  calendar: Calendar,
  heardAt: Date,
): AskingReason[] {
  if (ending === 'joined') return [];
  const isAskedOfValue = stage === 'verify' && ending === null;
  return (['promise', 'promised', 'lost'] as const).flatMap((question) => {
    const one = beside[question];
    if (one === undefined) return [];
    const from = { ...one, since: new Date(one.since) };
    if (question === 'promised' && isAskedOfValue && isAskedByThen(asking, from, calendar)) return [];
    if (question === 'lost' && !isRecent(from.since, heardAt)) return [];
    return [toReason(question, from, wonAt, playbook, heardAt)];
  });
}

/** When what there is a reason to ask is due, as long as nobody was asked. */
export function planReason(
  reason: AskingReason,
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  return { ...reason, dueAt: firstDueAt(reason, playbook, calendar, now) };
}

/** The day of a need, however the deal stands. */
export function planNeed(
  { datedBy: factId, datedAt: since, neededOn: on }: { datedBy: string; datedAt: Date; neededOn: string },
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): PlannedPrompt {
  const reason = { question: 'need', rule: 'need_date', factId, since, on, urgent: false } as const;
  return planReason({ ...reason, afterDays: null, playbookVersion: null }, playbook, calendar, now);
}

function toReason(
  question: Question,
  asking: AskingFrom,
  wonAt: Date | null,
  playbook: Playbook,
  heardAt: Date,
): AskingReason {
  const { factId, since, on } = asking;
  const rule = ruleFor(question, asking);
  const isAtOnce = rule === 'on_close' && playbook.asking[question].first === 0;
  const urgent = isAtOnce && isFresh(wonAt ?? since, heardAt);
  return { question, rule, factId, since, on, urgent, ...learnedFor(question, rule, since, playbook) };
}

function ruleFor(question: Question, { on, how }: AskingFrom): Rule {
  if (how === 'promised') return on === null ? 'on_close' : 'promise_date';
  if (how === 'repair') return on === null ? 'not_seen' : 'repair_date';
  if (on !== null) return 'named_date';
  if (how === 'weekly' || how === 'monthly') return how;
  if (how === 'answered') return 'put_off';
  if (how === 'moved') return 'since_moved';
  if (question === 'verify' || question === 'promise') return 'on_close';
  if (question === 'lost') return 'lost_deal';
  return question === 'next' ? 'after_verification' : 'in_stage';
}

/** The question of the value comes on that day, or somebody had their say about it once the day had come. */
function isAskedByThen(asking: AskingFrom, { on }: AskingFrom, { timeZone }: Calendar): boolean {
  return on === null || asking.on === on || localDate(timeZone, asking.since) >= on;
}

function isRecent(lostAt: Date, heardAt: Date): boolean {
  return heardAt.getTime() - lostAt.getTime() <= LOSS_IS_NEWS_FOR_DAYS * DAY_MS;
}

function isFresh(closedAt: Date, heardAt: Date): boolean {
  return heardAt.getTime() - closedAt.getTime() <= URGENT_FOR_MS;
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
  return planReason(reason, playbook, calendar, now);
}

/**
 * When an open prompt is due for somebody whose working time is another from now on. What nobody was asked yet is due
 * when it would be had that always been theirs (promise 3), a day that was named being that day in their zone. What
 * is about to be asked, or was given a day among imported history, keeps its day as far as that is one of theirs. What
 * was asked is due again as if that had always been theirs too: days off are no silence.
 */
export function rescheduledAt(
  prompt: Omit<PlannedPrompt, 'factId' | 'playbookVersion'> & {
    asked: number;
    lastAskedAt?: Date | null;
    bundleId: string | null;
    spread: boolean;
  },
  playbook: Playbook,
  calendar: Calendar,
  now: Date,
): Date {
  const { on, asked, lastAskedAt = null, bundleId, spread, urgent, dueAt } = prompt;
  const isUntouched = asked === 0 && (on !== null || (bundleId === null && !spread));
  if (urgent || isUntouched) return firstDueAt(prompt, playbook, calendar, now);
  if (lastAskedAt !== null && bundleId === null) {
    const again = afterAsks(prompt, { count: asked, lastAt: lastAskedAt }, playbook, calendar);
    return atPromptTime(again.dueAt, calendar, now);
  }
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
  const workingDays = rule === 'put_off' || rule === 'not_seen' ? later : (afterDays ?? first);
  return atPromptTime(addWorkingDays(calendar, since, workingDays), calendar, now);
}

function atPromptTime(wanted: Date, calendar: Calendar, now: Date): Date {
  return nextPromptTime(calendar, wanted > now ? wanted : now);
}
