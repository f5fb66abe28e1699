import { Store } from '../../src/db/store.ts';
import { saveWorkspace } from '../../src/db/who/workspace.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { crowd } from '../support/crowd.ts';
import { freePort, Product } from '../support/product.ts';
import { scratchDatabase } from '../support/scratch-database.ts';

/** No hours of rest: a measurement must not depend on the time of day. */
export const ALWAYS = { DEFAULT_WORKING_HOURS: '00:00-24:00', DEFAULT_WORKING_DAYS: '1-7' };
export const WORKSPACE = 'T0BENCH';

/** A stand-in for Slack in this process, and a migrated database with its workspace. */
export interface World extends AsyncDisposable {
  slack: SlackStandIn;
  databaseUrl: string;
}

export async function openWorld({ reps }: { reps: number }): Promise<World> {
  const slack = new SlackStandIn({ users: crowd(reps), team: { id: WORKSPACE, name: 'Bench' } });
  await slack.start();
  const database = await scratchDatabase();
  await withStore(database.url, (store) =>
    store.transaction((tx) => saveWorkspace(tx, WORKSPACE, 'Bench', new Date())),
  );
  return {
    slack,
    databaseUrl: database.url,
    [Symbol.asyncDispose]: async () => {
      await slack.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The product on that world, in a process of its own; stopped when let go of. */
export async function startProduct(
  { slack, databaseUrl }: Pick<World, 'slack' | 'databaseUrl'>,
  { http = false, env = {} }: { http?: boolean; env?: Record<string, string> } = {},
): Promise<Product & AsyncDisposable> {
  const port = await freePort();
  const product = Product.start({
    ...{ slack, port, http },
    env: { DATABASE_URL: databaseUrl, ...ALWAYS, ...env },
  });
  await product.ready();
  if (http) slack.requestUrl = product.slackUrl;
  return Object.assign(product, { [Symbol.asyncDispose]: () => product.stop() });
}

export async function withStore<T>(databaseUrl: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.open({ databaseUrl, onError: (error) => console.error(error) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
