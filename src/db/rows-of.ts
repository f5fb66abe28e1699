import { getTableColumns, type InferInsertModel, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * What to insert, for `tx.insert(table).select(…)`: all rows in one parameter, where values() would make one of each
 * cell. Every column of the table has to be given: what is left out becomes null, not the column's default.
 */
export function rowsOf<T extends PgTable>(table: T, rows: readonly Required<InferInsertModel<T>>[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const types = sql.join(
    columns.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
    sql`, `,
  );
  const json = rows.map((row) =>
    Object.fromEntries(columns.map(([key, { name }]) => [name, row[key as keyof typeof row]])),
  );
  return sql`select ${names} from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as given(${types})`;
}
