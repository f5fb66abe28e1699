import { type Calendar, isWorkingTime, localDate, nextPromptTime, nextWorkingTime } from './workday.ts';

/** A prompt that is due, as far as bundling looks at it. */
export interface DuePrompt {
  id: string;
  dueAt: Date;
  urgent: boolean;
}

/** What a rep has been sent before. */
export interface SentBefore {
  /** When the last DM about closes went on its way. */
  urgentAt: Date | null;
  /** When the last daily bundle went on its way. */
  dailyAt: Date | null;
}

export interface BundleRules {
  gatherMinutes: number;
  bundleSize: number;
}

/** What to do with all the prompts of a rep that are due: which go into a DM now, and until when the others wait. */
export interface BundlePlan {
  send: DuePrompt[];
  /** Whether the DM counts as the day's bundle. */
  daily: boolean;
  wait: { prompt: DuePrompt; until: Date }[];
}

/**
 * Promise 4: the first close is asked about at once; closes that follow within the gathering time are gathered into
 * one more DM; everything else comes in one bundle a day; nothing goes out outside working time. What finds no
 * room in a bundle waits for the next day's, so that no rep gets a flood.
 */
export function planBundle(
  due: readonly DuePrompt[],
  before: SentBefore,
  rules: BundleRules,
  calendar: Calendar,
  now: Date,
): BundlePlan {
  const tomorrow = nextDaily(calendar, now);
  if (!isWorkingTime(calendar, now)) {
    const until = (prompt: DuePrompt) =>
      prompt.urgent ? nextWorkingTime(calendar, now) : nextPromptTime(calendar, now);
    return { send: [], daily: false, wait: due.map((prompt) => ({ prompt, until: until(prompt) })) };
  }
  const gatherUntil = gatheringEnds(before.urgentAt, rules.gatherMinutes);
  const gathering = gatherUntil !== null && now < gatherUntil;
  const dailyDone = before.dailyAt !== null && sameLocalDay(calendar, before.dailyAt, now);
  const goes = (prompt: DuePrompt) => (prompt.urgent ? !gathering : !dailyDone);
  const ready = due.filter(goes).sort(mostPressingFirst);
  const send = ready.slice(0, rules.bundleSize);
  const wait = due
    .filter((prompt) => !send.includes(prompt))
    .map((prompt) => ({
      prompt,
      until: prompt.urgent && gathering ? inHours(calendar, gatherUntil) : tomorrow,
    }));
  return { send, daily: send.some((prompt) => !prompt.urgent), wait };
}

function mostPressingFirst(a: DuePrompt, b: DuePrompt): number {
  return (
    Number(b.urgent) - Number(a.urgent) || a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1)
  );
}

function gatheringEnds(urgentAt: Date | null, minutes: number): Date | null {
  return urgentAt === null ? null : new Date(urgentAt.getTime() + minutes * 60_000);
}

function inHours(calendar: Calendar, at: Date): Date {
  return nextWorkingTime(calendar, at);
}

function sameLocalDay(calendar: Calendar, a: Date, b: Date): boolean {
  return localDate(calendar.timeZone, a) === localDate(calendar.timeZone, b);
}

/** The day's bundle after today's. */
function nextDaily(calendar: Calendar, now: Date): Date {
  let at = nextPromptTime(calendar, now);
  while (sameLocalDay(calendar, at, now)) at = nextPromptTime(calendar, new Date(at.getTime() + 60_000));
  return at;
}
