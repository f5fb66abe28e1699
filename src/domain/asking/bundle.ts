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
export interface BundlePlan<P extends DuePrompt = DuePrompt> {
  send: P[];
  /** Whether the DM counts as the day's bundle. */
  daily: boolean;
  wait: { prompt: P; until: Date }[];
}

/** Whether a rep can be written to: `busy` has a bundle on its way, `unknown` is not matched to Slack yet. */
export type Reach = 'here' | 'busy' | 'unknown';

/**
 * Promise 4: the first close is asked about at once; closes that follow within the gathering time are gathered into
 * one more DM; everything else comes in one bundle a day; nothing goes out outside working time. What finds no
 * room in a bundle waits for the next day's, so that no rep gets a flood.
 */
export function planBundle<P extends DuePrompt>(
  due: readonly P[],
  reach: Reach,
  before: SentBefore,
  rules: BundleRules,
  calendar: Calendar,
  now: Date,
): BundlePlan<P> {
  const tomorrow = nextDaily(calendar, now);
  const allWait = (until: (prompt: P) => Date): BundlePlan<P> => {
    return { send: [], daily: false, wait: due.map((prompt) => ({ prompt, until: until(prompt) })) };
  };
  if (reach === 'unknown') return allWait(() => tomorrow);
  if (!isWorkingTime(calendar, now)) {
    return allWait((prompt) =>
      prompt.urgent ? nextWorkingTime(calendar, now) : nextPromptTime(calendar, now),
    );
  }
  if (reach === 'busy') {
    // Never now again: whoever looks for what is due would find it at once, and again.
    const minutes = Math.max(1, rules.gatherMinutes);
    const soon = nextWorkingTime(calendar, new Date(now.getTime() + minutes * 60_000));
    return allWait(() => soon);
  }
  const gatherUntil = gatheringEnds(before.urgentAt, rules.gatherMinutes);
  const gathering = gatherUntil !== null && now < gatherUntil;
  const dailyDone = before.dailyAt !== null && sameLocalDay(calendar, before.dailyAt, now);
  const goes = (prompt: P) => (prompt.urgent ? !gathering : !dailyDone);
  const ready = due.filter(goes).sort(mostPressingFirst);
  const send = ready.slice(0, rules.bundleSize);
  const wait = due
    .filter((prompt) => !send.includes(prompt))
    .map((prompt) => ({
      prompt,
      until: prompt.urgent && gathering ? nextWorkingTime(calendar, gatherUntil) : tomorrow,
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

function sameLocalDay(calendar: Calendar, a: Date, b: Date): boolean {
  return localDate(calendar.timeZone, a) === localDate(calendar.timeZone, b);
}

/** The day's bundle after today's. */
function nextDaily(calendar: Calendar, now: Date): Date {
  let at = nextPromptTime(calendar, now);
  while (sameLocalDay(calendar, at, now)) at = nextPromptTime(calendar, new Date(at.getTime() + 60_000));
  return at;
}
