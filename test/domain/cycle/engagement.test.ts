import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../src/domain/cycle/engagement.ts';
import { isBeforeOrder } from '../../../src/domain/cycle/stage.ts';
import { answered, anyFacts, at, begun, told, verified } from './facts.ts';

describe('where an engagement stands', () => {
  it('does not depend on the order in which its facts came in, nor on repeats', () => {
    const shuffled = anyFacts().chain((facts) => {
      const all = fc.subarray(facts).map((again) => [...facts, ...again]);
      return fc.tuple(
        fc.constant(facts),
        all.chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
      );
    });
    fc.assert(
      fc.property(shuffled, ([facts, again]) => {
        expect(standingOf(again)).toEqual(standingOf(facts));
      }),
    );
  });

  it('holds together: an end has a time, an order stands behind verification, the history ends where it stands', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        const stands = standingOf(facts);
        expect(stands.endedAt !== null).toBe(stands.ending !== null);
        if (stands.ending === 'continued' || stands.ending === 'returned') expect(stands.stage).toBe('next');
        if (stands.ending === null) expect(stands.wonAt !== null).toBe(!isBeforeOrder(stands.stage));
        if (stands.stage === 'next' && stands.ending === null) expect(stands.verifiedAt).not.toBeNull();
        const last = stands.changes.at(-1);
        if (last !== undefined) expect(last).toMatchObject({ stage: stands.stage, ending: stands.ending });
        expect(facts.map((fact) => fact.id)).toContain(stands.asking.factId);
      }),
    );
  });

  it('has been opened, won and ended by the time it is told of, and won before it is verified', () => {
    const ahead = { openedAt: new Date('2200-01-01Z'), closedAt: new Date('2199-12-31Z') };
    const slips = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyFacts(), slips, (facts, isSlip) => {
        const told = facts.map((fact, index) =>
          fact.kind === 'update' && isSlip[index] ? { ...fact, update: { ...fact.update, ...ahead } } : fact,
        );
        const { openedAt, wonAt, endedAt, verifiedAt } = standingOf(told);
        for (const time of [openedAt, wonAt, endedAt]) {
          expect(Number(time)).toBeLessThanOrEqual(at(12).getTime());
        }
        if (verifiedAt !== null && wonAt !== null)
          expect(verifiedAt.getTime()).toBeGreaterThanOrEqual(wonAt.getTime());
      }),
    );
  });

  it('throws when nothing has happened', () => {
    expect(() => standingOf([])).toThrow(RangeError);
  });
});

describe('a source that repeats itself', () => {
  it('does not undo what the rep answered', () => {
    const edit = fc.record({ hour: fc.integer({ min: 4, max: 99 }), name: fc.string() });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
        const known = [
          told(0, { stage: 'discover' }),
          answered(1, { kind: 'moved', to: 'deliver' }),
          answered(2, { kind: 'moved', to: 'close' }),
          answered(3, { kind: 'later', on: '2027-01-04' }),
        ];
        const repeats = edits.map(({ hour, name }) => told(hour, { stage: 'discover', name }));
        const stands = standingOf([...known, ...repeats]);
        expect(stands).toMatchObject({ stage: 'close', asking: { on: '2027-01-04', how: 'answered' } });
        expect(stands.changes).toEqual(standingOf(known).changes);
      }),
    );
  });

  it('asks once about a close, and once more only when it was reopened and won again', () => {
    const won = told(1, { status: 'won' });
    const repeats = [told(2, { status: 'won' }), told(3, { status: 'won', closedAt: at(1) })];
    expect(standingOf([won, ...repeats]).asking).toMatchObject({ factId: won.id, how: 'entered' });
    const again = told(9, { status: 'won' });
    expect(standingOf([won, ...repeats, told(5), again]).asking.factId).toBe(again.id);
  });

  it('only confirms an order that the rep reported before', () => {
    const facts = [told(0, { stage: 'close' }), answered(1, { kind: 'won' })];
    const stands = standingOf([...facts, told(2, { status: 'won', closedAt: at(1.5) })]);
    expect(stands.asking).toEqual(standingOf(facts).asking);
    expect(stands.wonAt).toEqual(at(1.5));
  });
});

