import type { SQL } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';

/** The rows of a query written straight on the tables. Numbers and text only: the two databases differ in dates. */
export async function select<Row>({ flow }: Office, query: SQL): Promise<Row[]> {
  const found = await flow.store.read((tx) => tx.execute(query));
  // PGlite answers with { rows }, postgres.js with the rows.
  return ((found as { rows?: unknown }).rows ?? found) as Row[];
}

/** The one column of such a query, as text. */
export async function selectTexts(office: Office, query: SQL): Promise<string[]> {
  const rows = await select<Record<string, string>>(office, query);
  return rows.flatMap((row) => Object.values(row));
}
