import { z } from 'zod';
import { isDecimal, type Money } from '../../domain/money.ts';
import { readTrailingAmount, whichAmount } from './amount-words.ts';
import type { Inputs, Read } from './form.ts';

/** What the fields of forms may hold, and what is said under a field that holds something else. */

export function howToWriteMoney(currency: string): string {
  return `Write it like 4,514.00 or 20k EUR. Without a currency it is ${currency}.`;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const MONEY = /^(?:([a-z]{3})\s*)?([\d.,]+)(?:\s*([a-z]{3}))?$/i;
const GROUPED = /^(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2}|\.\d{4})?$/;

export function needed(question: string) {
  return z.string({ error: question });
}

/** An amount of money, in `currency` unless another is named. Exact: the digits are kept as they are typed. */
export function money(currency: string) {
  return z.string().transform((text, context): Money => {
    const read = readMoney(text, currency);
    if (typeof read !== 'string') return read;
    context.addIssue(read);
    return z.NEVER;
  });
}

/** The money that a text names, or what is wrong with it in words for the rep. */
export function readMoney(text: string, currency: string): Money | string {
  const [, before, digits = '', after] = MONEY.exec(text.trim()) ?? [];
  const code = (after ?? before ?? currency).toUpperCase();
  if (!GROUPED.test(digits) || (before !== undefined && after !== undefined)) {
    return readAsInCommands(text, currency);
  }
  if (!CURRENCIES.has(code)) return `I don't know the currency ${code}. Use its three letters, like EUR.`;
  const value = digits.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  return isDecimal(value)
    ? { value, currency: code }
    : 'That is more than I can count. Leave it empty for now.';
}

/** What is understood after a slash command is understood in a form: "20k", "4.514,50 EUR", "$20". */
function readAsInCommands(text: string, currency: string): Money | string {
  const found = readTrailingAmount(text, currency);
  if (found === null || found.before !== '') return `I can't read that amount. ${howToWriteMoney(currency)}`;
  return 'unsure' in found ? whichAmount(found) : found.amount;
}

/** A day that has not passed, by the rep's calendar. Dates are YYYY-MM-DD. */
export function fromTodayOn(today: string) {
  return z.iso
    .date({ error: 'Which day? Pick one.' })
    .refine((date) => date >= today, 'That day has passed. Pick today or later.');
}

/** A day on which something was, by the rep's calendar. */
export function upToToday(today: string) {
  return z.iso
    .date({ error: 'Which day was it? Pick one.' })
    .refine((date) => date <= today, 'That day is still to come. When was it?');
}

/** A plain decimal number, as it is typed. */
export const decimal = z
  .string()
  .transform((text) => text.replace(/^(-?)\./, '$10.'))
  .refine(isDecimal, 'Write a number like 12.5, with at most four digits after the point.');

/** Reads inputs by a schema whose keys are block ids; each fault stands under its block. */
export function readFields<T>(
  schema: z.ZodType<T>,
  inputs: Inputs,
): { fields: T } | Extract<Read, { errors: object }> {
  const parsed = schema.safeParse(inputs);
  if (parsed.success) return { fields: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[String(issue.path[0])] ??= issue.message;
  return { errors };
}
