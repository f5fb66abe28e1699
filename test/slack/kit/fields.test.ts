import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, isDecimal } from '../../../src/domain/money.ts';
import { fromTodayOn, readMoney, upToToday } from '../../../src/slack/kit/fields.ts';

describe('an amount of money', () => {
  it.each([
    ['4514', '4514', 'USD'],
    ['4,514.00', '4514.00', 'USD'],
    ['4,514', '4514', 'USD'],
    [' 4514.5 eur ', '4514.5', 'EUR'],
    ['GBP 1,234,567.89', '1234567.89', 'GBP'],
    ['007', '7', 'USD'],
    ['0.1234', '0.1234', 'USD'],
    ['20k', '20000', 'USD'],
    ['€1.25m', '1250000', 'EUR'],
    ['4.514,00 EUR', '4514.00', 'EUR'],
    ['4,51', '4.51', 'USD'],
    ['4 514', '4514', 'USD'],
  ])('%s is read exactly', (text, value, currency) => {
    expect(readMoney(text, 'USD')).toEqual({ value, currency });
  });

  it.each(['-5', 'about 5', '1e6', '45,14.00', 'USD', '5 USD EUR'])('%s is refused with a hint', (text) => {
    expect(readMoney(text, 'USD')).toContain('Write it like 4,514.00');
  });

  it('is asked back about where two kinds of people read it differently', () => {
    expect(readMoney('4.514', 'USD')).toBe(
      'Is 4.514 meant as 4514 or as 4.51? Write it one of these ways, please.',
    );
  });

  it('is refused in a currency that does not exist', () => {
    expect(readMoney('5 ABC', 'USD')).toBe("I don't know the currency ABC. Use its three letters, like EUR.");
  });

  it('is refused when it is more than can be kept exactly', () => {
    expect(readMoney('1234567890123456', 'USD')).toContain('more than I can count');
  });

  it('is read back as it is shown', () => {
    const whole = fc.bigInt({ min: 0n, max: 999_999_999_999_999n }).map(String);
    const cents = fc.constantFrom('', '.5', '.25', '.0001', '.1000');
    fc.assert(
      fc.property(whole, cents, (digits, rest) => {
        const read = readMoney(formatMoney({ value: `${digits}${rest}`, currency: 'EUR' }), 'USD');
        expect(read).toMatchObject({ currency: 'EUR' });
        expect(Number((read as { value: string }).value)).toBe(Number(`${digits}${rest}`));
        expect(isDecimal((read as { value: string }).value)).toBe(true);
      }),
    );
  });
});

describe('a day', () => {
  it('may be today or later where it is still to come', () => {
    expect(fromTodayOn('2026-11-23').safeParse('2026-11-23').success).toBe(true);
    expect(fromTodayOn('2026-11-23').safeParse('2026-11-22').error?.issues[0]?.message).toBe(
      'That day has passed. Pick today or later.',
    );
  });

  it('may be today or earlier where it has been', () => {
    expect(upToToday('2026-11-23').safeParse('2026-11-23').success).toBe(true);
    expect(upToToday('2026-11-23').safeParse('2026-11-24').error?.issues[0]?.message).toBe(
      'That day is still to come. When was it?',
    );
  });
});
