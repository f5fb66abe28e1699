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

const anyNeeds = () =>
  fc.array(fc.record({ words: fc.constantFrom('a second site', 'training') }), { maxLength: 2 });

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
  const verified = { kind: fc.constant('verified'), verification, needs: anyNeeds(), next: anyNext() };
  return fc.oneof(
    fc.record({ kind: fc.constant('moved'), to: fc.constantFrom(...STAGES) }),
    fc.record({ kind: fc.constant('won'), amount: anyMoney() }),
    { weight: 2, arbitrary: fc.record(lost) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('later'), on: anyDate() }) },
    fc.record({ kind: fc.constant('keep_asking'), every: fc.constantFrom('weekly', 'monthly') }),
    { weight: 3, arbitrary: fc.record(verified) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('next'), needs: anyNeeds(), step: anyNext() }) },
  ) as fc.Arbitrary<Saying>;
}
