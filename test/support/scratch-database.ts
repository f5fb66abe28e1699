import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

/** PostgreSQL for the scripts that measure: TEST_DATABASE_URL, else the one of this machine. */
export const SERVER = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432';

export interface ScratchDatabase extends AsyncDisposable {
  url: string;
}

/** A new database of its own, dropped when it is let go of. Throws when PostgreSQL does not answer. */
export async function scratchDatabase(server = SERVER): Promise<ScratchDatabase> {
  const name = `wn_scratch_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await asServer(server, (sql) => sql`create database ${sql(name)}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return {
    url: address.href,
    [Symbol.asyncDispose]: () => asServer(server, (sql) => sql`drop database ${sql(name)} with (force)`),
  };
}

async function asServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
