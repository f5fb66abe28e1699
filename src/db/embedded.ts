import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite } from 'pg-boss';
import { lock } from 'proper-lockfile';
import type { Driver, Tx } from './driver.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * A killed process leaves its lock behind; after this long without a sign of life it is taken over. The database runs
 * in this very thread, so a sign of life can be seconds late.
 */
const STALE_LOCK_MS = 10_000;

/** The data folder is held by a running process: PGlite has no lock of its own, and two would eat each other's rows. */
export class DataDirInUseError extends Error {
  readonly dataDir: string;
  constructor(dataDir: string, options?: ErrorOptions) {
    const what = `the data folder ${dataDir} is held by a running What's Next`;
    super(`${what}; stop it first, or set DATABASE_URL for both`, options);
    this.name = 'DataDirInUseError';
    this.dataDir = dataDir;
  }
}

/** Opens the embedded database in `dataDir`, or in memory without one. Throws DataDirInUseError. */
export async function openEmbedded(
  dataDir: string | undefined,
  log?: (message: string) => void,
): Promise<Driver> {
  const unlock = dataDir === undefined ? async () => undefined : await lockDataDir(dataDir, log);
  const lite = await openLite(dataDir).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  const db = drizzle(lite);
  await migrate(db, { migrationsFolder: MIGRATIONS });
  return {
    kind: 'embedded',
    db: db as unknown as Tx,
    boss: { db: forBoss(lite), backend: 'pglite' },
    ping: async () => {
      await lite.query('select 1');
    },
    // Nothing else does it here: the embedded database has no autovacuum.
    analyze: async () => {
      await lite.exec('vacuum analyze');
    },
    close: async () => {
      await lite.close();
      await unlock();
    },
  };
}

async function openLite(dataDir: string | undefined): Promise<PGlite> {
  return dataDir === undefined ? await PGlite.create() : await PGlite.create(join(dataDir, 'pglite'));
}

async function lockDataDir(dataDir: string, log?: (message: string) => void): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const onCompromised = (error: Error) => {
    throw new DataDirInUseError(dataDir, { cause: error });
  };
  const options = { stale: STALE_LOCK_MS, update: STALE_LOCK_MS / 5, realpath: true, onCompromised };
  try {
    return await lock(dataDir, options);
  } catch (error) {
    if (!isLocked(error)) throw error;
  }
  log?.(
    `the data folder ${dataDir} is locked; waiting ${STALE_LOCK_MS / 1000} s for whoever held it to let go`,
  );
  const retries = { retries: STALE_LOCK_MS / 1_000 + 2, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 };
  return await lock(dataDir, { ...options, retries }).catch((error: unknown) => {
    throw isLocked(error) ? new DataDirInUseError(dataDir) : error;
  });
}

function isLocked(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ELOCKED';
}

const SCRIPT = /^\s*BEGIN;([\s\S]*)COMMIT;?\s*$/i;

/**
 * pg-boss sends ROLLBACK after a script of its own fails, which on the one connection would abort innocent work
 * queued behind it: such scripts run as real transactions instead.
 */
function forBoss(lite: PGlite): ReturnType<typeof fromPglite> {
  const plain = fromPglite(lite);
  return {
    ...plain,
    async executeSql(text, values) {
      const body = values === undefined || values.length === 0 ? SCRIPT.exec(text)?.[1] : undefined;
      if (body !== undefined) {
        return await lite.transaction(async (tx) => flatten(await tx.exec(body)));
      }
      // exec() alone runs several statements, query() alone takes parameters.
      return values?.length ? await lite.query(text, values) : flatten(await lite.exec(text));
    },
  };
}

function flatten(results: { rows: unknown[] }[]): { rows: unknown[] } {
  return { rows: results.flatMap((result) => result.rows) };
}