describe('ends and new beginnings', () => {
  it.each(['lost', 'deleted'] as const)('opens again where it stood when it was %s by mistake', (status) => {
    const facts = [told(0, { stage: 'develop' }), told(1, { stage: 'deliver' }), told(2, { status })];
    expect(standingOf(facts)).toMatchObject({ ending: status, endedAt: at(2) });
    expect(standingOf([...facts, told(3)])).toMatchObject({ ending: null, endedAt: null, stage: 'deliver' });
  });

  it('forgets a verification with the order that it was about', () => {
    const facts = [told(0, { status: 'won' }), answered(1, verified('yes')), told(2, { stage: 'close' })];
    expect(standingOf(facts)).toMatchObject({ stage: 'close', wonAt: null, verifiedAt: null });
  });

  it('ends as continued when the next engagement grows from it, as returned when a date was named', () => {
    const won = [told(0, { status: 'won' })];
    const engage = { kind: 'engage', needId: 'need' } as const;
    expect(standingOf([...won, answered(1, verified('yes', engage))])).toMatchObject({ ending: 'continued' });
    const later = standingOf([...won, answered(1, verified('partly', { kind: 'return', on: '2027-02-01' }))]);
    expect(later).toMatchObject({ ending: 'returned', verifiedAt: at(1) });
  });

  it('stays in verification while the client does not see the value yet', () => {
    const not_yet = answered(1, verified('not_yet', { kind: 'return', on: '2027-02-01' }));
    const stands = standingOf([told(0, { status: 'won' }), not_yet]);
    expect(stands).toMatchObject({ stage: 'verify', ending: null, verifiedAt: null });
    expect(stands.asking).toMatchObject({ factId: not_yet.id, on: '2027-02-01' });
  });

  it('keeps the reason that came with a no, until an order comes after all', () => {
    const lost = answered(1, { kind: 'lost', reason: 'price', returnOn: '2027-06-01' });
    const facts = [told(0), lost, told(2, { status: 'lost' })];
    expect(standingOf(facts)).toMatchObject({ returnReason: 'price', endedAt: at(2) });
    const won = standingOf([...facts, told(3, { status: 'won' })]);
    expect(won).toMatchObject({ stage: 'verify', ending: null, returnReason: null });
  });

  it('takes a close of long ago as history, which asks nothing', () => {
    const stands = standingOf([told(0, { status: 'won', closedAt: at(-2_000) }, true)]);
    expect(stands).toMatchObject({ ending: 'history', endedAt: at(-2_000), wonAt: at(-2_000) });
  });

  it('begins in the stage that a need leads to', () => {
    expect(standingOf([begun(0)])).toMatchObject({ stage: 'develop', ending: null, account: null });
  });
});

it('remembers every name that was given to its account, with the last time of each', () => {
  const acme = { id: 'A-1', name: 'Acme' };
  const bolt = { id: 'A-2', name: 'Bolt' };
  const facts = [told(0, { account: acme }), told(1, { account: bolt }), told(2, { account: acme })];
  expect(standingOf(facts).accounts).toEqual([
    { account: bolt, at: at(1) },
    { account: acme, at: at(2) },
  ]);
});

describe('an engagement last moved', () => {
  it('when a value changed or somebody said something, not when its source repeated itself', () => {
    const facts = [told(0), told(5)];
    expect(standingOf(facts)).toMatchObject({ movedAt: at(0) });
    const changed = told(6, { amount: { value: '10', currency: 'USD' } });
    expect(standingOf([...facts, changed])).toMatchObject({ movedAt: at(6) });
    const note = answered(8, { kind: 'note', text: 'Kim is away' });
    expect(standingOf([...facts, changed, note])).toMatchObject({ movedAt: at(8) });
  });

  it('when it was closed, or opened, however late its source tells of that', () => {
    expect(standingOf([told(0, { openedAt: at(-500) })])).toMatchObject({ movedAt: at(-500) });
    const lost = told(0, { status: 'lost', closedAt: at(-300), openedAt: at(-500) });
    expect(standingOf([lost])).toMatchObject({ movedAt: at(-300) });
  });
});

describe('what moves before the order is asked about later', () => {
  const entered = told(0, { stage: 'close' });
  const moved = told(5, { stage: 'close', amount: { value: '10', currency: 'USD' } });
  const noted = answered(6, { kind: 'note', text: 'they meet on Friday' });

  it('from the last value that changed, or word of a person, on; a repeat changes nothing', () => {
    const repeat = told(9, { stage: 'close', amount: { value: '10', currency: 'USD' } });
    const asking = { factId: moved.id, since: at(5), on: null, how: 'moved' };
    expect(standingOf([entered, moved, repeat]).asking).toEqual(asking);
    expect(standingOf([entered, moved, noted]).asking).toMatchObject({ factId: noted.id, since: at(6) });
  });

  it('but a day that somebody named stands, and so does how often somebody wants to be asked', () => {
    const named = answered(2, { kind: 'later', on: '2027-01-04' });
    expect(standingOf([entered, named, moved]).asking).toMatchObject({ factId: named.id, on: '2027-01-04' });
    const every = answered(2, { kind: 'keep_asking', every: 'weekly' });
    expect(standingOf([entered, every, moved]).asking).toMatchObject({ since: at(5), how: 'weekly' });
    const next = answered(7, { kind: 'moved', to: 'close' });
    expect(standingOf([entered, every, moved, next]).asking).toMatchObject({ how: 'answered' });
  });

  it('and nothing that moves puts off the question after the order', () => {
    const won = told(2, { status: 'won' });
    expect(standingOf([entered, won, told(5, { status: 'won', name: 'GTX' }), noted]).asking).toMatchObject({
      factId: won.id,
      how: 'entered',
    });
  });
});
