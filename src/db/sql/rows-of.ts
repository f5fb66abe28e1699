import { getTableColumns, type InferInsertModel, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '../driver.ts';

/**
 * What to insert, for `tx.insert(table).select(…)`: all rows in one parameter, where values() would make one of each
 * cell. Every column of the table has to be given: what is left out becomes null, not the column's default.
 */
export function rowsOf<T extends PgTable>(table: T, rows: readonly Required<InferInsertModel<T>>[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  // Plain text, as the names are ours: this is built for every insert, and drizzle looks at each piece of it.
  const named = sql.raw(columns.map(([key]) => `"${key}"`).join(', '));
  const typed = sql.raw(columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', '));
  return sql`select ${named} from json_to_recordset(${JSON.stringify(rows)}::json) as given(${typed})`;
}

/** Writes whole rows that are there, and held by the caller: all of them in one statement. */
export async function overwriteRows<T extends PgTable & { workspaceId: PgColumn; id: PgColumn }>(
  tx: Tx,
  table: T,
  rows: readonly Required<InferInsertModel<T>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(table));
  const set = Object.fromEntries(columns.map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)]));
  const target = [table.workspaceId, table.id];
  await tx
    .insert(table)
    .select(rowsOf(table, rows))
    .onConflictDoUpdate({ target, set: set as never });
}
