import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, type Money } from '../../../src/domain/money.ts';
import {
  quoteName,
  readCadence,
  readMention,
  readName,
  readNeed,
  readTimeOfDay,
  readWon,
  splitFirst,
  unescapeSlack,
  type WonReading,
  withAccount,
} from '../../../src/slack/command/command-words.ts';
import { readTrailingAmount } from '../../../src/slack/kit/amount-words.ts';
import { harmless } from '../../../src/slack/kit/text.ts';

/** A Monday. */
const TODAY = '2026-11-23';

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
  ])('%s', (typed, accountName, value, currency) => {
    expect(readWon(typed, 'EUR')).toEqual({ accountName, amount: { value, currency } });
  });

  it('takes a name alone', () => {
    for (const typed of ['Acme', '"Acme"', 'Acme & Sons', '21']) {
      expect(readWon(typed, 'USD')).toMatchObject({ accountName: readName(typed) });
    }
  });

  it.each(['"Forever 21" 4514 USD', '“Forever 21” 4514'])(
    'takes a name in quotes as it is written: %s',
    (typed) => {
      expect(readWon(typed, 'USD')).toEqual({
        ...{ accountName: 'Forever 21', asWritten: true },
        amount: { value: '4514', currency: 'USD' },
      });
    },
  );

  it('lets the accounts decide whether a bare number belongs to the name', () => {
    expect(readWon('Forever 21', 'USD')).toEqual({
      accountName: 'Forever 21',
      orElse: { accountName: 'Forever', amount: { value: '21', currency: 'USD' } },
    });
  });

  it('leaves words that only look like a currency in the name', () => {
    expect(readWon('Studio all 4', 'USD')).toMatchObject({
      accountName: 'Studio all 4',
      orElse: { accountName: 'Studio all' },
    });
    expect(readWon('Over the top', 'USD')).toEqual({ accountName: 'Over the top' });
  });

  it.each(['', '$4514', 'Acme 4.514 EUR', '"Acme" lots'])('asks back rather than guess: %s', (typed) => {
    expect(readWon(typed, 'USD')).toHaveProperty('unclear', expect.stringMatching(/\S/));
  });

  it('reads back any name and amount as they are written', () => {
    fc.assert(
      fc.property(name, money, (accountName, amount) => {
        const read = readWon(
          `${quoteName(accountName)} ${formatMoney(amount)}`,
          'USD',
        ) as Required<WonReading>;
        expect(read).toMatchObject({ accountName, amount: { currency: amount.currency } });
        expect(formatMoney(read.amount)).toBe(formatMoney(amount));
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
        const won = readWon(text.trim(), 'USD');
        expect('unclear' in won ? won.unclear : won.accountName).toMatch(/\S/);
        const needs = readNeed(text.trim(), 'USD', TODAY);
        expect('unclear' in needs ? needs.unclear : needs[0]?.accountName).toMatch(/\S/);
      }),
    );
  });
});

describe('reading a need', () => {
  const estimate = { value: '20000', currency: 'EUR' };

  it.each([
    'Acme they need a second line 20000 EUR by 2027-01-15',
    'Acme they need a second line by 2027-01-15 for 20k EUR',
    'Acme: they need a second line, about €20,000 by 15 January 2027.',
    '"Acme" they need a second line 20000 EUR before Jan 15th, 2027',
    'Acme they need a second line EUR 20000 by 15.1.2027',
  ])('%s', (typed) => {
    const readings = readNeed(typed, 'USD', TODAY);
    expect(readings).toContainEqual({
      accountName: 'Acme',
      need: { words: 'they need a second line', estimate, neededOn: '2027-01-15' },
    });
  });

  it.each([
    ['by 15 January', '2027-01-15'],
    ['by Dec 1st', '2026-12-01'],
    ['by 15.1.', '2027-01-15'],
    ['until 15/01/2027', '2027-01-15'],
    ['before 01/15/2027', '2027-01-15'],
    ['by Friday', '2026-11-27'],
    ['by monday', '2026-11-30'],
    ['by tomorrow', '2026-11-24'],
  ])('takes the next such day where no year is named: %s', (typed, neededOn) => {
    expect(readNeed(`Acme a line ${typed}`, 'USD', TODAY)).toContainEqual({
      accountName: 'Acme',
      need: { words: 'a line', neededOn },
    });
  });

  it.each([
    ['by next Friday', 'Is next Friday meant as 2026-11-27 or as 2026-12-04?'],
    ['by 1/2/2027', 'Is 1/2/2027 meant as 2027-02-01 or as 2027-01-02?'],
    ['by 31.02.', 'There is no 31.02. Which date is it?'],
    ['by 2026-11-20', '2026-11-20 has passed. Which date is it?'],
  ])('asks back rather than keep no day or a wrong one: %s', (typed, why) => {
    expect(readNeed(`Acme a line ${typed}`, 'USD', TODAY)).toHaveProperty(
      'unclear',
      expect.stringContaining(why),
    );
  });

  it.each(['a line by 5 markets', 'heat by sun', 'cover on 24/7', 'release on 3.5', 'more by mail'])(
    'sees no day in %s',
    (words) => {
      expect(readNeed(`Acme: ${words}`, 'USD', TODAY)).toContainEqual({
        accountName: 'Acme',
        need: { words },
      });
    },
  );

  it('tries the longest name first, for only the accounts know where the name ends', () => {
    const readings = readNeed('Acme Labs a second line', 'USD', TODAY) as { accountName: string }[];
    expect(readings.map((reading) => reading.accountName)).toEqual([
      'Acme Labs a second',
      'Acme Labs a',
      'Acme Labs',
      'Acme',
    ]);
  });

  it('takes a name in quotes as it is', () => {
    expect(readNeed('"Acme Labs" a second line', 'USD', TODAY)).toEqual([
      { accountName: 'Acme Labs', need: { words: 'a second line' } },
    ]);
  });

  it("keeps a bare number in the client's words: it may be no money", () => {
    expect(readNeed('Acme: grow to 500', 'USD', TODAY)).toContainEqual({
      accountName: 'Acme',
      need: { words: 'grow to 500' },
    });
  });

  it.each(['', 'Acme', '"Acme"', 'Acme 20000 EUR', 'Acme a line by 2027-02-30', 'Acme a line 4.514 EUR'])(
    'asks back: %s',
    (typed) => {
      expect(readNeed(typed, 'USD', TODAY)).toHaveProperty('unclear', expect.stringMatching(/\S/));
    },
  );

  it('loses no word that is not part of the amount or the date', () => {
    const words = fc.array(fc.constantFrom('second', 'line', '21', 'soon', 'Acme'), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(words, (list) => {
        const typed = `Acme ${list.join(' ')}`;
        for (const { accountName, need } of readNeed(typed, 'USD', TODAY) as {
          accountName: string;
          need: { words: string };
        }[]) {
          expect(`${accountName} ${need.words}`).toBe(typed);
        }
      }),
    );
  });
});

