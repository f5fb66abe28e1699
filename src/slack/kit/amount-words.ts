import { isDecimal, type Money } from '../../domain/money.ts';

/** An amount at the end of what a person typed, and what stands before it. */
export interface TrailingAmount {
  before: string;
  amount: Money;
  /** Whether a currency was named. A bare number may as well belong to a name: "Forever 21". */
  named: boolean;
  /** "Forever 21 200 EUR" may be 200 EUR as well as 21,200. */
  orElse?: { before: string; amount: Money };
}

/** "4.514" is 4,514 to some people and 4.51 to others: nobody's money is guessed. */
export interface UnsureAmount {
  before: string;
  unsure: string;
  /** What it may be. */
  amounts: Money[];
  named: boolean;
}

/** Codes that may be written in lower case. Others are words in some language: "all", "top", "try", "mad". */
const COMMON = 'usd eur gbp chf cad aud nzd jpy cny inr sek nok dkk pln czk brl mxn sgd hkd zar'.split(' ');
const CODES = new Set([...Intl.supportedValuesOf('currency'), ...COMMON]);
const DOLLARS = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'CLP', 'COP', 'ARS']);
const SIGNS: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
};

/** What some of the signs are called. */
const WORDS: Record<string, string> = { dollar: '$', euro: '€', pound: '£' };

const NUMBER = String.raw`\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d[\d.,]*`;
const SCALE = String.raw`\s?[kKmM](?![A-Za-z])`;
const MARK = '[A-Za-z]{3}|[Dd]ollars?|[Ee]uros?|[Pp]ounds?|[$€£¥₹₩₺]';
const MARK_FIRST = new RegExp(
  String.raw`(?:^|\s)(?<mark>${MARK})\s?(?<number>${NUMBER})(?<scale>${SCALE})?$`,
);
const MARK_LAST = new RegExp(String.raw`(?:^|\s)(?<number>${NUMBER})(?<scale>${SCALE})?\s?(?<mark>${MARK})$`);
const BARE = new RegExp(String.raw`(?:^|\s)(?<number>${NUMBER})(?<scale>${SCALE})?$`);

/**
 * Reads the amount that ends a text: "4,514.00 USD", "EUR 20k", "$4514", "20 000 EUR", "4514". A bare number, and the
 * dollar sign where dollars are what the workspace reckons in, are in `currency` (ISO). Null when no amount ends it.
 */
export function readTrailingAmount(text: string, currency: string): TrailingAmount | UnsureAmount | null {
  const line = text
    .replace(/(?<=\d)['’](?=\d{3})/g, '')
    .replace(/(?<=\d)[\u00a0\u202f](?=\d{3})/g, ' ')
    .trim();
  for (const pattern of [MARK_FIRST, MARK_LAST, BARE]) {
    const found = pattern.exec(line);
    const { mark, number, scale } = found?.groups ?? {};
    if (!found || number === undefined) continue;
    const code = mark === undefined ? currency : currencyOf(mark, currency);
    const value = code === null ? null : decimalOf(number.replaceAll(' ', ''), scale?.trim());
    if (code === null || value === null) continue;
    const before = line.slice(0, found.index).trim();
    const named = mark !== undefined;
    if (typeof value !== 'string') {
      return { before, unsure: number, amounts: value.map((one) => ({ value: one, currency: code })), named };
    }
    const orElse = withoutFirstGroup(before, number, code);
    return { before, amount: { value, currency: code }, named, ...(orElse === null ? {} : { orElse }) };
  }
  return null;
}

/** The first group of a number written with spaces may end the name before it. */
function withoutFirstGroup(
  before: string,
  number: string,
  currency: string,
): { before: string; amount: Money } | null {
  const [first, ...rest] = number.split(' ');
  const value = rest.join('').replace(',', '.');
  if (first === undefined || rest.length !== 1 || value.startsWith('0')) return null;
  return { before: `${before} ${first}`.trim(), amount: { value, currency } };
}

/** Asks back about an amount that two kinds of people read differently. */
export function whichAmount({ unsure, amounts }: UnsureAmount): string {
  const ways = amounts.map(({ value }) => value).join(' or as ');
  return `Is ${unsure} meant as ${ways}? Write it one of these ways, please.`;
}

function currencyOf(mark: string, currency: string): string | null {
  const sign = WORDS[mark.toLowerCase().replace(/s$/, '')] ?? mark;
  if (sign === '$') return DOLLARS.has(currency) ? currency : 'USD';
  if (sign in SIGNS) return SIGNS[sign] ?? null;
  return CODES.has(mark) || mark.toUpperCase() === currency ? mark.toUpperCase() : null;
}

/** Several where it can be read in two ways. */
function decimalOf(number: string, scale: string | undefined): string | string[] | null {
  if (scale === undefined && /^[1-9]\d{0,2}\.\d{3}$/.test(number))
    return [number.replace('.', ''), number.slice(0, -1)];
  const plain = withoutGroups(number);
  if (plain === null) return null;
  const [whole = '', cents = ''] = plain.split('.');
  const places = { k: 3, m: 6 }[scale?.toLowerCase() ?? ''] ?? 0;
  const moved = cents.padEnd(places, '0');
  const integer = `${whole}${moved.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  const right = moved.slice(places);
  const value = right === '' ? integer : `${integer}.${right}`;
  return isDecimal(value) ? value : null;
}

/** Where both marks occur the last one is the decimal one: "4,514.00" and "4.514,00" are the same. */
function withoutGroups(number: string): string | null {
  if (/^\d+(\.\d+)?$/.test(number)) return number;
  if (/^\d+,\d{1,2}$/.test(number)) return number.replace(',', '.');
  if (/^\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(number)) return number.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(number)) return number.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(number)) return number.replaceAll('.', '');
  return null;
}
