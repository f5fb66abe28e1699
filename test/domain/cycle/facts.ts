import fc from 'fast-check';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import type { Fact } from '../../../src/domain/cycle/engagement.ts';
import { STAGES } from '../../../src/domain/cycle/stage.ts';

/** A Monday morning. */
export const START = new Date('2026-11-23T09:00:00Z');

export const at = (hours: number) => new Date(START.getTime() + hours * 3_600_000);

let facts = 0;

export function told(hours: number, change: Partial<DealUpdate> = {}, history = false): Fact {
  facts += 1;
  const eventId = `evt_${facts}`;
  const deal = { source: 'crm', eventId, dealId: 'D-1', account: { id: 'A-1', name: 'Acme' } };
  const update: DealUpdate = { ...deal, occurredAt: at(hours), status: 'open', ...change };
  return { id: `crm:${eventId}`, at: at(hours), kind: 'update', update, history };
}

export function answered(hours: number, answer: Answer): Fact {
  facts += 1;
  return { id: `answer-${facts}`, at: at(hours), kind: 'answer', answer };
}

export function begun(hours: number): Fact {
  facts += 1;
  return { id: `begun-${facts}`, at: at(hours), kind: 'begun', stage: 'develop' };
}

export const verified = (
  seesValue: 'yes' | 'partly' | 'not_yet',
  next?: Extract<Answer, { kind: 'verified' }>['next'],
) => {
  const verification = { who: 'Dana', seesValue, words: 'it saves hours', heldOn: '2026-11-23' };
  return { kind: 'verified', verification, needs: [], next } satisfies Answer;
};

/** Any answer, fitting or not. */
export function anyAnswer(): fc.Arbitrary<Answer> {
  const on = fc.constantFrom('2026-11-01', '2026-12-24', '2027-05-03');
  const maybeOn = fc.option(on, { nil: undefined });
  const step = fc.oneof(
    fc.constant(undefined),
    fc.constant({ kind: 'engage' as const, needId: 'need' }),
    on.map((date) => ({ kind: 'return' as const, on: date })),
  );
  return fc.oneof(
    fc.record({ kind: fc.constant('moved' as const), to: fc.constantFrom(...STAGES), askOn: maybeOn }),
    fc.constant({ kind: 'won' as const }),
    fc.record({ kind: fc.constant('lost' as const), reason: fc.constant('price'), returnOn: maybeOn }),
    fc.record({
      kind: fc.constant('later' as const),
      on,
      of: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        'promise' as const,
        'promised' as const,
        'lost' as const,
      ),
    }),
    fc.record({ kind: fc.constant('talk' as const), on }),
    fc.record({
      kind: fc.constant('promised' as const),
      promise: maybeOn.map((by) => ({ words: '3 hours a week', by })),
      talkOn: maybeOn,
    }),
    fc.record({ kind: fc.constant('dismissed' as const), returnOn: on }),
    fc.constant({ kind: 'need_dropped' as const, needId: 'need', reason: 'too late' }),
    fc.tuple(fc.constantFrom('partly' as const, 'not_yet' as const), maybeOn).map(([sees, by]) => {
      return { ...verified(sees), repair: { what: 'a workshop', by } };
    }),
    fc.constant({ kind: 'keep_asking' as const, every: 'weekly' as const }),
    fc
      .tuple(fc.constantFrom('yes' as const, 'partly' as const, 'not_yet' as const), step)
      .map(([sees, next]) => verified(sees, next)),
    fc.record({ kind: fc.constant('next' as const), needs: fc.constant([]), step }),
    fc.constant({ kind: 'note' as const, text: 'called' }),
  ) as fc.Arbitrary<Answer>;
}

/** Updates and answers on a few instants, so that several fall on the same one. */
export function anyFacts(): fc.Arbitrary<Fact[]> {
  const hours = fc.integer({ min: 0, max: 12 });
  const change = fc.record(
    {
      status: fc.constantFrom('open' as const, 'won' as const, 'lost' as const, 'deleted' as const),
      stage: fc.constantFrom(...STAGES),
      owner: fc.constantFrom({ name: 'Ana' }, { name: 'Ben' }),
      amount: fc.nat(999).map((n) => ({ value: String(n), currency: 'USD' })),
      closedAt: hours.map((n) => at(n - 24)),
    },
    { requiredKeys: ['status'] },
  );
  const update = fc
    .tuple(hours, change, fc.boolean())
    .map(([hour, one, history]) => told(hour, one, history));
  const answer = fc.tuple(hours, anyAnswer()).map(([hour, one]) => answered(hour, one));
  const rest = fc.array(fc.oneof(update, answer), { minLength: 1, maxLength: 12 });
  return fc.tuple(fc.boolean(), rest).map(([isOwn, facts]) => (isOwn ? [begun(-1), ...facts] : facts));
}

/** Somebody takes a fact back. */
export function retracted(hours: number, { id }: Pick<Fact, 'id'>): Fact {
  facts += 1;
  return { id: `retraction-${facts}`, at: at(hours), kind: 'retracted', retracts: id };
}

/** Somebody says another thing in an answer's place. */
export function changed(hours: number, { id }: Pick<Fact, 'id'>, answer: Answer): Fact {
  return { ...answered(hours, answer), retracts: id };
}
