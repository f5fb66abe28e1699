import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite } from 'pg-boss';
import type { Driver, Tx } from '../driver.ts';
import { damaged, refuseHalf, takeDataDir } from './data-dir.ts';
import { MIGRATIONS, refuseNewer } from './migrations.ts';
import { type Lite, ThreadedLite } from './threaded-lite.ts';

/** Opens the embedded database in `dataDir`, or in memory without one. Throws what takeDataDir() and damage throw. */
export async function openEmbedded(
  dataDir: string | undefined,
  log?: (message: string) => void,
): Promise<Driver> {
  const taken = dataDir === undefined ? null : await takeDataDir(dataDir, log);
  try {
    return await driverOn(await openLite(taken?.files), async () => await taken?.unlock());
  } catch (error) {
    await taken?.unlock();
    throw error;
  }
}

async function openLite(files: string | undefined): Promise<Lite> {
  // In memory there is nothing but trials and tests, which need no second thread.
  if (files === undefined) return await PGlite.create();
  await refuseHalf(files);
  return await ThreadedLite.open(files).catch((error: unknown) => {
    throw damaged(files, error);
  });
}

async function driverOn(lite: Lite, unlock: () => Promise<void>): Promise<Driver> {
  const db = drizzle(lite as PGlite);
  await refuseNewer(db as unknown as Tx);
  await migrate(db, { migrationsFolder: MIGRATIONS });
  return {
    kind: 'embedded',
    db: db as unknown as Tx,
    boss: { db: forBoss(lite), backend: 'pglite', useListenNotify: true },
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

const SCRIPT = /^\s*BEGIN;([\s\S]*)COMMIT;?\s*$/i;

/**
 * pg-boss sends ROLLBACK after a script of its own fails, which on the one connection would abort innocent work
 * queued behind it: such scripts run as real transactions instead.
 */
function forBoss(lite: Lite): ReturnType<typeof fromPglite> {
  const plain = fromPglite(lite as PGlite);
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
