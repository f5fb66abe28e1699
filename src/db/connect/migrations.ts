import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Tx } from '../driver.ts';
import { UnusableDatabaseError } from './availability.ts';

/** The folder of the generated migrations, for both databases. */
export const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Throws an UnusableDatabaseError when a later release has migrated the database: this one would not understand it. */
export async function refuseNewer(db: Tx): Promise<void> {
  if (rows<{ exists: boolean }>(await db.execute(JOURNAL_EXISTS))[0]?.exists !== true) return;
  const known = new Set(readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash));
  const applied = rows<{ hash: string }>(await db.execute(JOURNAL));
  if (applied.every(({ hash }) => known.has(hash))) return;
  throw new UnusableDatabaseError(
    new Error("a newer What's Next has worked on it: start that one again, or put a backup back"),
  );
}

const JOURNAL_EXISTS = sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
const JOURNAL = sql`select hash from drizzle.__drizzle_migrations`;

/** postgres.js answers with the rows, PGlite with an object that has them. */
function rows<T>(found: unknown): T[] {
  return (Array.isArray(found) ? found : (found as { rows: T[] }).rows) as T[];
}
