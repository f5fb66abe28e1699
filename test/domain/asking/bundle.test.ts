import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DM_HOLDS, type DuePrompt, planBundle, type SentBefore } from '../../../src/domain/asking/bundle.ts';
import { calendarOf, DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';
import {
  addWorkingDays,
  type Calendar,
  isWorkingTime,
  localDate,
} from '../../../src/domain/asking/workday.ts';
import { type Question, STAGES } from '../../../src/domain/cycle/stage.ts';
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
    question: fc.constantFrom<Question>(...STAGES, 'return'),
    on: fc.constantFrom(null, null, '2026-11-23'),
    asked: fc.nat(2),
  });
  return fc.record({
    work: anyCase(),
    prompts: fc.array(prompt, { minLength: 1, maxLength: 40, size: 'max' }),
    rules: fc.record({
      gatherMinutes: fc.constantFrom(0, 1, 10, 60),
      bundleSize: fc.integer({ min: 1, max: 7 }),
      // Closes could use up an only one, day after day.
      dmsADay: fc.integer({ min: 2, max: 3 }),
      waitAtMost: fc.constantFrom(5, 10),
    }),
  });
}

type Days = ReturnType<typeof anyDays> extends fc.Arbitrary<infer T> ? T : never;

/** Lives through the days: plans whenever something is due, as the sweep and the closes do. Slack takes all at once. */
function live({ work: { calendar, instant }, prompts, rules }: Days): { sent: Sent[]; atOnce: Sent[] } {
  let waiting = prompts.map(({ afterMs, ...prompt }, index): DuePrompt => {
    return { ...aDue(index, instant), ...prompt, dueAt: new Date(instant.getTime() + afterMs) };
  });
  const before: Mutable<SentBefore> = { urgentAt: null, dailyAt: null, dmsAt: [] };
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
    const waits = new Map(plan.wait.map((wait) => [wait.prompt.id, wait]));
    waiting = waiting
      .filter((prompt) => !plan.send.includes(prompt))
      .map((prompt) => {
        const { until = prompt.dueAt, forRoom = false } = waits.get(prompt.id) ?? {};
        const waitingSince = forRoom ? (prompt.waitingSince ?? prompt.dueAt) : prompt.waitingSince;
        return { ...prompt, dueAt: until, waitingSince };
      });
    const message = { at: now, prompts: plan.send, daily: plan.daily };
    const isFirst = !before.dmsAt.some((at) => isSameDay(calendar, at, now));
    if (
      isFirst &&
      rules.dmsADay > 2 &&
      isQuiet &&
      isWorkingTime(calendar, now) &&
      due.some((prompt) => prompt.urgent)
    )
      atOnce.push(message);
    if (plan.send.length === 0) continue;
    sent.push(message);
    before.dmsAt = [...before.dmsAt, now];
    if (plan.send.some((prompt) => prompt.urgent)) before.urgentAt = now;
    if (plan.daily) before.dailyAt = now;
  }
  return { sent, atOnce };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function aDue(index: number, at: Date): DuePrompt {
  const nothing = { on: null, asked: 0, waitingSince: null, urgent: false };
  return { id: String(index), question: 'close', factId: `fact_${index}`, since: at, dueAt: at, ...nothing };
}

function isSameDay({ timeZone }: Calendar, a: Date, b: Date): boolean {
  return localDate(timeZone, a) === localDate(timeZone, b);
}

const byId = (a: DuePrompt, b: DuePrompt) => (a.id < b.id ? -1 : 1);

describe('the bundles of a rep', () => {
  it('bring everything that is due, once, and at most twice what a bundle holds while few wait', () => {
    check((days) => {
      const ids = live(days).sent.flatMap((message) => message.prompts.map((prompt) => prompt.id));
      expect(ids.map(Number).sort((a, b) => a - b)).toEqual(days.prompts.map((_, index) => index));
      const { bundleSize, waitAtMost } = days.rules;
      if (days.prompts.length > (bundleSize * waitAtMost) / 2) return;
      for (const { at, prompts } of live(days).sent) {
        const isOverdue = prompts.some((prompt) => waitedFor(days, prompt, at) >= waitAtMost);
        // What is first in line comes along with what must go, and each of the two is a bundle at most.
        expect(prompts.length).toBeLessThanOrEqual(isOverdue ? DM_HOLDS : 2 * bundleSize);
      }
    });
  });

  it('come so often a day and no more, closes included', () => {
    check((days) => {
      const { calendar } = days.work;
      for (const [, sent] of Map.groupBy(live(days).sent, ({ at }) => localDate(calendar.timeZone, at)))
        expect(sent.length).toBeLessThanOrEqual(days.rules.dmsADay);
    });
  });

  it('let nothing wait for more than so many working days', () => {
    check((days) => {
      for (const { at, prompts } of live(days).sent) {
        for (const prompt of prompts)
          expect(waitedFor(days, prompt, at)).toBeLessThanOrEqual(days.rules.waitAtMost);
      }
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
      const due = prompts.map(({ afterMs: _, ...prompt }, index) => ({ ...aDue(index, instant), ...prompt }));
      const never = { urgentAt: null, dailyAt: null, dmsAt: [] };
      const plan = planBundle(due, reach, never, rules, calendar, instant);
      expect(plan.send).toEqual([]);
      expect(plan.wait.map(({ prompt }) => prompt)).toEqual(due);
      for (const { until } of plan.wait) {
        expect(until.getTime()).toBeGreaterThan(instant.getTime());
        expect(isWorkingTime(calendar, until)).toBe(true);
      }
    });
  });
});

