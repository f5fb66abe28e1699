import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../src/domain/cycle/engagement.ts';
import { inForce } from '../../../src/domain/cycle/in-force.ts';
import { answered, anyAnswer, anyFacts, at, begun, changed, retracted, told, verified } from './facts.ts';

/** Facts, and people who take some of them back, put others in their place, and take that back again. */
function anyCorrected() {
  const picks = fc.array(fc.record({ pick: fc.nat(99), instead: fc.option(anyAnswer()) }), { maxLength: 8 });
  return fc.tuple(anyFacts(), picks).map(([facts, corrections]) => {
    const all = [...facts];
    for (const [index, { pick, instead }] of corrections.entries()) {
      const fact = all[pick % all.length];
      if (fact === undefined) continue;
      const isAnswer = fact.kind === 'answer' && instead !== null;
      all.push(isAnswer ? changed(20 + index, fact, instead) : retracted(20 + index, fact));
    }
    return all;
  });
}

describe('what is in force', () => {
  it('does not depend on the order in which facts and what takes them back came in', () => {
    const shuffled = anyCorrected().chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([facts, again]) => {
        const ids = (all: typeof facts) =>
          inForce(all)
            .map(({ id }) => id)
            .sort();
        expect(ids(again)).toEqual(ids(facts));
        expect(standingOf([...again, ...facts])).toEqual(standingOf(facts));
      }),
    );
  });

  it('is without the last answer what it was before it', () => {
    fc.assert(
      fc.property(anyCorrected(), anyAnswer(), (facts, answer) => {
        const said = answered(50, answer);
        expect(standingOf([...facts, said, retracted(51, said)])).toEqual(standingOf(facts));
      }),
    );
  });

  it('is again what it was when what took it back is taken back', () => {
    fc.assert(
      fc.property(anyCorrected(), fc.nat(), (facts, pick) => {
        const fact = facts[pick % facts.length];
        if (fact === undefined) return;
        const undone = retracted(50, fact);
        expect(standingOf([...facts, undone, retracted(51, undone)])).toEqual(standingOf(facts));
      }),
    );
  });

  it('is, where an answer was changed, what it would be had that been said then', () => {
    fc.assert(
      fc.property(anyFacts(), anyFacts(), anyAnswer(), anyAnswer(), (before, after, one, other) => {
        const said = answered(5, one);
        const instead = changed(60, said, other);
        const facts = [...before, ...after];
        const meant = standingOf([...facts, { ...said, kind: 'answer', answer: other }]);
        const stands = JSON.stringify(standingOf([...facts, said, instead]));
        expect(stands.replaceAll(`"${instead.id}"`, `"${said.id}"`)).toEqual(JSON.stringify(meant));
      }),
    );
  });

  it('is all of a circle, which nobody can tell', () => {
    const [a, b] = [retracted(1, { id: 'b' }), retracted(1, { id: 'a' })];
    const facts = [told(0), { ...a, id: 'a' }, { ...b, id: 'b' }];
    expect(standingOf(facts)).toMatchObject({ stage: 'discover', ending: null });
  });
});

describe('an engagement', () => {
  it('was never there when what it began with is taken back', () => {
    const own = begun(0);
    const facts = [own, answered(1, { kind: 'moved', to: 'deliver' }), retracted(2, own)];
    expect(standingOf(facts)).toMatchObject({ ending: 'taken_back', wonAt: null, changes: [] });
  });

  it('keeps what a person said it amounts to until its source says another thing than it said then', () => {
    const money = (value: string) => ({ value, currency: 'USD' });
    const facts = [told(0, { amount: money('10') }), answered(1, { kind: 'won', amount: money('12') })];
    expect(standingOf([...facts, told(2, { amount: money('10') })]).amount).toEqual(money('12'));
    expect(standingOf([...facts, told(2, { amount: money('11') })]).amount).toEqual(money('11'));
  });

  it('asks again whether they see it when a yes is changed into a not yet', () => {
    const yes = answered(1, verified('yes', { kind: 'return', on: '2027-02-01' }));
    const stands = standingOf([told(0, { status: 'won' }), yes, changed(9, yes, verified('not_yet'))]);
    expect(stands).toMatchObject({ stage: 'verify', ending: null, asking: { since: at(1) } });
  });
});
