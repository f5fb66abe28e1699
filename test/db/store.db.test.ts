import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { openPostgres } from '../../src/db/connect/postgres.ts';
import { QUEUES } from '../../src/db/queue/jobs.ts';
import { Store } from '../../src/db/store.ts';
import { listWorkspaces, readPlaybook, savePlaybook, saveWorkspace } from '../../src/db/who/workspace.ts';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import { readJobs } from '../support/job-runner.ts';
import { Line } from '../support/line.ts';
import { freePort } from '../support/product.ts';
import { scratchDatabase } from '../support/scratch-database.ts';
import { useStore } from '../support/test-store.ts';

const store = useStore();
const NOW = new Date('2026-11-23T09:00:00Z');

describe('a transaction', () => {
  it('stores a job with its reason', async () => {
    await store().transaction(async (tx) => {
      await saveWorkspace(tx, 'T-KEPT', 'Kept', NOW);
      await store().enqueue(tx, 'identify-owners', { workspaceId: 'T-KEPT' });
    });
    expect(await readJobs(store(), 'T-KEPT')).toMatchObject([{ name: 'identify-owners', delaySeconds: 0 }]);
    expect(await names()).toContain('Kept');
  });

  it('leaves nothing behind when it fails, neither the reason nor the job', async () => {
    const failing = store().transaction(async (tx) => {
      await saveWorkspace(tx, 'T-GONE', 'Gone', NOW);
      await store().enqueue(tx, 'identify-owners', { workspaceId: 'T-GONE' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await readJobs(store(), 'T-GONE')).toEqual([]);
    expect(await names()).not.toContain('Gone');
  });

  it('refuses another inside it, which would wait for it for ever', async () => {
    const nested = store().transaction(async () => await store().transaction(async () => undefined));
    await expect(nested).rejects.toThrow(/a transaction is open here/);
    await expect(store().transaction(async () => await store().read(listWorkspaces))).rejects.toThrow();
  });

  it('runs again when the database gave it up for another', async () => {
    let runs = 0;
    await store().transaction(async (tx) => {
      runs += 1;
      if (runs === 1) await tx.execute(sql`do $$ begin raise sqlstate '40P01'; end $$`);
      await saveWorkspace(tx, 'T-AGAIN', 'Again', NOW);
    });
    expect(runs).toBe(2);
    expect(await names()).toContain('Again');
  });
});

it('keeps one job of several with one id', async () => {
  const id = '01a207b5-954c-70c0-9110-b49d04dd6735';
  for (let time = 0; time < 3; time += 1) {
    await store().transaction(async (tx) => {
      await store().enqueue(tx, 'send-bundles', { workspaceId: 'T-ONCE' }, { id });
    });
  }
  expect(await readJobs(store(), 'T-ONCE')).toHaveLength(1);
});

it('puts what a workspace set over the defaults', async () => {
  const settings = { holidays: ['2026-12-25'], returnAfterDays: 30 };
  await store().transaction(async (tx) => {
    await saveWorkspace(tx, 'T-OWN', 'Own', NOW);
    await savePlaybook(tx, 'T-OWN', settings, NOW);
  });
  const own = await store().read((tx) => readPlaybook(tx, 'T-OWN', DEFAULT_PLAYBOOK));
  expect(own).toEqual({ ...DEFAULT_PLAYBOOK, ...settings });
  expect(await store().read((tx) => readPlaybook(tx, 'T-ELSE', DEFAULT_PLAYBOOK))).toEqual(DEFAULT_PLAYBOOK);
});

const server = inject('databaseUrl');
const LITTLE_PATIENCE = { statementMs: 400, silentMs: 800 };
// The embedded database is for one process.
if (server !== null) {
  it('opens a new database for several replicas at once', async () => {
    await using database = await scratchDatabase(server);
    const errors: Error[] = [];
    const options = { databaseUrl: database.url, onError: (error: Error) => void errors.push(error) };
    const replicas = await Promise.all([1, 2, 3].map(() => Store.open(options)));
    const [first, ...others] = replicas;
    await first?.transaction((tx) => saveWorkspace(tx, 'T-SHARED', 'Shared', NOW));
    for (const other of others) {
      expect(await other.read(listWorkspaces)).toMatchObject([{ id: 'T-SHARED', name: 'Shared' }]);
    }
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(errors).toEqual([]);
  });

  it('works queues of an older release as this one says', async () => {
    await using database = await scratchDatabase(server);
    const open = () => Store.open({ databaseUrl: database.url, onError: () => undefined });
    const old = await open();
    await old.read((tx) => tx.execute(sql`update pgboss.queue set retry_limit = 1`));
    await old.close();
    const now = await open();
    await now.transaction((tx) => now.enqueue(tx, 'send-digest', { workspaceId: 'T-NEW', digestId: 'd' }));
    const limits = await now.read((tx) => tx.execute(sql`select retry_limit from pgboss.job`));
    await now.close();
    expect([...(limits as unknown as Iterable<object>)]).toEqual([
      { retry_limit: QUEUES['send-digest'].retryLimit },
    ]);
  });

  it('a database that falls silent fails what was asked of it, and is there for what is asked next', async () => {
    await using database = await scratchDatabase(server);
    const url = new URL(database.url);
    const line = new Line(await freePort(), new URL(database.url));
    url.host = `127.0.0.1:${line.port}`;
    await line.mend();
    onTestFinished(() => line.cut());
    const driver = await openPostgres({ url: url.href }, LITTLE_PATIENCE);
    const inTransaction = driver.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      line.hush();
      await tx.execute(sql`select 1`);
    });
    await expect(inTransaction).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await expect(driver.db.execute(sql`select 1`)).resolves.toHaveLength(1);
    await driver.close();
  });

  it('a statement that takes too long is given up by PostgreSQL itself; the connection goes on', async () => {
    await using database = await scratchDatabase(server);
    const { db, close } = await openPostgres({ url: database.url }, LITTLE_PATIENCE);
    await expect(db.execute(sql`select pg_sleep(30)`)).rejects.toMatchObject({ cause: { code: '57014' } });
    await expect(db.execute(sql`select 1`)).resolves.toHaveLength(1);
    await close();
  });
}

async function names(): Promise<string[]> {
  return (await store().read(listWorkspaces)).map(({ name }) => name);
}

it('does not tell the log what people wrote when it fails', async () => {
  const secret = 'they are about to be bought';
  const failing = store().transaction((tx) =>
    tx.execute(sql`select ${secret}::text, 1 / (length(${secret}) - length(${secret}))`),
  );
  const error = await failing.then(
    () => null,
    (thrown: Error) => thrown,
  );
  expect(error?.message).toContain('division by zero');
  expect(inspect(error, { depth: 10 })).not.toContain(secret);
});
