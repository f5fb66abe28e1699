import fc from 'fast-check';
import { RULES } from '../../src/domain/asking/rules.ts';
import type { Answer, NextStep } from '../../src/domain/cycle/answer.ts';
import type { HeardNeed } from '../../src/domain/cycle/need.ts';
import { type Ending, EXTRAS, type Question, STAGES } from '../../src/domain/cycle/stage.ts';
import { SEES_VALUE } from '../../src/domain/cycle/verification.ts';
import type { Money } from '../../src/domain/money.ts';
import type { BundleView, NeedView, PromptState, PromptView } from '../../src/flow/show/views.ts';
import { anyText, anyUrl } from './any-view.ts';

/** Prompts as the worst of names, amounts and clocks make them. */

const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const localDate = at.map((date) => date.toISOString().slice(0, 10));
const timeZone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu');
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const money = fc.record<Money>({
  value: fc.constantFrom('0', '4514', '4514.5000', '999999999999999.9999'),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
});
const heard = fc.record<HeardNeed>({ words: anyText, estimate: orNone(money), neededOn: orNone(localDate) });
const needs = fc.array(heard, { maxLength: 5 });
const step: fc.Arbitrary<NextStep> = fc.oneof(
  fc.record({ kind: fc.constant('engage' as const), needId: fc.uuid() }),
  fc.record({ kind: fc.constant('engage_heard' as const), index: fc.nat(4) }),
  fc.record({ kind: fc.constant('return' as const), on: localDate }),
);

const promise = fc.record({
  words: anyText,
  by: orNone(localDate),
  measure: orNone(fc.record({ value: fc.constant('3'), unit: anyText })),
});
const repair = fc.record({ what: orNone(anyText), by: orNone(localDate) });

export const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    kind: fc.constant('moved' as const),
    to: fc.constantFrom(...STAGES),
    askOn: orNone(localDate),
  }),
  fc.record({ kind: fc.constant('won' as const), amount: orNone(money) }),
  fc.record({ kind: fc.constant('lost' as const), reason: anyText, returnOn: orNone(localDate) }),
  fc.record({ kind: fc.constant('later' as const), on: localDate }),
  fc.record({
    kind: fc.constant('keep_asking' as const),
    every: fc.constantFrom('weekly' as const, 'monthly' as const),
  }),
  fc.record({
    kind: fc.constant('verified' as const),
    verification: fc.record({
      who: anyText,
      seesValue: fc.constantFrom(...SEES_VALUE),
      words: anyText,
      heldOn: localDate,
    }),
    needs,
    next: orNone(step),
    repair: orNone(repair),
  }),
  fc.record({ kind: fc.constant('next' as const), needs, step: orNone(step) }),
  fc.record({ kind: fc.constant('talk' as const), on: localDate }),
  fc.record({ kind: fc.constant('promised' as const), promise, talkOn: orNone(localDate) }),
  fc.record({
    kind: fc.constant('dismissed' as const),
    reason: orNone(anyText),
    returnOn: orNone(localDate),
  }),
  fc.record({ kind: fc.constant('need_changed' as const), needId: fc.uuid(), neededOn: orNone(localDate) }),
  fc.record({ kind: fc.constant('need_dropped' as const), needId: fc.uuid(), reason: anyText }),
  fc.record({ kind: fc.constant('need_same' as const), needId: fc.uuid(), asId: fc.uuid() }),
  fc.record({ kind: fc.constant('need_taken_up' as const), needId: fc.uuid() }),
  fc.record({ kind: fc.constant('note' as const), text: anyText }),
);

const state: fc.Arbitrary<PromptState> = fc.oneof(
  fc.constant({ kind: 'open' as const }),
  fc.constant({ kind: 'open' as const }),
  fc.record({ kind: fc.constant('overtaken' as const), at }),
  fc.record({ kind: fc.constant('elsewhere' as const), with: anyText }),
  fc
    .record({
      kind: fc.constant('answered' as const),
      answerId: fc.uuid(),
      answer: anyAnswer,
      at,
      by: anyText,
    })
    .chain((answered) => anyText.map((took) => ({ ...answered, took }))),
);

