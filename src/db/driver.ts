import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { ConstructorOptions } from 'pg-boss';

/** What named queries take: the transaction they are part of. */
export type Tx = PgDatabase<PgQueryResultHKT>;

/** One of the two databases, as far as the store needs to know it. */
export interface Driver {
  kind: 'embedded' | 'postgres';
  db: Tx;
  /** How pg-boss reaches the same database. */
  boss: Pick<ConstructorOptions, 'db' | 'connectionString' | 'max' | 'backend' | 'useListenNotify'>;
  /** Brings the planner's statistics up to date; without them it reads whole tables for a handful of rows. */
  analyze(): Promise<void>;
  close(): Promise<void>;
}
