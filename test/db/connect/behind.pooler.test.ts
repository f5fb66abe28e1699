import { sql } from 'drizzle-orm';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { openPostgres } from '../../../src/db/connect/postgres.ts';
import type { Driver } from '../../../src/db/driver.ts';
import { crowd } from '../../support/crowd.ts';
import { startPooler } from '../../support/pooler.ts';
import { scratchDatabase } from '../../support/scratch-database.ts';
import { slackOf, WholeProduct } from '../../support/whole-product.ts';

const server = inject('databaseUrl');
const IGNORING = 'ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout';
const REPS = 20;

describe.each(['session', 'transaction'] as const)('behind PgBouncer in %s mode', (mode) => {
  it.each([
    ['with a way past it', '', true],
    ['without', '', false],
    ['that ignores what it does not know', IGNORING, false],
  ])('%s, every close is asked about once', async (_how, settings, isPast) => {
    const { url, pooledUrl } = await behind(mode, settings);
    const slack = await slackOf({ users: crowd(REPS) });
    const databaseDirectUrl = isPast ? url : undefined;
    const product = await WholeProduct.start(slack, { databaseUrl: pooledUrl, databaseDirectUrl });
    await product.ready();
    const reps = Array.from({ length: REPS }, (_, index) => index + 1);
    expect(await Promise.all(reps.map((rep) => product.close(`D-${rep}`, rep)))).toEqual(reps.map(() => 202));
    await product.asked(...reps);
    await product.app.settled();
    expect(reps.filter((rep) => product.asksOf(rep).length !== 1)).toEqual([]);
    expect([...product.told('error'), ...product.told('warn')]).toEqual([]);
  });

  it('a transaction has its limits, and leaves none behind for others', async () => {
    const { pooledUrl } = await behind(mode, '');
    const driver = await openPostgres({ url: pooledUrl }, { statementMs: 400, silentMs: 900 });
    onTestFinished(() => driver.close());
    const slow = driver.db.transaction((tx) => tx.execute(sql`select pg_sleep(30)`));
    await expect(slow).rejects.toMatchObject({ cause: { code: '57014' } });
    const limits = await driver.db.transaction((tx) => limitsIn(tx));
    expect(limits).toEqual({ statement: '400ms', idle: '900ms' });
    expect(await limitsIn(driver.db)).toEqual({ statement: '0', idle: '0' });
  });
});

async function behind(mode: 'session' | 'transaction', settings: string) {
  const database = await scratchDatabase(server ?? '');
  onTestFinished(() => database[Symbol.asyncDispose]());
  const pooler = await startPooler(new URL(database.url), mode, settings);
  onTestFinished(() => pooler[Symbol.asyncDispose]());
  return { url: database.url, pooledUrl: pooler.to(database.url) };
}

async function limitsIn(db: Pick<Driver['db'], 'execute'>): Promise<unknown> {
  const found = await db.execute(sql`
    select current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`);
  return [...(found as unknown as Iterable<object>)].map((row) => ({ ...row }))[0];
}