describe('the first in line', () => {
  const work = calendarOf(DEFAULT_PLAYBOOK, { timeZone: null, promptAt: null });
  const at = (day: string) => new Date(`2026-11-${day}T09:00:00Z`);
  const now = at('23');
  const plan = (due: readonly DuePrompt[]) => {
    const never = { urgentAt: null, dailyAt: null, dmsAt: [] };
    return planBundle(due, 'here', never, DEFAULT_PLAYBOOK, work, now).send.map(({ id }) => id);
  };
  const close = { ...aDue(0, now), id: 'close', urgent: true };
  const named = { ...aDue(1, now), id: 'a day named', on: '2026-11-23' };
  const value = { ...aDue(2, now), id: 'value', question: 'verify' as const };
  const need = { ...aDue(3, now), id: 'need', question: 'next' as const };
  const promise = { ...aDue(6, now), id: 'promise', question: 'promise' as const, asked: 1 };
  const older = { ...aDue(4, now), id: 'older', waitingSince: at('12') };
  const younger = { ...aDue(5, now), id: 'younger', waitingSince: at('13') };

  it('are closes, days that somebody named, value and needs, then what has waited longest', () => {
    expect(plan([younger, older, need, value, named, close])).toEqual([
      'close',
      'a day named',
      'value',
      'need',
    ]);
    expect(plan([younger, older, close])).toEqual(['close', 'older', 'younger']);
  });

  it('is a close that nobody has said anything about yet', () => {
    expect(plan([value, promise, older])).toEqual(['promise', 'value', 'older']);
  });

  it('is no day that was asked about before', () => {
    expect(plan([{ ...named, asked: 1 }, value])).toEqual(['value', 'a day named']);
  });

  it('are told apart by what they are about, not by their ids', () => {
    const [second, first] = [
      { ...younger, id: 'a', factId: 'evt_10' },
      { ...younger, id: 'b', factId: 'evt_9' },
    ];
    expect(plan([second, first])).toEqual(['b', 'a']);
  });

  it('takes somebody along who has waited for ten working days, though others are before them', () => {
    const long = { ...older, id: 'long', waitingSince: at('09') };
    const pressing = [1, 2, 3, 4].map((index) => ({
      ...named,
      id: `named ${index}`,
      factId: `fact_${index}`,
    }));
    expect(plan([...pressing, older])).toEqual(pressing.map(({ id }) => id));
    expect(plan([...pressing, long])).toEqual([...pressing.map(({ id }) => id), 'long']);
  });

  it('are more than usual where the last would wait for too long', () => {
    const many = Array.from({ length: 61 }, (_, index) => aDue(index, now));
    expect(plan(many)).toHaveLength(6);
  });

  it('takes along those that would else be too many on their last day', () => {
    const aged = Array.from({ length: 15 }, (_, index) => ({
      ...aDue(index, now),
      id: `aged ${index}`,
      waitingSince: at('11'),
    }));
    const sent = plan([...aged, close, named, value]);
    // Two days are left, and today: five a day, and what is first in line besides.
    expect(sent.filter((id) => id.startsWith('aged'))).toHaveLength(5);
    expect(sent).toContain('close');
    expect(sent).toContain('a day named');
  });
});

/** Working days from when it was due on. */
function waitedFor({ work: { calendar } }: Days, { waitingSince, dueAt }: DuePrompt, at: Date): number {
  const today = localDate(calendar.timeZone, at);
  for (let days = 0; ; days += 1) {
    const day = addWorkingDays(calendar, waitingSince ?? dueAt, days);
    if (localDate(calendar.timeZone, day) >= today) return days;
  }
}

function localDays(calendar: Calendar, messages: readonly Sent[]): string[] {
  return messages.map(({ at }) => localDate(calendar.timeZone, at));
}

function check(property: (days: Days) => void): void {
  fc.assert(fc.property(anyDays(), property), { numRuns: 40 });
}
