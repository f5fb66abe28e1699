import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DuePrompt, planBundle, type SentBefore } from '../../../src/domain/asking/bundle.ts';
import { type Calendar, isWorkingTime, localDate } from '../../../src/domain/asking/workday.ts';
import { anyCase } from './workday-oracle.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

interface Sent {
  at: Date;
  prompts: DuePrompt[];
  daily: boolean;
}

/** Prompts that fall due in the course of some days, closes among them, for a rep with any calendar. */
function anyDays() {
  const prompt = fc.record({
    afterMs: fc.oneof(fc.nat(3 * DAY), fc.nat(20 * MINUTE)),
    urgent: fc.boolean(),
  });
  return fc.record({
    work: anyCase(),
    prompts: fc.array(prompt, { minLength: 1, maxLength: 14 }),
    rules: fc.record({
      gatherMinutes: fc.constantFrom(0, 1, 10, 60),
      bundleSize: fc.integer({ min: 1, max: 7 }),
    }),
  });
}

type Days = ReturnType<typeof anyDays> extends fc.Arbitrary<infer T> ? T : never;

/** Lives through the days: plans whenever something is due, as the sweep and the closes do. Slack takes all at once. */
function live({ work: { calendar, instant }, prompts, rules }: Days): { sent: Sent[]; atOnce: Sent[] } {
  let waiting: DuePrompt[] = prompts.map(({ afterMs, urgent }, index) => {
    return { id: String(index), urgent, dueAt: new Date(instant.getTime() + afterMs) };
  });
  const before: SentBefore = { urgentAt: null, dailyAt: null };
  const sent: Sent[] = [];
  const atOnce: Sent[] = [];
  while (waiting.length > 0) {
    const now = new Date(Math.min(...waiting.map((prompt) => prompt.dueAt.getTime())));
    const due = waiting.filter((prompt) => prompt.dueAt <= now);
    const isQuiet =
      before.urgentAt === null || now.getTime() - before.urgentAt.getTime() >= rules.gatherMinutes * MINUTE;
    const plan = planBundle(due, 'here', before, rules, calendar, now);
    for (const { until } of plan.wait) expect(until.getTime()).toBeGreaterThan(now.getTime());
    expect([...plan.send, ...plan.wait.map(({ prompt }) => prompt)].sort(byId)).toEqual([...due].sort(byId));
    const until = new Map(plan.wait.map((wait) => [wait.prompt.id, wait.until]));
    waiting = waiting
      .filter((prompt) => !plan.send.includes(prompt))
      .map((prompt) => ({ ...prompt, dueAt: until.get(prompt.id) ?? prompt.dueAt }));
    const message = { at: now, prompts: plan.send, daily: plan.daily };
    if (isQuiet && isWorkingTime(calendar, now) && due.some((prompt) => prompt.urgent)) atOnce.push(message);
    if (plan.send.length === 0) continue;
    sent.push(message);
    if (plan.send.some((prompt) => prompt.urgent)) before.urgentAt = now;
    if (plan.daily) before.dailyAt = now;
  }
  return { sent, atOnce };
}

const byId = (a: DuePrompt, b: DuePrompt) => (a.id < b.id ? -1 : 1);

describe('the bundles of a rep', () => {
  it('bring everything that is due, once, and never more than a bundle holds', () => {
    check((days) => {
      const ids = live(days).sent.flatMap((message) => message.prompts.map((prompt) => prompt.id));
      expect(ids.map(Number).sort((a, b) => a - b)).toEqual(days.prompts.map((_, index) => index));
      for (const { prompts } of live(days).sent)
        expect(prompts.length).toBeLessThanOrEqual(days.rules.bundleSize);
    });
  });

  it('come in working time only, across changes of the clock', () => {
    check((days) => {
      for (const { at } of live(days).sent) expect(isWorkingTime(days.work.calendar, at)).toBe(true);
    });
  });

  it('come once a day, but for closes', () => {
    check((days) => {
      const daily = live(days).sent.filter((message) => message.daily);
      expect(localDays(days.work.calendar, daily)).toEqual([
        ...new Set(localDays(days.work.calendar, daily)),
      ]);
      const calm = live(days).sent.filter((message) => message.prompts.some((prompt) => !prompt.urgent));
      expect(calm).toEqual(daily);
    });
  });

  it('ask about the first close at once, and gather those that follow', () => {
    check((days) => {
      const { sent, atOnce } = live(days);
      for (const message of atOnce) expect(message.prompts.some((prompt) => prompt.urgent)).toBe(true);
      const closes = sent.filter((message) => message.prompts.some((prompt) => prompt.urgent));
      closes.slice(1).forEach((message, index) => {
        const pause = message.at.getTime() - closes[index]!.at.getTime();
        expect(pause).toBeGreaterThanOrEqual(days.rules.gatherMinutes * MINUTE);
      });
    });
  });

  it.each(['busy', 'unknown'] as const)('do not come to a rep who is %s; all waits until later', (reach) => {
    check(({ work: { calendar, instant }, prompts, rules }) => {
      const due = prompts.map(({ urgent }, index) => ({ id: String(index), urgent, dueAt: instant }));
      const plan = planBundle(due, reach, { urgentAt: null, dailyAt: null }, rules, calendar, instant);
      expect(plan.send).toEqual([]);
      expect(plan.wait.map(({ prompt }) => prompt)).toEqual(due);
      for (const { until } of plan.wait) {
        expect(until.getTime()).toBeGreaterThan(instant.getTime());
        expect(isWorkingTime(calendar, until)).toBe(true);
      }
    });
  });
});

function localDays(calendar: Calendar, messages: readonly Sent[]): string[] {
  return messages.map(({ at }) => localDate(calendar.timeZone, at));
}

function check(property: (days: Days) => void): void {
  fc.assert(fc.property(anyDays(), property), { numRuns: 40 });
}
