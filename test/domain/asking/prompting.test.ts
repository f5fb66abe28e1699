import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAsks, asksFor, isLastAsk, isSpent } from '../../../src/domain/asking/asks.ts';
import { ASKING, calendarOf, DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';
import {
  planPrompt,
  planReason,
  planReturn,
  reasonsBeside,
  rescheduledAt,
} from '../../../src/domain/asking/prompting.ts';
import { RULES, type Rule } from '../../../src/domain/asking/rules.ts';
import { isWorkingTime, localDate } from '../../../src/domain/asking/workday.ts';
import type { AskingFrom } from '../../../src/domain/cycle/engagement.ts';
import { type Question, STAGES, type Stage } from '../../../src/domain/cycle/stage.ts';
import { anyCasePair } from './workday-oracle.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const UTC = calendarOf(DEFAULT_PLAYBOOK, { timeZone: null, promptAt: null });
const entered: AskingFrom = { factId: 'fact', since: MONDAY, on: null, how: 'entered' };

/** An open engagement in `stage` since Monday. */
function open(stage: Stage, asking: Partial<AskingFrom> = {}) {
  return { stage, ending: null, wonAt: null, beside: {}, asking: { ...entered, ...asking } };
}

function plan(stage: Stage, asking: Partial<AskingFrom> = {}, now = MONDAY) {
  const planned = planPrompt(open(stage, asking), DEFAULT_PLAYBOOK, UTC, now);
  if (planned === null) throw new Error('an open engagement has a prompt');
  return planned;
}

/** An engagement in any stage, asked for any reason. */
function anyAsking() {
  return fc.record({
    stage: fc.constantFrom(...STAGES),
    how: fc.constantFrom('entered' as const, 'answered' as const),
    on: fc.constantFrom(null, null, '2015-06-01', '2026-11-23', '2036-02-29'),
  });
}

describe('the prompt of an engagement', () => {
  it('is there while the engagement is open, in working time and not before now', () => {
    fc.assert(
      fc.property(anyAsking(), anyCasePair(), ({ stage, how, on }, { calendar, instant, later }) => {
        const stands = open(stage, { how, on, since: instant });
        const planned = planPrompt(stands, DEFAULT_PLAYBOOK, calendar, later);
        expect(planned).toMatchObject({ question: stage, factId: 'fact', since: instant });
        expect(planned!.dueAt.getTime()).toBeGreaterThanOrEqual(later.getTime());
        expect(isWorkingTime(calendar, planned!.dueAt)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is none once it has ended', () => {
    for (const ending of ['lost', 'deleted', 'history', 'continued', 'returned'] as const) {
      expect(planPrompt({ ...open('verify'), ending }, DEFAULT_PLAYBOOK, UTC, MONDAY)).toBeNull();
    }
  });

  it.each([
    ['discover', 'in_stage', '2026-12-07'],
    ['develop', 'in_stage', '2026-12-07'],
    ['deliver', 'in_stage', '2026-11-26'],
    ['close', 'in_stage', '2026-11-30'],
    ['verify', 'on_close', '2026-12-14'],
    ['next', 'after_verification', '2026-11-23'],
  ] as const)('comes first in %s, by the rule %s, on %s', (stage, rule, day) => {
    const planned = plan(stage);
    expect([planned.rule, localDate('UTC', planned.dueAt)]).toEqual([rule, day]);
    expect(planned.urgent).toBe(false);
  });

  it('comes on the date that the rep named', () => {
    expect(plan('close', { on: '2026-12-24' })).toMatchObject({
      rule: 'named_date',
      dueAt: new Date('2026-12-24T09:00:00Z'),
      urgent: false,
    });
  });

  it('comes on the next working day after a named date that is none, and at once after one that is over', () => {
    expect(plan('verify', { on: '2026-12-26' }).dueAt).toEqual(new Date('2026-12-28T09:00:00Z'));
    expect(plan('verify', { on: '2026-10-01' }).dueAt).toEqual(MONDAY);
  });

  it('waits the usual time when it was put off without a date', () => {
    const planned = plan('verify', { how: 'answered' });
    expect(planned).toMatchObject({
      rule: 'put_off',
      dueAt: new Date('2026-11-30T09:00:00Z'),
      urgent: false,
    });
  });

  it.each([
    ['promised', '2026-12-24', 'promise_date', '2026-12-24'],
    ['promised', null, 'on_close', '2026-12-14'],
    ['repair', '2026-12-01', 'repair_date', '2026-12-01'],
    ['repair', null, 'not_seen', '2026-11-30'],
    ['talk', '2026-12-02', 'named_date', '2026-12-02'],
  ] as const)('comes about the value after %s with the day %s, by the rule %s', (how, on, rule, day) => {
    const planned = plan('verify', { how, on });
    expect([planned.rule, localDate('UTC', planned.dueAt)]).toEqual([rule, day]);
  });
});

describe('what is asked beside it', () => {
  const since = MONDAY.toISOString();
  const besides = (stands: Partial<Parameters<typeof reasonsBeside>[0]>, heardAt = MONDAY) =>
    reasonsBeside({ ...open('verify'), ...stands }, DEFAULT_PLAYBOOK, UTC, heardAt);
  const onClose = { promise: { factId: 'fact', since, on: null, how: 'entered' as const } };
  const promised = (on: string) => ({ promised: { factId: 'p', since, on, how: 'promised' as const } });

  it('is what was promised, at once after a close of the last day, in the evening at the next opening', () => {
    const evening = new Date('2026-11-23T18:00:00Z');
    const [reason] = besides({ beside: onClose, wonAt: evening }, evening);
    expect(reason).toMatchObject({ question: 'promise', rule: 'on_close', urgent: true });
    const { dueAt } = planReason(reason!, DEFAULT_PLAYBOOK, UTC, evening);
    expect(dueAt).toEqual(new Date('2026-11-24T09:00:00Z'));
  });

  it('leaves a close that was heard of late to the bundle of the day', () => {
    const [reason] = besides({ beside: onClose, wonAt: new Date('2026-11-20T09:00:00Z') });
    expect(reason?.urgent).toBe(false);
  });

  it('is the day of a promise, unless the value is asked about on that day, or was since', () => {
    const talksOn = (on: string, at = MONDAY) => ({
      asking: { ...entered, since: at, on, how: 'talk' as const },
    });
    expect(besides({ beside: promised('2026-12-10'), ...talksOn('2026-12-01') })).toEqual([
      expect.objectContaining({ question: 'promised', rule: 'promise_date', on: '2026-12-10' }),
    ]);
    expect(besides({ beside: promised('2026-12-10'), ...talksOn('2026-12-10') })).toEqual([]);
    const onTheDay = new Date('2026-12-10T08:00:00Z');
    expect(besides({ beside: promised('2026-12-10'), ...talksOn('2026-12-20', onTheDay) })).toEqual([]);
  });

  it('is the day of a promise whatever became of the deal, but not twice for one order', () => {
    for (const ending of ['lost', 'deleted', 'dismissed'] as const)
      expect(besides({ beside: promised('2026-12-10'), ending })).toHaveLength(1);
    expect(besides({ beside: promised('2026-12-10'), ending: 'joined' })).toEqual([]);
  });

  it('is the reason of a loss, while that is news', () => {
    const beside = { lost: { factId: 'lost', since, on: null, how: 'entered' as const } };
    expect(besides({ beside, ending: 'lost' })).toMatchObject([{ question: 'lost', rule: 'lost_deal' }]);
    expect(besides({ beside, ending: 'lost' }, new Date('2027-01-23T09:00:00Z'))).toEqual([]);
  });

  it('lapses once it was asked as often as it may be', () => {
    expect([2, 3].map((asked) => isSpent({ question: 'promise', asked }, DEFAULT_PLAYBOOK))).toEqual([
      false,
      true,
    ]);
    expect(isSpent({ question: 'promised', asked: 9 }, DEFAULT_PLAYBOOK)).toBe(false);
  });
});

/** A question that is there for any usual reason and was asked so often, the last time on that Monday. */
function asked({ question, rule = 'in_stage', count, lastAt = MONDAY }: AskedSoFar) {
  return afterAsks({ question, rule }, { count, lastAt }, DEFAULT_PLAYBOOK, UTC);
}

interface AskedSoFar {
  question: Question;
  rule?: Rule;
  count: number;
  lastAt?: Date;
}

describe('an unanswered question', () => {
  it.each([
    ['discover', [10, 10]],
    ['develop', [10, 10]],
    ['deliver', [3, 5]],
    ['close', [3, 5]],
    ['verify', [2, 5]],
    ['next', [2, 5]],
    ['return', [10]],
  ] as const)('of %s is asked again after working days: %j; then it is quiet', (question, intervals) => {
    let lastAt = MONDAY;
    intervals.forEach((workingDays, index) => {
      const again = asked({ question, count: index + 1, lastAt });
      expect([workingDaysBetween(lastAt, again.dueAt), again.quietSince]).toEqual([workingDays, null]);
      lastAt = again.dueAt;
    });
    expect(asked({ question, count: intervals.length + 1, lastAt }).quietSince).toEqual(lastAt);
  });

  it('that is quiet is asked once more after sixty days, and is quiet again', () => {
    const quiet = asked({ question: 'close', count: 3 });
    // Sixty days after that Monday is a Friday.
    expect(quiet).toMatchObject({ quietSince: MONDAY, dueAt: new Date('2027-01-22T09:00:00Z') });
    const again = asked({ question: 'close', count: 4, lastAt: quiet.dueAt });
    expect(again).toMatchObject({ quietSince: quiet.dueAt, dueAt: new Date('2027-03-23T09:00:00Z') });
  });

  it.each([
    ['weekly', '2026-11-30T09:00:00Z'],
    ['monthly', '2026-12-23T09:00:00Z'],
  ] as const)('that is to be asked %s is never quiet', (rule, dueAt) => {
    const again = asked({ question: 'close', rule, count: 9 });
    expect(again).toMatchObject({ quietSince: null, dueAt: new Date(dueAt) });
    expect(isLastAsk({ question: 'close', rule, asked: 9 }, DEFAULT_PLAYBOOK)).toBe(false);
  });

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ])('of the order that was asked %i times is asked for the last time: %s', (times, isLast) => {
    expect(isLastAsk({ question: 'close', rule: 'in_stage', asked: times }, DEFAULT_PLAYBOOK)).toBe(isLast);
  });

  it.each(['promise', 'lost'] as const)(
    'of %s is never the last that says so: what it is about is asked otherwise',
    (question) => {
      for (const asked of [0, 1, 2, 3])
        expect(isLastAsk({ question, rule: 'on_close', asked }, DEFAULT_PLAYBOOK)).toBe(false);
    },
  );

  it('counts the asks since its reason, and none before the day that somebody named', () => {
    const times = ['2026-11-20', '2026-11-24', '2026-12-02'].map((day) => new Date(`${day}T09:00:00Z`));
    expect(asksFor({ since: MONDAY, on: null }, times, UTC)).toEqual({ count: 2, lastAt: times[2] });
    expect(asksFor({ since: MONDAY, on: '2026-12-01' }, times, UTC)).toEqual({ count: 1, lastAt: times[2] });
    expect(asksFor({ since: MONDAY, on: '2026-12-03' }, times, UTC)).toBeNull();
  });

  it('is asked again in working time, on a later day', () => {
    const questions = Object.keys(ASKING) as Question[];
    fc.assert(
      fc.property(
        fc.constantFrom(...questions),
        fc.constantFrom(...RULES),
        fc.nat(9),
        anyCasePair(),
        (question, rule, count, { calendar, instant }) => {
          const asks = { count: count + 1, lastAt: instant };
          const again = afterAsks({ question, rule }, asks, DEFAULT_PLAYBOOK, calendar).dueAt;
          expect(isWorkingTime(calendar, again)).toBe(true);
          expect(localDate(calendar.timeZone, again) > localDate(calendar.timeZone, instant)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a return', () => {
  const usual = { afterDays: 60, playbookVersion: null };
  const ended = { rule: 'return' as const, factId: 'engagement', since: MONDAY, on: null, ...usual };
  const stated = { since: MONDAY, on: '2027-06-01', afterDays: null, playbookVersion: null };
  const named = { rule: 'named_date' as const, factId: 'answer', ...stated };

  it('knocks sixty days after the last that happened, in working time', () => {
    const planned = planReturn(ended, DEFAULT_PLAYBOOK, UTC, MONDAY);
    // Sixty days on is a Friday.
    expect(planned).toMatchObject({ question: 'return', rule: 'return', on: null, urgent: false });
    expect(planned.dueAt).toEqual(new Date('2027-01-22T09:00:00Z'));
  });

  it('knocks on the day that was named, in the zone of whoever is asked', () => {
    for (const timeZone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      const calendar = calendarOf(DEFAULT_PLAYBOOK, { timeZone, promptAt: null });
      const { dueAt, on } = planReturn(named, DEFAULT_PLAYBOOK, calendar, MONDAY);
      expect([on, localDate(timeZone, dueAt)]).toEqual(['2027-06-01', '2027-06-01']);
    }
  });

  it('knocks after the usual time when it was put off without a day', () => {
    const put = planReturn({ ...named, rule: 'put_off', on: null }, DEFAULT_PLAYBOOK, UTC, MONDAY);
    expect(put).toMatchObject({ rule: 'put_off', dueAt: new Date('2026-11-30T09:00:00Z') });
  });

  it('knocks in working time and not before now, whatever the calendar and the date', () => {
    const day = fc.constantFrom(null, '2014-01-01', '2026-03-29', '2036-12-31');
    fc.assert(
      fc.property(day, anyCasePair(), (on, { calendar, instant, later }) => {
        for (const wanted of [ended, named]) {
          const { dueAt } = planReturn({ ...wanted, on, since: instant }, DEFAULT_PLAYBOOK, calendar, later);
          expect(isWorkingTime(calendar, dueAt)).toBe(true);
          expect(dueAt.getTime()).toBeGreaterThanOrEqual(later.getTime());
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a prompt whose rep moves', () => {
  const los = calendarOf(DEFAULT_PLAYBOOK, { timeZone: 'America/Los_Angeles', promptAt: null });
  // Nine in the morning of 2 December in Auckland.
  const unasked = { asked: 0, bundleId: null, spread: false, urgent: false };
  const dueAt = new Date('2026-12-01T20:00:00Z');
  const named = { ...plan('close', { on: '2026-12-02' }), ...unasked, dueAt };
  // Ten working days after 18 November in Auckland, the 17th in Los Angeles.
  const planned = { ...plan('discover', { since: new Date('2026-11-17T20:00:00Z') }), ...unasked, dueAt };
  const at = (prompt: Parameters<typeof rescheduledAt>[0]) =>
    rescheduledAt(prompt, DEFAULT_PLAYBOOK, los, MONDAY);

  it('keeps the day that was named: nine in the morning there is noon of the day before elsewhere', () => {
    expect(at(named)).toEqual(new Date('2026-12-02T17:00:00Z'));
    expect(at({ ...named, bundleId: 'bundle' })).toEqual(new Date('2026-12-02T17:00:00Z'));
  });

  it('is planned as if they had always been there where no day was named and nobody was asked', () => {
    const early = { ...planned, dueAt: new Date('2026-12-07T20:00:00Z') };
    expect(at(early)).toEqual(new Date('2026-12-01T17:00:00Z'));
  });

  it('keeps its day in the new working time once it was asked, is about to be, or was spread', () => {
    const late = { ...planned, dueAt: new Date('2026-12-07T20:00:00Z') };
    const sameDay = new Date('2026-12-07T17:00:00Z');
    expect(at({ ...late, asked: 1 })).toEqual(sameDay);
    expect(at({ ...late, bundleId: 'bundle' })).toEqual(sameDay);
    expect(at({ ...late, spread: true })).toEqual(sameDay);
    expect(at({ ...named, asked: 1 })).toEqual(new Date('2026-12-01T17:00:00Z'));
  });
});

/** Mondays to Fridays after the day of `from`, up to and with that of `to`. */
function workingDaysBetween(from: Date, to: Date): number {
  let count = 0;
  for (let day = from.getTime() + 86_400_000; day <= to.getTime(); day += 86_400_000) {
    if (![0, 6].includes(new Date(day).getUTCDay())) count += 1;
  }
  return count;
}
