import fc from 'fast-check';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { STAGES } from '../../../src/domain/cycle/stage.ts';
import { dateText } from '../../domain/asking/workday-oracle.ts';

const DAY_MS = 86_400_000;

/** An answer whose dates are days from the day on which it is given: `+3`. */
export type Saying = Answer;

/** The answer as given on `today`, a local ISO date. */
export function given(saying: Saying, today: string): Answer {
  const dated = JSON.stringify(saying).replaceAll(/"\+(\d+)"/g, (_, days) =>
    JSON.stringify(dateText(Date.parse(today) + Number(days) * DAY_MS)),
  );
  return JSON.parse(dated) as Answer;
}

export const anyMoney = () => fc.nat(99_999).map((n) => ({ value: `${n}.00`, currency: 'USD' }));

const anyDate = () => fc.constantFrom('+0', '+1', '+2', '+3', '+6', '+30', '+200');

const maybeDate = () => fc.option(anyDate(), { nil: undefined });

const anyNeeds = () =>
  fc.array(fc.record({ words: fc.constantFrom('a second site', 'training'), neededOn: maybeDate() }), {
    maxLength: 2,
  });

/** What is said of the need that was asked about. */
const ofNeed = { needId: fc.constant('') };

const anyNext = () =>
  fc.oneof(
    fc.constant({ kind: 'engage_heard', index: 0 }),
    anyDate().map((on) => ({ kind: 'return', on })),
    fc.constant(undefined),
  );

export function anySaying(): fc.Arbitrary<Saying> {
  const verification = fc.record({
    who: fc.constant('Dana'),
    seesValue: fc.constantFrom('yes', 'yes', 'partly', 'not_yet'),
    words: fc.constant('it saves hours'),
    heldOn: fc.constant('2026-11-23'),
  });
  const lost = {
    kind: fc.constant('lost'),
    reason: fc.constant('price'),
    returnOn: fc.option(anyDate(), { nil: undefined }),
  };
  const repair = fc.option(fc.record({ what: fc.constant('a workshop'), by: maybeDate() }), {
    nil: undefined,
  });
  const verified = {
    kind: fc.constant('verified'),
    verification,
    needs: anyNeeds(),
    next: anyNext(),
    repair,
  };
  const promise = fc.record({ words: fc.constant('3 hours a week'), by: maybeDate() });
  return fc.oneof(
    fc.record({ kind: fc.constant('moved'), to: fc.constantFrom(...STAGES) }),
    fc.record({ kind: fc.constant('won'), amount: anyMoney() }),
    { weight: 2, arbitrary: fc.record(lost) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('later'), on: anyDate() }) },
    fc.record({ kind: fc.constant('keep_asking'), every: fc.constantFrom('weekly', 'monthly') }),
    { weight: 3, arbitrary: fc.record(verified) },
    fc.record({ kind: fc.constant('talk'), on: anyDate() }),
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('promised'), promise, talkOn: maybeDate() }),
    },
    fc.record({ kind: fc.constant('dismissed') }),
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('need_changed'), ...ofNeed, neededOn: maybeDate() }),
    },
    fc.record({ kind: fc.constant('need_dropped'), ...ofNeed, reason: fc.constant('too late') }),
    fc.record({ kind: fc.constant('need_taken_up'), ...ofNeed, anyway: fc.boolean() }),
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('next'), needs: anyNeeds(), step: anyNext() }) },
  ) as fc.Arbitrary<Saying>;
}
