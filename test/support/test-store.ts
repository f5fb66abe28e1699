import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { Store } from '../../src/db/store.ts';

/**
 * One database for the tests of a file: in memory, or on PostgreSQL one made for the file and dropped at its end. A
 * database in which a test failed is kept, and named. Tests share it, each in a workspace of its own.
 */
export function useStore(): () => Store {
  const name = `wn_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const server = inject('databaseUrl');
  const errors: Error[] = [];
  let store: Store | undefined;
  let failed = false;

  beforeAll(async () => {
    const onError = (error: Error) => void errors.push(error);
    if (server === null) {
      store = await Store.open({ onError });
      return;
    }
    await asServer(server, (sql) => sql`create database ${sql(name)}`);
    store = await Store.open({ databaseUrl: withDatabase(server, name), onError });
  });

  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed = true;
  });

  afterAll(async () => {
    await store?.close();
    if (server !== null && failed) console.error(`The database ${name} is kept: a test failed on it.`);
    if (server !== null && !failed) await asServer(server, (sql) => sql`drop database ${sql(name)}`);
    const [error] = errors;
    if (error !== undefined) throw error;
  });

  return () => {
    if (store === undefined) throw new Error('the store is open while the tests of its file run');
    return store;
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

function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
