import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Fact, standingOf } from '../../../src/domain/cycle/engagement.ts';
import { answered, anyFacts, at, begun, retracted, told } from './facts.ts';

const ANA = { email: 'ana@example.com', name: 'Ana' };
const CLEO = { email: 'cleo@example.com' };

const handed = (hours: number, to: string, from = 'ana') =>
  answered(hours, { kind: 'handed_over', from, to });

const whose = (facts: readonly Fact[]) => {
  const { owner, takenOnBy } = standingOf(facts);
  return takenOnBy ?? owner?.email ?? null;
};

it('a deal is theirs who took it on, however often its source repeats whom it named', () => {
  expect(whose([told(0, { owner: ANA }), handed(1, 'ben')])).toBe('ben');
  expect(whose([told(0, { owner: ANA }), handed(1, 'ben'), told(2, { owner: ANA, status: 'won' })])).toBe(
    'ben',
  );
  const renamed = { ...ANA, name: 'Ana Lima' };
  expect(whose([told(0, { owner: ANA }), handed(1, 'ben'), told(2, { owner: renamed })])).toBe('ben');
  expect(whose([told(0, { owner: ANA }), handed(1, 'ben'), handed(2, 'dan', 'ben')])).toBe('dan');
});

it('is another’s once the source names somebody else, and then the first one’s when it names them again', () => {
  const moved = [told(0, { owner: ANA }), handed(1, 'ben'), told(2, { owner: CLEO })];
  expect(whose(moved)).toBe('cleo@example.com');
  expect(whose([...moved, told(3, { owner: ANA })])).toBe('ana@example.com');
  expect(whose([...moved, told(3, { owner: ANA }), handed(4, 'ben')])).toBe('ben');
});

it('what grew from a need is theirs who took it on, until a source names an owner', () => {
  expect(whose([begun(0), handed(1, 'ben')])).toBe('ben');
  expect(whose([begun(0), handed(1, 'ben'), told(2, { owner: ANA })])).toBe('ana@example.com');
});

it('is at an end, and still changes hands', () => {
  const ended = standingOf([told(0, { owner: ANA, status: 'lost' }), handed(1, 'ben')]);
  expect(ended).toMatchObject({ ending: 'lost', takenOnBy: 'ben', movedAt: at(0) });
});

/** Hand-overs among whatever sources tell and people answer. */
function anyHanded(): fc.Arbitrary<Fact[]> {
  const hours = fc.integer({ min: 0, max: 12 });
  const one = fc.tuple(hours, fc.constantFrom('ben', 'cleo')).map(([hour, to]) => handed(hour, to));
  return fc
    .tuple(anyFacts(), fc.array(one, { minLength: 1, maxLength: 4 }))
    .map(([all, some]) => [...all, ...some]);
}

it('is one owner’s, whatever order hand-overs and the source’s owners come in, and however often', () => {
  const shuffled = anyHanded().chain((facts) =>
    fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
  );
  fc.assert(
    fc.property(shuffled, ([facts, again]) => {
      expect(standingOf([...again, ...facts])).toEqual(standingOf(facts));
    }),
  );
});

it('is, once a hand-over is taken back, what it would be without it', () => {
  fc.assert(
    fc.property(anyHanded(), fc.nat(), (facts, pick) => {
      const all = facts.filter(({ kind }) => kind === 'answer');
      const one = all[pick % all.length];
      if (one === undefined || facts.length < 2) return;
      const without = facts.filter((fact) => fact !== one);
      const stands = standingOf([...facts, retracted(20, one)]);
      const never = without.some(({ kind }) => kind === 'begun' || kind === 'update');
      if (never) expect(stands).toEqual(standingOf(without));
    }),
  );
});
