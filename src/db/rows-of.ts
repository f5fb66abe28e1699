import { getTableColumns, type InferInsertModel, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * What to insert, for `tx.insert(table).select(…)`: all rows in one parameter, where values() would make one of each
 * cell. Every column of the table has to be given: what is left out becomes null, not the column's default.
 */
export function rowsOf<T extends PgTable>(table: T, rows: readonly Required<InferInsertModel<T>>[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const named = sql.join(
    columns.map(([key]) => sql.identifier(key)),
    sql`, `,
  );
  const typed = sql.join(
    columns.map(([key, column]) => sql`${sql.identifier(key)} ${sql.raw(column.getSQLType())}`),
    sql`, `,
  );
  return sql`select ${named} from json_to_recordset(${JSON.stringify(rows)}::json) as given(${typed})`;
}
