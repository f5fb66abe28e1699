import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type postgres from 'postgres';
import type { Driver, Tx } from '../driver.ts';
import { connect, isBehindPooler, type Patience, RenewedClient } from './client.ts';
import { MIGRATIONS, refuseNewer } from './migrations.ts';

/** Any number that no other application on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 7_316_482_011;
const POOL_SIZE = 10;
const BOSS_POOL_SIZE = 4;

const PATIENCE: Patience = { statementMs: 30_000, silentMs: 40_000 };
/** Migrations and statistics go over whole tables. */
const MUCH_PATIENCE: Patience = { statementMs: 600_000, silentMs: 610_000 };

/** Where PostgreSQL is: through a pooler perhaps, and then past it, if there is such a way. */
export interface Addresses {
  url: string;
  directUrl?: string | undefined;
}

/** One of the addresses, and whether a pooler stands there. */
interface Way {
  url: string;
  isPooled: boolean;
}

/** Opens PostgreSQL and migrates it. Throws the driver's error when it can't be reached. */
export async function openPostgres({ url, directUrl }: Addresses, patience = PATIENCE): Promise<Driver> {
  const main: Way = { url, isPooled: await isBehindPooler(url, patience) };
  // What needs a session of its own, such as LISTEN, goes past the pooler.
  const direct: Way =
    directUrl === undefined ? main : { url: directUrl, isPooled: await isBehindPooler(directUrl, patience) };
  await migrateAlone(direct);
  const client = new RenewedClient(url, { max: POOL_SIZE, patience, isPooled: main.isPooled });
  return {
    kind: 'postgres',
    get db() {
      return client.db;
    },
    boss: bossOn(direct, patience),
    analyze: async () => {
      await alone(direct, (own) => own.begin((tx) => tx`analyze`));
    },
    close: async () => {
      await client.end({ timeout: 5 });
    },
  };
}

/** How pg-boss makes a pool of its own. LISTEN does not cross a pooler: jobs then wait for the next poll. */
function bossOn({ url, isPooled }: Way, { statementMs, silentMs }: Patience): Driver['boss'] {
  const pool = { connectionString: url, max: BOSS_POOL_SIZE, query_timeout: silentMs };
  const limits = isPooled ? {} : { statement_timeout: statementMs };
  return { ...pool, ...limits, backend: 'postgres', useListenNotify: !isPooled };
}

/** Several replicas that migrate at once collide, so one at a time does. A pooler keeps a lock for a transaction only. */
async function migrateAlone(way: Way): Promise<void> {
  await alone(way, (client) =>
    client.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
      // The migrator opens a transaction of its own: inside this one it is a savepoint.
      const nested = Object.assign(tx, { begin: tx.savepoint, options: client.options });
      const db = drizzle(nested as unknown as postgres.Sql);
      await refuseNewer(db as unknown as Tx);
      await migrate(db, { migrationsFolder: MIGRATIONS });
    }),
  );
}

/** Does something that may take long on a connection of its own. */
async function alone(
  { url, isPooled }: Way,
  work: (client: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const client = connect(url, { max: 1, patience: MUCH_PATIENCE, isPooled });
  try {
    await work(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}
