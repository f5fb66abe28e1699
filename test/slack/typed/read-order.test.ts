import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, type Money } from '../../../src/domain/money.ts';
import { readTrailingAmount } from '../../../src/slack/kit/amount-words.ts';
import { readName } from '../../../src/slack/typed/name-words.ts';
import { readOrder } from '../../../src/slack/typed/read-order.ts';

const money = fc.record<Money>({
  value: fc
    .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom('', '.5', '.05', '.99', '.1234'))
    .map(([whole, cents]) => `${whole}${cents}`),
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'CHF', 'ALL', 'TRY'),
});
/** Names as companies have them: words, numbers, marks; no quotes, for those end a quoted name. */
const name = fc
  .array(
    fc.constantFrom('Acme', '3M', '21', '4,514.00', 'USD', 'for', 'O’Neil', 'ALL', 'by', '&', 'Ünited', ':'),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((words) => words.join(' '));

describe('reading what was won', () => {
  it.each([
    ['Acme 4514 USD', 'Acme', '4514', 'USD'],
    ['Acme 4,514.00 usd', 'Acme', '4514.00', 'USD'],
    ['Acme Labs, USD 4514', 'Acme Labs', '4514', 'USD'],
    ['Acme for $4514', 'Acme', '4514', 'USD'],
    ['Acme $ 4514', 'Acme', '4514', 'USD'],
    ['Acme 4.514,50€', 'Acme', '4514.50', 'EUR'],
    ['Acme EUR 20k', 'Acme', '20000', 'EUR'],
    ['Acme 20k euros', 'Acme', '20000', 'EUR'],
    ['Acme 5 Dollars', 'Acme', '5', 'USD'],
    ['Acme £1.25m', 'Acme', '1250000', 'GBP'],
    ["Acme 4'514 CHF", 'Acme', '4514', 'CHF'],
    ['Acme 4\u00a0514,5 EUR', 'Acme', '4514.5', 'EUR'],
    ['Acme 12,34,567 INR', 'Acme', '1234567', 'INR'],
    ['Forever 21 4514 USD', 'Forever 21', '4514', 'USD'],
    ['3M 99.50 EUR', '3M', '99.50', 'EUR'],
  ])('%s', (typed, name, value, currency) => {
    expect(readings(typed, 'EUR')).toContainEqual(order(name, value, currency));
  });

  it.each([
    ['Acme 20 000 EUR', 'Acme', '20000'],
    ['Acme 1 250 000,50 EUR', 'Acme', '1250000.50'],
    ['Acme 20 k EUR', 'Acme', '20000'],
    ['Acme 20 k', 'Acme', '20000'],
    ['Acme 3000', 'Acme', '3000'],
    ['Newco twenty thousand', 'Newco', '20000'],
    ['Newco 20 thousand', 'Newco', '20000'],
    ['Newco two hundred and fifty', 'Newco', '250'],
    ['Newco seventy-five grand', 'Newco', '75000'],
  ])('reads amounts as people write them: %s', (typed, name, value) => {
    expect(readings(typed, 'EUR')).toContainEqual(order(name, value, 'EUR'));
  });

  it('takes a name alone', () => {
    for (const typed of ['Acme', '"Acme"', 'Acme & Sons', 'Over the top']) {
      expect(readings(typed)).toEqual([{ name: readName(typed), said: { do: 'won' } }]);
    }
  });

  it.each(['"Forever 21" 4514 USD', '“Forever 21” 4514'])('lets quotes end a name: %s', (typed) => {
    expect(readings(typed)).toEqual([order('Forever 21', '4514')]);
  });

  it('lets the accounts decide whether a number belongs to the name', () => {
    expect(readings('Forever 21')).toEqual([
      { name: 'Forever 21', said: { do: 'won' } },
      order('Forever', '21'),
    ]);
    expect(readings('Forever 21 200 USD')).toEqual([order('Forever 21', '200'), order('Forever', '21200')]);
    expect(readings('Studio all 4')).toEqual([
      { name: 'Studio all 4', said: { do: 'won' } },
      order('Studio all', '4'),
    ]);
  });

  it('is unsure of what can be read in two ways, and of what it cannot read', () => {
    const both = (name: string) =>
      ['1234', '1.23'].map((value) => ({ ...order(name, value), isUnsure: true }));
    expect(readings('Acme 1.234 USD')).toEqual(both('Acme'));
    expect(readings('"Acme" 1.234')).toEqual(both('Acme'));
    expect(readings('Acme 1.234').slice(1)).toEqual(both('Acme'));
    const hinted = [order('Acme', '5'), { name: 'Acme', said: { do: 'won' } }];
    expect(readings('"Acme" 5 dollers')).toEqual(hinted.map((one) => ({ ...one, isUnsure: true })));
  });

  it('finds no name where none is', () => {
    for (const typed of ['"" 5', '$5', '5 USD']) expect(readings(typed).at(-1)).toEqual(order('', '5'));
    expect(readings('')).toEqual([{ name: '', said: { do: 'won' } }]);
  });

  it('reads back any name and amount as they are written', () => {
    fc.assert(
      fc.property(name, money, (any, { value, currency }) => {
        const [read, ...others] = readings(`"${any}" ${formatMoney({ value, currency })}`);
        expect(others).toEqual([]);
        expect(read?.name).toBe(any);
        const amount = read?.said.do === 'won' ? read.said.amount : undefined;
        expect(amount && formatMoney(amount)).toBe(formatMoney({ value, currency }));
      }),
    );
  });

  it('reads an amount wherever the currency stands, to the same decimal', () => {
    fc.assert(
      fc.property(money, ({ value, currency }) => {
        const written = [
          `${value} ${currency}`,
          `${currency} ${value}`,
          `${value}${currency}`,
          `${currency}${value}`,
        ];
        for (const text of written) {
          expect(readTrailingAmount(text, 'USD')).toEqual({
            before: '',
            amount: { value, currency },
            named: true,
          });
        }
      }),
    );
  });

  it('never stumbles over anything typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), name), (text) => {
        expect(readings(text.trim()).length).toBeGreaterThan(0);
      }),
    );
  });
});

function readings(typed: string, currency = 'USD') {
  return readOrder(typed, currency).readings;
}

function order(name: string, value: string, currency = 'USD') {
  return { name, said: { do: 'won', amount: { value, currency } } };
}
