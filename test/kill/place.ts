import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { bundles } from '../../src/db/schema/asking.ts';
import { dealEvents, engagements } from '../../src/db/schema/cycle.ts';
import { Store, type StoreOptions } from '../../src/db/store.ts';
import { savePlaybook, saveWorkspace } from '../../src/db/who/workspace.ts';
import { scratchDatabase } from '../support/scratch-database.ts';

/** What is left in the database once the product has been stopped. */
export interface Leftovers {
  engagements: number;
  notApplied: number;
  onTheirWay: number;
  /** How often a bundle was posted, or tried to. */
  attempts: number;
  /** Jobs that send, done or not. */
  sendingJobs: number;
}

const ATTEMPTS = sql<number>`coalesce(sum(${bundles.attempts}), 0)::int`;
const SENDING_JOBS = sql<number>`count(*) filter (where name = 'send-bundles')::int`;

/** Where the product keeps its data: a PostgreSQL database, or a folder. */
export interface Place extends AsyncDisposable {
  /** Whether it can be looked into while the product runs on it. */
  open: boolean;
  env: Record<string, string>;
  options: Pick<StoreOptions, 'databaseUrl' | 'dataDir'>;
}

export async function openPlace(embedded: boolean): Promise<Place> {
  if (!embedded) {
    const database = await scratchDatabase();
    return {
      open: true,
      env: { DATABASE_URL: database.url },
      options: { databaseUrl: database.url },
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'wn-kill-'));
  return {
    open: false,
    env: { DATA_DIR: dataDir },
    options: { dataDir },
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true }),
  };
}

/** A workspace in which closes are gathered for seconds, not minutes: otherwise this would take the whole day. */
export async function prepare(place: Place, workspaceId: string): Promise<void> {
  await withStore(place, (store) =>
    store.transaction(async (tx) => {
      await saveWorkspace(tx, workspaceId, 'Storm', new Date());
      await savePlaybook(tx, workspaceId, { gatherMinutes: 0.1, bundleSize: 20 }, new Date());
    }),
  );
}

/** Looks into the database; unless it is `open`, the product has to be stopped. */
export async function readLeftovers(place: Place): Promise<Leftovers> {
  return await withStore(place, (store) =>
    store.read(async (tx) => ({
      engagements: await tx.$count(engagements),
      notApplied: await tx.$count(dealEvents, eq(dealEvents.applied, false)),
      onTheirWay: await tx.$count(bundles, eq(bundles.status, 'on_its_way')),
      attempts: (await tx.select({ n: ATTEMPTS }).from(bundles))[0]?.n ?? 0,
      sendingJobs: (await tx.select({ n: SENDING_JOBS }).from(sql`pgboss.job`))[0]?.n ?? 0,
    })),
  );
}

async function withStore<T>(place: Place, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open({ ...place.options, onError: (error) => console.error(error) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
