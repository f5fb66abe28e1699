import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../../src/db/store.ts';

let store: Store;
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wn-thread-'));
  store = await Store.open({ dataDir, onError: () => undefined });
  await store.read((tx) => tx.execute(sql`create table kept (n int primary key)`));
  return async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  };
});

describe('the database in a folder', () => {
  it('leaves the process free while it is at work', async () => {
    let isDone = false;
    const slow = store
      .read((tx) => tx.execute(sql`select pg_sleep(0.5)`))
      .then(() => {
        isDone = true;
      });
    let answers = 0;
    for (; !isDone; answers += 1) await stat(tmpdir());
    await slow;
    expect(answers).toBeGreaterThan(5);
  });

  it('keeps transactions apart that are open at once', async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const outcomes = await Promise.allSettled(
      numbers.map((n) =>
        store.transaction(async (tx) => {
          await tx.execute(sql`insert into kept values (${n})`);
          await stat(tmpdir());
          if (n % 2 === 0) throw new Error('changed my mind');
          await tx.execute(sql`insert into kept values (${n * 10})`);
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(numbers.map((n) => n % 2 === 1));
    expect(await kept()).toEqual([1, 3, 5, 10, 30, 50]);
  });

  it('says why it refuses, with the code and without what was written', async () => {
    const twice = store.transaction((tx) => tx.execute(sql`insert into kept values (${1})`));
    await expect(twice).rejects.toMatchObject({
      code: '23505',
      message: expect.stringMatching(
        /^duplicate key value violates unique constraint "kept_pkey", in: insert/,
      ),
    });
    expect(await kept()).toContain(1);
  });
});

async function kept(): Promise<number[]> {
  const found = await store.read((tx) => tx.execute(sql`select n from kept order by n`));
  return (found as unknown as { rows: { n: number }[] }).rows.map(({ n }) => n);
}
