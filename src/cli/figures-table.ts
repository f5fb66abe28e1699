import type { Grouping } from '../db/figures.ts';
import { formatMoney } from '../domain/money.ts';
import type { FigureGroups } from '../flow/digests/read-figures.ts';
import type { Figures } from '../flow/show/views.ts';
import { counted } from './io.ts';
import { aligned } from './table.ts';

/** An aligned table, one line for each group and one for all; each currency has a column of its own. */
export function figuresTable({ total, groups }: FigureGroups, by: Grouping | undefined): string {
  const currencies = total.won.amounts.map(({ currency }) => currency).sort();
  const counts = ['Verified', 'Needs', 'Next begun', 'Days to verified', 'Open doors'];
  const heading = [by === undefined ? '' : capital(by), 'Won', ...currencies, ...counts];
  const rows = groups.map(({ name, figures }) => cells(name, figures, currencies));
  return aligned([heading, ...rows, cells(by === undefined ? '' : 'All', total, currencies)]);
}

function cells(name: string, figures: Figures, currencies: readonly string[]): string[] {
  const { won, verified, needs, begun, medianDaysToVerified: days, openDoors } = figures;
  const amounts = currencies.map((currency) => {
    const amount = won.amounts.find((it) => it.currency === currency);
    return amount === undefined ? '–' : formatMoney(amount).replace(` ${currency}`, '');
  });
  return [
    name,
    counted(won.count),
    ...amounts,
    counted(verified),
    counted(needs),
    counted(begun),
    days === null ? '–' : days.toFixed(1),
    counted(openDoors),
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
