import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type postgres from 'postgres';
import type { Driver } from '../driver.ts';
import { connect, type Patience, RenewedClient } from './client.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that no other application on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 7_316_482_011;
const POOL_SIZE = 10;
const BOSS_POOL_SIZE = 4;

const PATIENCE: Patience = { statementMs: 30_000, silentMs: 40_000 };
/** Migrations and statistics go over whole tables. */
const MUCH_PATIENCE: Patience = { statementMs: 600_000, silentMs: 610_000 };

/** Opens PostgreSQL at `url` and migrates it. Throws the driver's error when it can't be reached. */
export async function openPostgres(url: string, patience = PATIENCE): Promise<Driver> {
  await migrateAlone(url);
  const client = new RenewedClient(url, POOL_SIZE, patience);
  return {
    kind: 'postgres',
    get db() {
      return client.db;
    },
    boss: {
      ...{ connectionString: url, max: BOSS_POOL_SIZE, backend: 'postgres' },
      // What pg-boss hands on to its own pool.
      ...{ statement_timeout: patience.statementMs, query_timeout: patience.silentMs },
    },
    ping: async () => {
      await client.sql`select 1`;
    },
    analyze: async () => {
      await alone(url, (own) => own`analyze`);
    },
    close: async () => {
      await client.end({ timeout: 5 });
    },
  };
}

/** Several replicas that migrate at once collide, so one at a time does. */
async function migrateAlone(url: string): Promise<void> {
  await alone(url, async (client) => {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  });
}

/** Does something that may take long on a connection of its own. */
async function alone(url: string, work: (client: postgres.Sql) => Promise<unknown>): Promise<void> {
  const client = connect(url, 1, MUCH_PATIENCE);
  try {
    await work(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}
