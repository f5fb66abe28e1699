import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { Driver, Tx } from './driver.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that no other application on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 7_316_482_011;
const POOL_SIZE = 10;
const BOSS_POOL_SIZE = 4;

/** Opens PostgreSQL at `url` and migrates it. Throws the driver's error when it can't be reached. */
export async function openPostgres(url: string): Promise<Driver> {
  await migrateAlone(url);
  const client = postgres(url, { max: POOL_SIZE, onnotice: () => undefined, connect_timeout: 10 });
  const db = drizzle(client);
  return {
    kind: 'postgres',
    db: db as unknown as Tx,
    boss: { connectionString: url, max: BOSS_POOL_SIZE, backend: 'postgres' },
    ping: async () => {
      await client`select 1`;
    },
    analyze: async () => {
      await client`analyze`;
    },
    close: async () => {
      await client.end({ timeout: 5 });
    },
  };
}

/** Several replicas that migrate at once collide, so one at a time does. */
async function migrateAlone(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end({ timeout: 5 });
  }
}
