import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, sameOrders } from '../../../src/domain/who/same-order.ts';

const usd = (value: string) => ({ value, currency: 'USD' });
const on = (day: number) => new Date(Date.UTC(2026, 0, day));

function order(id: string, change: Partial<Order> = {}): Order {
  return { id, accountId: 'acme', repId: 'ana', amount: usd('5000'), wonAt: on(10), ...change };
}

describe('an order that a rep told and a deal that the CRM tells', () => {
  it('of the same account, rep and amount are one order for certain', () => {
    expect(sameOrders([order('told')], [order('D-1', { amount: usd('5000.00'), wonAt: on(39) })])).toEqual([
      { toldId: 'told', dealId: 'D-1', certainty: 'certain' },
    ]);
  });

  it.each([
    ['the amount missing in what was told', order('told', { amount: null }), order('D-1')],
    ['the amount missing in the CRM', order('told'), order('D-1', { amount: null })],
    ['the amount a tenth off', order('told', { amount: usd('5500') }), order('D-1')],
  ])('with %s are likely one', (_, told, deal) => {
    expect(sameOrders([told], [deal])).toEqual([{ toldId: 'told', dealId: 'D-1', certainty: 'likely' }]);
  });

  it.each([
    ['another account', { accountId: 'bolt' }],
    ['another rep', { repId: 'ben' }],
    ['another currency', { amount: { value: '5000', currency: 'EUR' } }],
    ['an amount more than a tenth off', { amount: usd('4545.4545') }],
    ['31 days between them', { wonAt: on(41) }],
  ])('with %s are two orders', (_, change) => {
    expect(sameOrders([order('told')], [order('D-1', change)])).toEqual([]);
  });

  it('pair one to one, the earliest with the earliest, and certain ones first', () => {
    const told = [order('second', { wonAt: on(12) }), order('first')];
    const deals = [order('D-2', { wonAt: on(14) }), order('D-1', { wonAt: on(13) })];
    expect(sameOrders(told, deals)).toEqual([
      { toldId: 'first', dealId: 'D-1', certainty: 'certain' },
      { toldId: 'second', dealId: 'D-2', certainty: 'certain' },
    ]);
    expect(
      sameOrders([order('vague', { amount: null, wonAt: on(1) }), order('exact')], [order('D-1')]),
    ).toEqual([{ toldId: 'exact', dealId: 'D-1', certainty: 'certain' }]);
  });
});

it('sameOrders() gives every order to one other at most, whatever order they come in', () => {
  const any = fc.record({
    amount: fc.constantFrom(null, usd('5000'), usd('5100'), usd('9000')),
    repId: fc.constantFrom('ana', 'ben'),
    day: fc.integer({ min: 1, max: 60 }),
  });
  const orders = (prefix: string) =>
    fc
      .array(any, { maxLength: 6 })
      .map((all) =>
        all.map(({ day, ...rest }, index) => order(`${prefix}${index}`, { ...rest, wonAt: on(day) })),
      );
  const shuffled = (all: readonly Order[]) =>
    fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
  const both = fc.tuple(orders('t'), orders('d'));
  fc.assert(
    fc.property(
      both.chain(([told, deals]) => fc.tuple(fc.constant([told, deals]), shuffled(told), shuffled(deals))),
      ([[told = [], deals = []], toldMixed, dealsMixed]) => {
        const pairs = sameOrders(told, deals);
        expect(sameOrders(toldMixed, dealsMixed)).toEqual(pairs);
        expect(new Set(pairs.map((pair) => pair.toldId)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.dealId)).size).toBe(pairs.length);
      },
    ),
  );
});
