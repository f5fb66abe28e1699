import { describe, expect, it } from 'vitest';
import type { Rhythm } from '../../../src/domain/asking/learning.ts';
import {
  type ComeBack,
  comeBackIn,
  type Part,
  type ReturnRules,
  wantedReturns,
} from '../../../src/domain/asking/returns.ts';
import type { Answer } from '../../../src/domain/cycle/answer.ts';

const day = (number: number) => new Date(Date.UTC(2026, 10, number));

function part(repId: string, change: Partial<Part> & { movedOn?: number } = {}): Part {
  const { movedOn = 1, ...rest } = change;
  const lastEnding = { engagementId: `deal of ${repId}`, deal: 'D-1', at: day(1) };
  const lastMove = { engagementId: `deal that ${repId} moved`, deal: `D-${repId}`, at: day(movedOn) };
  return { accountId: 'Acme', repId, hasOpen: false, lastEnding, lastMove, ...rest };
}

function comeBack(change: Partial<ComeBack> = {}): ComeBack {
  const place = { accountId: 'Acme', repId: 'Ana', factId: 'answer', engagementId: 'deal of Ana' };
  return { ...place, at: day(2), on: '2027-03-01', isLoss: false, every: null, isAnswered: false, ...change };
}

const USUAL: ReturnRules = { restDays: 60, rhythms: [] };

function brief(parts: Part[], comeBacks: ComeBack[] = []) {
  return wantedReturns(parts, comeBacks, USUAL).map(({ repId, rule, factId, since, on }) => [
    repId,
    rule,
    factId,
    on ?? since.getUTCDate(),
  ]);
}

describe('without a day that was named, a rep comes back', () => {
  it('a while after their last ending, though colleagues have deals open there', () => {
    expect(brief([part('Ana'), part('Ben', { hasOpen: true, lastEnding: null })])).toEqual([
      ['Ana', 'return', 'deal of Ana', 1],
    ]);
  });

  it('a while after the last move of any colleague, when that is later', () => {
    const colleagues = [part('Ben', { hasOpen: true, movedOn: 9 }), part('Cleo', { movedOn: 5 })];
    expect(brief([part('Ana', { movedOn: 20 }), ...colleagues])).toEqual([
      ['Ana', 'return', 'deal that Ben moved', 9],
      ['Cleo', 'return', 'deal that Ana moved', 20],
    ]);
  });

  it('the later deal counting where two moved at one instant', () => {
    const colleagues = [part('Cleo', { movedOn: 9 }), part('Ben', { movedOn: 9 })];
    for (const parts of [colleagues, colleagues.toReversed()])
      expect(brief([...parts, part('Ana')])).toContainEqual(['Ana', 'return', 'deal that Cleo moved', 9]);
  });

  it('not while something of their own is open there, and not where nothing of theirs ever ended', () => {
    expect(brief([part('Ana', { hasOpen: true }), part('Ben', { lastEnding: null })])).toEqual([]);
  });
});

describe('the days after which a rep comes back by themselves', () => {
  const daysOf = (parts: Part[], rules = USUAL) =>
    wantedReturns(parts, [], rules).map(({ repId, since, afterDays, playbookVersion }) => {
      return [repId, since.getUTCDate(), afterDays, playbookVersion];
    });
  const rhythm = { accountId: 'Acme', version: 3, computedAt: day(0), days: 40 };

  it('are the usual ones, or the client’s own once they had been learned when it ended', () => {
    expect(daysOf([part('Ana')])).toEqual([['Ana', 1, 60, null]]);
    expect(daysOf([part('Ana')], { ...USUAL, rhythms: [rhythm] })).toEqual([['Ana', 1, 40, 3]]);
    for (const unknown of [
      { ...rhythm, accountId: 'Bolt' },
      { ...rhythm, computedAt: day(2) },
      { ...rhythm, days: null },
    ])
      expect(daysOf([part('Ana')], { ...USUAL, rhythms: [unknown as Rhythm] })).toEqual([
        ['Ana', 1, 60, null],
      ]);
  });

  it('are the usual ones after what a colleague moved, where that is later', () => {
    const parts = [part('Ana'), part('Ben', { hasOpen: true, movedOn: 9 })];
    expect(daysOf(parts, { ...USUAL, rhythms: [rhythm] })).toEqual([['Ana', 9, 60, null]]);
    const slow = { ...rhythm, days: 110 };
    expect(daysOf(parts, { ...USUAL, rhythms: [slow] })).toEqual([['Ana', 1, 110, 3]]);
  });

  it('keep a week between two reps, whoever was first', () => {
    const parts = [part('Ben', { movedOn: 3 }), part('Ana', { movedOn: 2 }), part('Cleo', { movedOn: 3 })];
    for (const all of [parts, parts.toReversed()]) {
      const due = wantedReturns(all, [], USUAL)
        .map(({ since, afterDays }) => since.getTime() / 86_400_000 + (afterDays ?? 0))
        .sort((a, b) => a - b);
      expect(due.map((at) => at - (due[0] ?? 0))).toEqual([0, 7, 14]);
    }
  });
});

