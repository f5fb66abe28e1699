import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite } from 'pg-boss';
import type { Driver, Tx } from '../driver.ts';
import { FolderHeldError, lockFolder } from './folder-lock.ts';
import { MIGRATIONS } from './migrations.ts';

/** The data folder is held by a running process: PGlite has no lock of its own, and two would eat each other's rows. */
export class DataDirInUseError extends Error {
  readonly dataDir: string;
  constructor(dataDir: string, pid: number) {
    const what = `the data folder ${dataDir} is held by a running What's Next (process ${pid})`;
    super(`${what}; stop it first, or set DATABASE_URL for both`);
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
  const { lite, db } = await openLite(dataDir).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  return {
    kind: 'embedded',
    db: db as unknown as Tx,
    boss: { db: forBoss(lite), backend: 'pglite', useListenNotify: true },
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

async function openLite(dataDir: string | undefined): Promise<{ lite: PGlite; db: PgliteDatabase }> {
  const lite = await (dataDir === undefined ? PGlite.create() : PGlite.create(join(dataDir, 'pglite')));
  const db = drizzle(lite);
  await migrate(db, { migrationsFolder: MIGRATIONS });
  return { lite, db };
}

async function lockDataDir(dataDir: string, log?: (message: string) => void): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  try {
    return await lockFolder(dataDir, {
      onWait: () => log?.(`the data folder ${dataDir} is held on another machine; waiting for it to let go`),
      // Nothing may be written any more, not even in order to stop well.
      onLost: () => {
        throw new Error(`the data folder ${dataDir} was taken away from this process`);
      },
    });
  } catch (error) {
    throw error instanceof FolderHeldError ? new DataDirInUseError(dataDir, error.pid) : error;
  }
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
