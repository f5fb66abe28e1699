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

describe('what a person says of two orders', () => {
  const said = (toldId: string, dealId: string, isSame: boolean) => ({ toldId, dealId, isSame });
  const far = { amount: usd('90'), repId: 'ben', wonAt: on(300) };

  it('makes them one, whatever the rules say, and two where they would be one', () => {
    expect(sameOrders([order('told')], [order('D-1', far)], [said('told', 'D-1', true)])).toEqual([
      { toldId: 'told', dealId: 'D-1', certainty: 'said' },
    ]);
    expect(sameOrders([order('told')], [order('D-1')], [said('told', 'D-1', false)])).toEqual([]);
  });

  it('lets the rules find another pair for what it parted', () => {
    const deals = [order('D-1'), order('D-2', { wonAt: on(20) })];
    expect(sameOrders([order('told')], deals, [said('told', 'D-1', false)])).toEqual([
      { toldId: 'told', dealId: 'D-2', certainty: 'certain' },
    ]);
  });

  it('counts by its last word', () => {
    const both = [said('told', 'D-1', true), said('told', 'D-1', false)];
    expect(sameOrders([order('told')], [order('D-1')], both)).toEqual([]);
    expect(sameOrders([order('told')], [order('D-1')], both.toReversed())).toMatchObject([
      { certainty: 'said' },
    ]);
    const two = [said('told', 'D-1', true), said('told', 'D-2', true)];
    expect(sameOrders([order('told')], [order('D-1'), order('D-2', far)], two)).toMatchObject([
      { dealId: 'D-2' },
    ]);
  });

  it('makes one of an order and a deal that its source still calls open; no rule does', () => {
    const open = order('D-1', { isOpen: true });
    expect(sameOrders([order('told')], [open])).toEqual([]);
    expect(sameOrders([order('told')], [open], [said('told', 'D-1', true)])).toHaveLength(1);
  });

  it('waits until both are with one account', () => {
    const elsewhere = order('D-1', { accountId: 'bolt' });
    expect(sameOrders([order('told')], [elsewhere], [said('told', 'D-1', true)])).toEqual([]);
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
  const anySaid = fc.array(
    fc.record({
      toldId: fc.constantFrom('t0', 't1', 't2'),
      dealId: fc.constantFrom('d0', 'd1', 'd2'),
      isSame: fc.boolean(),
    }),
    { maxLength: 4 },
  );
  const both = fc.tuple(orders('t'), orders('d'));
  fc.assert(
    fc.property(
      both.chain(([told, deals]) =>
        fc.tuple(fc.constant([told, deals]), shuffled(told), shuffled(deals), anySaid),
      ),
      ([[told = [], deals = []], toldMixed, dealsMixed, said]) => {
        const pairs = sameOrders(told, deals, said);
        expect(sameOrders(toldMixed, dealsMixed, said)).toEqual(pairs);
        expect(new Set(pairs.map((pair) => pair.toldId)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.dealId)).size).toBe(pairs.length);
      },
    ),
  );
});
