import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, isCurrency, isDecimal } from '../../src/domain/money.ts';

describe('money', () => {
  it.each([
    ['4514.00', '4,514 USD'],
    ['99.5', '99.50 USD'],
    ['0', '0 USD'],
    ['-1234567.8900', '-1,234,567.89 USD'],
    ['999', '999 USD'],
    ['0.0125', '0.0125 USD'],
  ])('%s reads %s', (value, text) => {
    expect(formatMoney({ value, currency: 'USD' })).toBe(text);
  });

  it('reads with every digit that counts, however great', () => {
    const parts = fc.tuple(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.nat(9_999));
    fc.assert(
      fc.property(parts, ([whole, fraction]) => {
        const value = `${whole}.${String(fraction).padStart(4, '0')}`;
        expect(isDecimal(value)).toBe(true);
        const [read = ''] = formatMoney({ value, currency: 'EUR' }).split(' ');
        const [digits, cents = ''] = read.replaceAll(',', '').split('.');
        expect(digits).toBe(String(whole));
        expect(cents.padEnd(4, '0')).toBe(String(fraction).padStart(4, '0'));
      }),
    );
  });

  it.each(['', '1e3', '1.', '.5', '1,000', 'NaN', '1.23456', '1234567890123456', '0x10', ' 1'])(
    'does not take %j for a decimal',
    (value) => expect(isDecimal(value)).toBe(false),
  );

  it('knows currencies by their three capitals', () => {
    expect(isCurrency('EUR')).toBe(true);
    for (const none of ['eur', 'EURO', '€', '', 'EU1']) expect(isCurrency(none), none).toBe(false);
  });
});