describe('the other words', () => {
  it('understands what Slack makes of special characters', () => {
    expect(unescapeSlack('Smith &amp; Sons &lt;3')).toBe('Smith & Sons <3');
    expect(unescapeSlack('won <http://acme.com|acme.com> 4514 USD')).toBe('won acme.com 4514 USD');
    expect(unescapeSlack('need Acme <@U1|dana> <#C1|sales> heard it')).toBe(
      'need Acme @dana #sales heard it',
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeSlack(harmless(text))).toBe(text.trim());
      }),
    );
  });

  it('parts the first word from the rest', () => {
    expect(splitFirst('  Won  Acme 4514\nUSD ')).toEqual({ word: 'won', rest: 'Acme 4514\nUSD' });
    expect(splitFirst('')).toEqual({ word: '', rest: '' });
  });

  it('takes a mention for a manager, and says what to do with a plain name', () => {
    expect(readMention('<@U012AB|dana>')).toEqual({ slackUserId: 'U012AB' });
    expect(readMention('<@W012AB>')).toEqual({ slackUserId: 'W012AB' });
    expect(readMention('@dana')).toHaveProperty('unclear', expect.stringContaining('@dana'));
    expect(readMention('')).toHaveProperty('unclear', expect.stringContaining('Who leads you?'));
  });

  it('knows how often a digest may come', () => {
    expect(readCadence('Weekly')).toEqual({ cadence: 'weekly' });
    expect(readCadence('stop')).toEqual({ cadence: 'off' });
    expect(readCadence('hourly')).toHaveProperty('unclear', expect.stringContaining('hourly'));
  });

  it('quotes only the names that need it', () => {
    expect(quoteName('Acme')).toBe('Acme');
    expect(quoteName('Forever 21')).toBe('"Forever 21"');
    fc.assert(
      fc.property(name, (any) => {
        expect(readName(quoteName(any))).toBe(any);
      }),
    );
  });
});

describe('what was typed, with another name', () => {
  it.each([
    ['Amce 20k EUR', 'Amce', 'Acme', 'Acme 20k EUR'],
    ['amce: a second line', 'Amce', '"Acme Labs"', '"Acme Labs": a second line'],
    ['Amce', 'Amce', '"Amce"', '"Amce"'],
  ])('%s', (rest, typed, account, meant) => {
    expect(withAccount(rest, typed, account)).toBe(meant);
  });
});

describe('a time of day', () => {
  it.each([
    ['8:30', 510],
    ['08.30', 510],
    ['9', 540],
    ['2pm', 840],
    ['12 am', 0],
    ['12:15 pm', 735],
  ])('is read from %s', (text, promptAt) => {
    expect(readTimeOfDay(text)).toEqual({ promptAt });
  });

  it.each(['', '25:00', '8:61', '13pm', 'soon'])('is asked for again after "%s"', (text) => {
    expect(readTimeOfDay(text)).toHaveProperty('unclear');
  });
});
