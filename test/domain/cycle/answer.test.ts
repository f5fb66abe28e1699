import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Misfit, whyNot } from '../../../src/domain/cycle/answer.ts';
import { type Fact, standingOf } from '../../../src/domain/cycle/engagement.ts';
import { type Question, STAGES } from '../../../src/domain/cycle/stage.ts';
import { answered, anyAnswer, anyFacts, verified } from './facts.ts';

const LATER: Answer = { kind: 'later', on: '2026-12-24' };
const questions: Question[] = [...STAGES, 'return'];

describe('an answer that fits', () => {
  it('does something: it moves the engagement, ends it, or puts the question off', () => {
    fc.assert(
      fc.property(anyFacts(), anyAnswer(), (facts, answer) => {
        const before = standingOf(facts);
        fc.pre(answer.kind !== 'note');
        fc.pre(whyNot(answer, { stage: before.stage, ended: before.ending !== null }) === null);
        const fact: Fact = answered(99, answer);
        const after = standingOf([...facts, fact]);
        expect([after.asking.factId, after.changes.at(-1)?.factId]).toContain(fact.id);
      }),
      { numRuns: 300 },
    );
  });

  it('may always be "later", where the question is still open', () => {
    for (const stage of questions) expect(whyNot(LATER, { stage, ended: false }), stage).toBeNull();
  });
});

describe('an answer that does not fit any more', () => {
  it('is told so, and would change nothing', () => {
    fc.assert(
      fc.property(anyFacts(), anyAnswer(), (facts, answer) => {
        const before = standingOf(facts);
        const why = whyNot(answer, { stage: before.stage, ended: before.ending !== null });
        fc.pre(why !== null);
        const after = standingOf([...facts, answered(99, answer)]);
        expect(after.changes).toEqual(before.changes);
        expect(after.asking).toEqual(before.asking);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [{ kind: 'won' }, 'verify', 'order_is_in'],
    [{ kind: 'lost', reason: 'price' }, 'next', 'won_before'],
    [{ kind: 'moved', to: 'verify' }, 'close', 'no_order_yet'],
    [verified('yes'), 'close', 'no_order_yet'],
    [verified('yes'), 'next', 'verified_before'],
    [{ kind: 'next', needs: [] }, 'verify', 'not_verified_yet'],
    [{ kind: 'won' }, 'return', 'nothing_begun'],
  ] satisfies [Answer, Question, Misfit][])('%j in %s: %s', (answer, stage, why) => {
    expect(whyNot(answer, { stage, ended: false })).toBe(why);
  });

  it('is refused once the engagement has ended, but a note is always kept', () => {
    for (const stage of STAGES) {
      expect(whyNot(LATER, { stage, ended: true })).toBe('ended');
      expect(whyNot({ kind: 'note', text: 'called' }, { stage, ended: true })).toBeNull();
    }
  });
});
