import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { isAway } from '../../../src/db/connect/availability.ts';
import { Store } from '../../../src/db/store.ts';
import { tellUntilAccepted, wonEvent } from '../../support/crm.ts';
import { crowd } from '../../support/crowd.ts';
import { DEALS_SECRET } from '../../support/product.ts';
import { type ScratchDatabase, scratchDatabase } from '../../support/scratch-database.ts';
import { slackOf, WholeProduct } from '../../support/whole-product.ts';

const server = inject('databaseUrl');
const TRANSACTIONS = 2_000;
const CUTS = 25;
const CLOSES = 30;

describe('connections that are cut', () => {
  it('fail what was on them and nothing else', async () => {
    const { store, cut } = await openStore();
    await store.transaction((tx) => tx.execute(sql`create table kept (n int, part int)`));
    const acknowledged: number[] = [];
    let begun = 0;
    const client = async () => {
      while (begun < TRANSACTIONS) {
        begun += 1;
        const n = begun;
        await store
          .transaction(async (tx) => {
            await tx.execute(sql`insert into kept values (${n}, 1)`);
            await tx.execute(sql`select pg_sleep(0.001)`);
            await tx.execute(sql`insert into kept values (${n}, 2)`);
          })
          .then(
            () => acknowledged.push(n),
            (error: unknown) => expect(isAway(error) ? 'away' : error).toBe('away'),
          );
        if (n % (TRANSACTIONS / CUTS) === 0) await cut();
      }
    };
    await Promise.all(Array.from({ length: 20 }, client));
    // The last cut may meet what is asked next.
    const count = () =>
      store
        .read((tx) => tx.execute(sql`select n, count(*)::int as parts from kept group by n`))
        .catch(() => null);
    await expect.poll(count).not.toBeNull();
    const rows = await count();
    const parts = new Map(
      [...(rows as unknown as Iterable<{ n: number; parts: number }>)].map((row) => [row.n, row.parts]),
    );
    expect(acknowledged.filter((n) => parts.get(n) !== 2)).toEqual([]);
    expect([...parts.values()].filter((count) => count !== 2)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(TRANSACTIONS / 2);
  });

  it('to a server that from then on may only be read, whoever asks whether writes go through hears that', async () => {
    const { store, url, cut } = await openStore();
    await store.checkWrites();
    await store.read((tx) =>
      tx.execute(
        sql.raw(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`),
      ),
    );
    await cut();
    await expect.poll(() => store.read((tx) => tx.execute(sql`select 1`)).catch(() => null)).toHaveLength(1);
    await expect(store.checkWrites()).rejects.toMatchObject({ code: '25006' });
  });

  it('lose no close that was told, and nobody is asked twice', async () => {
    const slack = await slackOf({ users: crowd(CLOSES) });
    const { url, cut } = await scratch();
    const product = await WholeProduct.start(slack, { databaseUrl: url });
    await product.ready();
    const hook = `http://127.0.0.1:${product.app.port}/hooks/deals`;
    const reps = Array.from({ length: CLOSES }, (_, index) => index + 1);
    await Promise.all(
      reps.map(async (rep) => {
        const owner = { email: `rep${rep}@example.com` };
        const event = wonEvent({ id: `D-${rep}`, account: `Account ${rep}`, owner, wonAt: new Date() });
        await tellUntilAccepted(hook, DEALS_SECRET, `msg_${rep}`, event);
        await cut();
      }),
    );
    await product.asked(...reps);
    await product.app.settled();
    expect(reps.filter((rep) => product.asksOf(rep).length !== 1)).toEqual([]);
  });
});

async function openStore(): Promise<{ store: Store; url: string; cut(): Promise<void> }> {
  const { url, cut } = await scratch();
  const store = await Store.open({ databaseUrl: url, onError: () => undefined });
  onTestFinished(() => store.close());
  return { store, url, cut };
}

/** A database of its own, and what ends all other connections to it. */
async function scratch(): Promise<{ url: string; cut(): Promise<void> }> {
  const database: ScratchDatabase = await scratchDatabase(server ?? '');
  onTestFinished(() => database[Symbol.asyncDispose]());
  const own = postgres(database.url, { max: 1 });
  onTestFinished(() => own.end());
  const cut = async () => {
    await own`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
  };
  return { url: database.url, cut };
}
