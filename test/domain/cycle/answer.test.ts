import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type AnsweredAt, type Misfit, whyNot } from '../../../src/domain/cycle/answer.ts';
import { type Fact, type Standing, standingOf } from '../../../src/domain/cycle/engagement.ts';
import { type Ending, EXTRAS, isStage, type Question, STAGES } from '../../../src/domain/cycle/stage.ts';
import { answered, anyAnswer, anyFacts, told, verified } from './facts.ts';

const LATER: Answer = { kind: 'later', on: '2026-12-24' };
const questions: Question[] = [...STAGES, ...EXTRAS, 'return'];

/** What is asked of an engagement by its stage, and where it stands. */
function asked(of: Standing, question: Question = of.stage): AnsweredAt {
  return { question, engagement: of };
}

const standsIn = (question: Question, ending: Ending | null = null): AnsweredAt => {
  const stage = isStage(question) ? question : 'verify';
  const engagement = { stage, ending, unseen: false, returnReason: null };
  return { question, engagement: question === 'return' ? null : engagement };
};

describe('an answer that fits', () => {
  it('does something: it moves the engagement, ends it, or puts the question off', () => {
    fc.assert(
      fc.property(anyFacts(), anyAnswer(), (facts, answer) => {
        const before = standingOf(facts);
        fc.pre(answer.kind !== 'note' && !(answer.kind === 'later' && answer.of !== undefined));
        fc.pre(whyNot(answer, asked(before)) === null);
        const fact: Fact = answered(99, answer);
        const after = standingOf([...facts, fact]);
        if (answer.kind === 'promised') expect(after.promise).toEqual(answer.promise);
        else expect([after.asking.factId, after.changes.at(-1)?.factId]).toContain(fact.id);
      }),
      { numRuns: 300 },
    );
  });

  it('may always be "later", where the question is still open', () => {
    for (const stage of questions) expect(whyNot(LATER, standsIn(stage)), stage).toBeNull();
  });
});

describe('a client is waited for', () => {
  it('only as long as something is asked to which “they see it” is an answer, and ends that', () => {
    let waited = 0;
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        const stands = standingOf(facts);
        if (!stands.unseen) return;
        waited += 1;
        const isAsked = stands.stage === 'verify' && stands.ending === null;
        const there: Question[] = [
          ...(isAsked ? ['verify' as const] : []),
          ...(stands.beside.promised === undefined ? [] : ['promised' as const]),
        ];
        const yes = verified('yes');
        expect(there.map((question) => whyNot(yes, asked(stands, question)))).toContain(null);
        expect(standingOf([...facts, answered(99, yes)])).toMatchObject({ unseen: false, repair: null });
      }),
      { numRuns: 3_000 },
    );
    expect(waited).toBeGreaterThan(0);
  });

  it('no longer once there is nothing to follow up, before or after the deal has ended', () => {
    const partly: Answer = { ...verified('partly'), repair: { what: 'a workshop', by: '2026-12-04' } };
    const facts = [told(0, { status: 'won' }), answered(1, partly)];
    expect(standingOf(facts)).toMatchObject({ unseen: true });
    const lost = told(2, { status: 'lost' });
    const left = answered(3, { kind: 'dismissed', returnOn: '2027-11-23' });
    for (const all of [
      [...facts, left],
      [...facts, lost, left],
    ])
      expect(standingOf(all)).toMatchObject({ unseen: false, repair: null, beside: {} });
  });
});

describe('an answer that does not fit any more', () => {
  it('is told so, and would change nothing', () => {
    fc.assert(
      fc.property(anyFacts(), anyAnswer(), (facts, answer) => {
        const before = standingOf(facts);
        const why = whyNot(answer, asked(before));
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
    [{ kind: 'talk', on: '2026-12-24' }, 'close', 'no_order_yet'],
    [{ kind: 'promised', promise: { words: '3 hours' } }, 'next', 'verified_before'],
    [{ kind: 'need_dropped', needId: 'need', reason: 'too late' }, 'verify', 'not_about_that'],
    [{ kind: 'won' }, 'need', 'not_about_that'],
    [{ kind: 'won' }, 'return', 'nothing_begun'],
  ] satisfies [Answer, Question, Misfit][])('%j in %s: %s', (answer, stage, why) => {
    expect(whyNot(answer, standsIn(stage))).toBe(why);
  });

  it('is refused once the engagement has ended, but a note is always kept', () => {
    for (const stage of STAGES) {
      expect(whyNot(LATER, standsIn(stage, 'continued'))).toBe('ended');
      expect(whyNot({ kind: 'note', text: 'called' }, standsIn(stage, 'continued'))).toBeNull();
    }
  });
});
