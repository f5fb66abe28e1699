import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { Driver, Tx } from '../driver.ts';
import { MIGRATIONS } from './migrations.ts';
import { patientSockets } from './patient-socket.ts';

/** Any number that no other application on the same database uses for its advisory locks. */
const MIGRATION_LOCK = 7_316_482_011;
const POOL_SIZE = 10;
const BOSS_POOL_SIZE = 4;

/** How long PostgreSQL may take, in ms; what it works at for longer it gives up itself, and says so. */
interface Patience {
  statementMs: number;
  /** After this long without a word the connection is given up. Longer than a statement may take. */
  silentMs: number;
}

const PATIENCE: Patience = { statementMs: 30_000, silentMs: 40_000 };
/** Migrations and statistics go over whole tables. */
const MUCH_PATIENCE: Patience = { statementMs: 600_000, silentMs: 610_000 };

/** Opens PostgreSQL at `url` and migrates it. Throws the driver's error when it can't be reached. */
export async function openPostgres(url: string, patience = PATIENCE): Promise<Driver> {
  await migrateAlone(url);
  const client = connect(url, POOL_SIZE, patience);
  const db = drizzle(client);
  return {
    kind: 'postgres',
    db: db as unknown as Tx,
    boss: {
      ...{ connectionString: url, max: BOSS_POOL_SIZE, backend: 'postgres' },
      // What pg-boss hands on to its own pool.
      ...{ statement_timeout: patience.statementMs, query_timeout: patience.silentMs },
    },
    ping: async () => {
      await client`select 1`;
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

function connect(url: string, max: number, { statementMs, silentMs }: Patience): postgres.Sql {
  const patient = {
    socket: patientSockets(silentMs),
    connection: {
      statement_timeout: statementMs,
      // The rows that a transaction holds are free again when its process has fallen silent.
      idle_in_transaction_session_timeout: silentMs,
    },
    // An idle connection ends before it passes for a silent one.
    idle_timeout: (silentMs / 1_000) * 0.75,
  };
  return postgres(url, { max, onnotice: () => undefined, connect_timeout: 10, ...patient });
}