const need: fc.Arbitrary<NeedView> = fc.record({
  id: fc.uuid(),
  words: anyText,
  estimate: orNull(money),
  neededOn: orNull(localDate),
  outcome: fc.constantFrom('open', 'taken_up', 'dropped', 'same'),
  heardAt: at,
});

export const anyPrompt: fc.Arbitrary<PromptView> = fc.record({
  promptId: fc.uuid(),
  question: fc.constantFrom<Question>(...STAGES, ...EXTRAS, 'return'),
  rule: fc.constantFrom(...RULES),
  since: at,
  dueAt: at,
  asked: fc.nat(40),
  isRested: fc.boolean(),
  learnedDays: orNull(fc.integer({ min: 1, max: 400 })),
  colleague: orNull(
    fc.record({ name: anyText, at, how: fc.constantFrom('asked' as const, 'moved' as const) }),
  ),
  account: fc.record({ id: fc.uuid(), name: anyText }),
  engagement: orNull(
    fc.record({
      id: fc.uuid(),
      name: orNull(anyText),
      url: orNull(anyUrl),
      dealAt: at,
      amount: orNull(money),
      stage: fc.constantFrom(...STAGES),
      ending: orNull(fc.constantFrom<Ending>('lost', 'deleted', 'history', 'continued', 'returned')),
    }),
  ),
  promise: orNull(promise),
  repair: orNull(repair),
  needs: fc.array(need, { maxLength: 200, size: 'max' }),
  waitsForRepair: fc.boolean(),
  need: orNull(need),
  bring: orNull(anyText),
  contact: orNull(anyText),
  state,
  askedForId: fc.constant(null),
  rep: fc.record({ id: fc.uuid(), name: anyText, slackUserId: fc.constant('U1'), timeZone }),
  currency: fc.constantFrom('USD', 'EUR'),
});

export const anyBundle: fc.Arbitrary<BundleView> = fc.record({
  bundleId: fc.uuid(),
  timeZone,
  today: localDate,
  prompts: fc.array(anyPrompt, { maxLength: 30 }),
  askedAgain: fc.constant({}),
  alsoWaiting: fc.nat(500),
  introduction: orNone(
    fc.record({
      holidays: fc.record({
        chosen: fc.constantFrom(null, 'none', 'DE-BY'),
        place: fc.constantFrom(null, 'PT', 'DE-BY'),
        isUnknown: fc.boolean(),
      }),
    }),
  ),
});

const noon = new Date('2026-11-23T10:00:00Z');

/** A prompt as it mostly is, for tests that say what they change of it. */
export function prompt(change: Partial<PromptView> = {}): PromptView {
  return {
    promptId: '0190a000-0000-7000-8000-000000000001',
    question: 'verify',
    rule: 'on_close',
    since: new Date('2026-11-23T09:10:00Z'),
    dueAt: noon,
    asked: 0,
    isRested: false,
    learnedDays: null,
    colleague: null,
    account: { id: 'a1', name: 'Acme' },
    engagement: {
      id: 'e1',
      name: 'GTX Pro',
      url: null,
      amount: { value: '4514.0000', currency: 'USD' },
      stage: 'verify',
      ending: null,
      dealAt: new Date('2026-11-19T15:00:00Z'),
    },
    promise: null,
    repair: null,
    needs: [],
    waitsForRepair: false,
    need: null,
    bring: null,
    contact: null,
    state: { kind: 'open' },
    askedForId: null,
    rep: { id: 'r1', name: 'Ana Lima', slackUserId: 'U0ANA', timeZone: 'Europe/Lisbon' },
    currency: 'USD',
    ...change,
  };
}

export function bundle(prompts: PromptView[], change: Partial<BundleView> = {}): BundleView {
  const bundleId = '0190a000-0000-7000-8000-0000000000b1';
  return {
    bundleId,
    timeZone: 'Europe/Lisbon',
    today: '2026-11-23',
    prompts,
    askedAgain: {},
    alsoWaiting: 0,
    ...change,
  };
}
