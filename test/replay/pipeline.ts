import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { WonDeal } from '../support/crm.ts';

const DAY_MS = 86_400_000;

type Row = Record<
  'opportunity_id' | 'sales_agent' | 'product' | 'account' | 'deal_stage' | 'close_date' | 'close_value',
  string
>;

/** A close of the file, owned by a sales agent who is named as there. */
export type Close = WonDeal & { owner: { name: string } };

/**
 * The won deals of a month (`2017-12`) of a sales pipeline in CSV. The file knows the day of a close only: `chance`
 * gives each an instant of that day, at night as well.
 */
export function readCloses(path: string, month: string, chance: () => number): Close[] {
  const rows: Row[] = parse(readFileSync(path), { columns: true, bom: true });
  return rows
    .filter((row) => row.deal_stage === 'Won' && row.close_date.startsWith(month))
    .map((row) => ({
      id: row.opportunity_id,
      account: row.account || 'A client without a name',
      owner: { name: row.sales_agent },
      wonAt: new Date(Date.parse(row.close_date) + Math.floor(chance() * DAY_MS)),
      product: row.product,
      amount: row.close_value,
    }));
}
