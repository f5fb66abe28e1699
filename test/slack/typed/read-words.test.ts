import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  likelyNames,
  readLost,
  readNeed,
  readNote,
  type Unclear,
} from '../../../src/slack/typed/read-words.ts';
import type { Reading, Readings } from '../../../src/slack/typed/readings.ts';

/** A Monday. */
const TODAY = '2026-11-23';

describe('reading a need', () => {
  const estimate = { value: '20000', currency: 'EUR' };

  it.each([
    'Acme they need a second line 20000 EUR by 2027-01-15',
    'Acme they need a second line by 2027-01-15 for 20k EUR',
    'Acme: they need a second line, about €20,000 by 15 January 2027.',
    '"Acme" they need a second line 20000 EUR before Jan 15th, 2027',
    'Acme they need a second line EUR 20000 by 15.1.2027',
  ])('%s', (typed) => {
    const readings = readingsOf(readNeed(typed, 'USD', TODAY));
    expect(readings).toContainEqual({
      name: 'Acme',
      said: { do: 'need', words: 'they need a second line', estimate, neededOn: '2027-01-15' },
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
    expect(readingsOf(readNeed(`Acme a line ${typed}`, 'USD', TODAY))).toContainEqual({
      name: 'Acme',
      said: { do: 'need', words: 'a line', neededOn },
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
      expect(readingsOf(readNeed(`Acme: ${words}`, 'USD', TODAY))).toContainEqual({
        name: 'Acme',
        said: { do: 'need', words },
      });
    },
  );

  it('tries the longest name first, for only the accounts know where the name ends', () => {
    const readings = readingsOf(readNeed('Acme Labs a second line', 'USD', TODAY));
    expect(readings.map(({ name }) => name)).toEqual([
      'Acme Labs a second',
      'Acme Labs a',
      'Acme Labs',
      'Acme',
    ]);
  });

  it('takes a name in quotes as it is', () => {
    expect(readingsOf(readNeed('"Acme Labs" a second line', 'USD', TODAY))).toEqual([
      { name: 'Acme Labs', said: { do: 'need', words: 'a second line' } },
    ]);
  });

  it("keeps a bare number in the client's words: it may be no money", () => {
    expect(readingsOf(readNeed('Acme: grow to 500', 'USD', TODAY))).toContainEqual({
      name: 'Acme',
      said: { do: 'need', words: 'grow to 500' },
    });
  });

  it.each(['', 'Acme', '"Acme"', 'Acme 20000 EUR', 'Acme a line by 2027-02-30'])('asks back: %s', (typed) => {
    expect(readNeed(typed, 'USD', TODAY)).toHaveProperty('unclear', expect.stringMatching(/\S/));
  });

  it('loses no word that is not part of the amount or the date', () => {
    const words = fc.array(fc.constantFrom('second', 'line', '21', 'soon', 'Acme'), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(words, (list) => {
        const typed = `Acme ${list.join(' ')}`;
        for (const { name, said } of readingsOf(readNeed(typed, 'USD', TODAY))) {
          expect(`${name} ${said.do === 'need' && said.words}`).toBe(typed);
        }
      }),
    );
  });

  it('offers both where its estimate can be read in two ways', () => {
    const readings = readingsOf(readNeed('"Acme" a line 4.514 EUR', 'USD', TODAY));
    expect(readings).toEqual(
      ['4514', '4.51'].map((value) => ({
        name: 'Acme',
        said: { do: 'need', words: 'a line', estimate: { value, currency: 'EUR' } },
        isUnsure: true,
      })),
    );
  });

  it.each([
    ['Bright water a second van', ['Bright water', 'Bright']],
    ['Newco: they need a van', ['Newco']],
    ['Forever 21 more light', ['Forever 21']],
    ['newco vans', ['newco']],
  ])('knows which part of “%s” can be a new name', (typed, names) => {
    expect(likelyNames(readingsOf(readNeed(typed, 'USD', TODAY)))).toEqual(names);
  });
});

describe('reading a loss and a note', () => {
  it('parts the name from the words, the longest name first', () => {
    expect(readingsOf(readLost('Acme too expensive'))).toEqual([
      { name: 'Acme too', said: { do: 'lost', reason: 'expensive' } },
      { name: 'Acme', said: { do: 'lost', reason: 'too expensive' } },
    ]);
    expect(readingsOf(readNote('"Acme Labs" call Ms Silva'))).toEqual([
      { name: 'Acme Labs', said: { do: 'note', text: 'call Ms Silva' } },
    ]);
  });

  it.each(['', 'Acme', '"Acme"'])('asks for the words where there are none: %s', (typed) => {
    expect(readLost(typed)).toHaveProperty('unclear');
    expect(readNote(typed)).toHaveProperty('unclear');
  });
});

function readingsOf(read: Readings | Unclear): Reading[] {
  if ('unclear' in read) throw new Error(read.unclear);
  return read.readings;
}