describe('a day that was named', () => {
  it('stands whatever else is open there', () => {
    const parts = [part('Ana', { hasOpen: true }), part('Ben', { hasOpen: true })];
    expect(brief(parts, [comeBack()])).toEqual([['Ana', 'named_date', 'answer', '2027-03-01']]);
    expect(brief([], [comeBack({ isLoss: true })])).toEqual([['Ana', 'lost_return', 'answer', '2027-03-01']]);
  });

  it('stands for each rep; the earliest of one rep comes first', () => {
    const other = comeBack({ factId: 'other', engagementId: 'another deal', on: '2027-02-01', at: day(3) });
    const ofBen = comeBack({ factId: 'of Ben', repId: 'Ben', on: '2027-01-01' });
    expect(brief([], [comeBack(), other, ofBen])).toEqual([
      ['Ben', 'named_date', 'of Ben', '2027-01-01'],
      ['Ana', 'named_date', 'other', '2027-02-01'],
    ]);
  });

  it('makes room for the next once it came and was answered', () => {
    const first = comeBack({
      factId: 'first',
      engagementId: 'another deal',
      on: '2027-02-01',
      isAnswered: true,
    });
    expect(brief([part('Ana')], [first, comeBack()])).toEqual([
      ['Ana', 'named_date', 'answer', '2027-03-01'],
    ]);
    expect(brief([part('Ana')], [first])).toEqual([['Ana', 'return', 'deal of Ana', 1]]);
  });

  it('is changed by what is said later of the same deal', () => {
    const later = comeBack({ factId: 'later', at: day(4), on: '2027-06-01' });
    expect(brief([], [later, comeBack()])).toEqual([['Ana', 'named_date', 'later', '2027-06-01']]);
    expect(brief([], [{ ...later, isAnswered: true }, comeBack()])).toEqual([]);
  });
});

it.each([
  ['close', { kind: 'lost', reason: 'price', returnOn: '2027-03-01' }, { on: '2027-03-01' }],
  ['close', { kind: 'lost', reason: 'price' }, undefined],
  ['close', { kind: 'later', on: '2027-03-01' }, undefined],
  ['return', { kind: 'later', on: '2027-03-01' }, { on: '2027-03-01' }],
  ['next', { kind: 'next', needs: [], step: { kind: 'return', on: '2027-03-01' } }, { on: '2027-03-01' }],
  ['next', { kind: 'next', needs: [] }, undefined],
  ['return', { kind: 'next', needs: [] }, { on: null }],
  ['return', { kind: 'next', needs: [], step: { kind: 'engage', needId: 'need' } }, undefined],
  ['return', { kind: 'note', text: 'hello' }, undefined],
] as [Parameters<typeof comeBackIn>[1], Answer, unknown][])(
  'asked for %s, %j names %j',
  (question, answer, day) => {
    expect(comeBackIn(answer, question)).toEqual(day);
  },
);

it.each([
  ['yes', { on: '2027-03-01' }],
  ['partly', { on: '2027-03-01' }],
  ['not_yet', undefined],
] as const)('value that the client sees (%s) names a day to come back: %j', (seesValue, day) => {
  const verification = { who: 'Dana', seesValue, words: 'hours', heldOn: '2026-11-23' };
  const next = { kind: 'return', on: '2027-03-01' } as const;
  expect(comeBackIn({ kind: 'verified', verification, needs: [], next }, 'verify')).toEqual(day);
});
