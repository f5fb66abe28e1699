import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealStatus } from '../../../src/domain/cycle/deal-update.ts';
import { type Fact, standingOf } from '../../../src/domain/cycle/engagement.ts';
import { byTime, compareIds } from '../../../src/domain/cycle/fact-order.ts';
import { answered, anyFacts, begun, told, verified } from './facts.ts';

const named = (fact: Fact, id: string): Fact => ({ ...fact, id });
const sorted = (...facts: Fact[]) => facts.toSorted(byTime).map(({ id }) => id);
const update = (id: string, status: DealStatus) => named(told(0, { status }), `crm:${id}`);

describe('facts at one instant', () => {
  it('let the close stand that came as evt_10, after evt_9 which still said open', () => {
    expect(standingOf([update('evt_10', 'won'), update('evt_9', 'open')])).toMatchObject({ stage: 'verify' });
    expect(standingOf([update('evt_9', 'won'), update('evt_10', 'open')])).toMatchObject({ stage: 'verify' });
  });

  it('go by the later status of the cycle: open, then won or lost, then deleted', () => {
    const facts = [update('evt_1', 'deleted'), update('evt_2', 'won'), update('evt_3', 'open')];
    expect(sorted(...facts)).toEqual(['crm:evt_3', 'crm:evt_2', 'crm:evt_1']);
    expect(sorted(update('evt_10', 'won'), update('evt_9', 'lost'))).toEqual(['crm:evt_9', 'crm:evt_10']);
  });

  it('put an answer after what its rep had seen, and the beginning before all', () => {
    const seen = named(answered(0, verified('yes')), 'a');
    const facts = [seen, update('evt_1', 'won'), named(begun(0), 'z')];
    expect(sorted(...facts)).toEqual(['z', 'crm:evt_1', 'a']);
    expect(standingOf([seen, update('evt_1', 'won')]).verifiedAt).not.toBeNull();
  });

  it('count the numbers in ids as people do, however long they are', () => {
    const numbers = fc.tuple(
      fc.bigInt({ min: 0n, max: 10n ** 40n }),
      fc.bigInt({ min: 0n, max: 10n ** 40n }),
    );
    fc.assert(
      fc.property(numbers, ([a, b]) => {
        expect(Math.sign(compareIds(`crm:evt_${a}`, `crm:evt_${b}`))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('have one order, whichever of them comes first', () => {
    const ids = fc.array(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[aA][0-9]{1,3}$/)),
    );
    fc.assert(
      fc.property(ids, (some) => {
        const distinct = [...new Set(some)];
        const once = distinct.toSorted(compareIds);
        expect(distinct.toReversed().toSorted(compareIds)).toEqual(once);
      }),
    );
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        expect(sorted(...facts.toReversed())).toEqual(sorted(...facts));
      }),
    );
  });
});
