import type { Money } from '../../domain/money.ts';
import { readTrailingAmount, type TrailingAmount, type UnsureAmount } from '../kit/amount-words.ts';
import { readTrailingNumberWords } from '../kit/number-words.ts';
import { readQuoted, withoutJoint } from './name-words.ts';
import type { Reading, Readings } from './readings.ts';

/**
 * Reads "Acme", "Acme 4514 USD", "Acme for $4,514.00", `"Forever 21" 20 k`. A number may be part of the name ("Forever
 * 21"), and some can be read in two ways: the accounts decide, or whoever typed it. `currency` is the ISO one of what
 * names none.
 */
export function readOrder(text: string, currency: string): Readings {
  const quoted = readQuoted(text);
  const readings = quoted === null ? readUnquoted(text.trim(), currency) : readAfter(quoted, currency);
  return { readings: distinct(readings), longestWins: false };
}

function readUnquoted(text: string, currency: string): Reading[] {
  const found = readAmount(text, currency);
  const whole = order(text);
  if (found === null) return [whole];
  const parted = amountReadings(withoutJoint(found.before), found);
  const { before, amount } = ('orElse' in found && found.orElse) || {};
  const longer = before === undefined ? [] : [order(before, amount)];
  return [...(found.named ? [] : [whole]), ...longer, ...parted];
}

/** What follows a name in quotes can only be the amount. */
function readAfter({ name, rest }: { name: string; rest: string }, currency: string): Reading[] {
  if (rest === '') return [order(name)];
  const found = readAmount(rest, currency);
  if (found !== null && withoutJoint(found.before) === '') return amountReadings(name, found);
  const hint = readHint(rest, currency);
  return [...(hint === null ? [] : [order(name, hint)]), order(name)].map(unsure);
}

function readAmount(text: string, currency: string): TrailingAmount | UnsureAmount | null {
  const found = readTrailingAmount(text, currency);
  if (found !== null) return found;
  const spelled = readTrailingNumberWords(text);
  if (spelled === null) return null;
  const { before, value } = spelled;
  return { before, amount: { value, currency }, named: false };
}

function amountReadings(name: string, found: TrailingAmount | UnsureAmount): Reading[] {
  if ('unsure' in found) return found.amounts.map((amount) => unsure(order(name, amount)));
  return [order(name, found.amount)];
}

/** The one number in what can't be read as an amount: offered, never taken. Null where there is none. */
export function readHint(text: string, currency: string): Money | null {
  const [number, ...others] = text.match(/(?<![-\d.,])\d[\d.,]*(?:\s?[kKmM]\b)?/g) ?? [];
  if (number === undefined || others.length > 0) return null;
  const found = readTrailingAmount(number.replace(/[.,]$/, ''), currency);
  return found !== null && 'amount' in found ? found.amount : null;
}

function order(name: string, amount?: Money): Reading {
  return { name, said: { do: 'won', ...(amount === undefined ? {} : { amount }) } };
}

function unsure(reading: Reading): Reading {
  return { ...reading, isUnsure: true };
}

function distinct(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((reading) => [JSON.stringify(reading), reading])).values()];
}
