import postgres from 'postgres';
import { signedRequest } from '../support/crm.ts';
import { pause } from '../support/pause.ts';
import { DEALS_SECRET } from '../support/product.ts';
import { startBare } from './bare-server.ts';
import { fill, fillReps } from './fill.ts';
import { load } from './load.ts';
import { byTurns, type Point } from './point.ts';
import { openWorld, startProduct } from './world.ts';

const REPS = 200;
const DEALS = 5_000;
const CONNECTIONS = 50;
const SECONDS = 4;
const ROUNDS = 5;
/** More than either side takes in one round. */
const REQUESTS = 60_000;
const TARGET = 0.6;

/** Signed deal updates per second, durable before the 202, beside the least that could do that. */
export const intake: Point = {
  name: 'intake',
  run: async () => {
    await using world = await openWorld({ reps: REPS });
    await fill(world.databaseUrl, (sql) => fillReps(sql, REPS));
    await using product = await startProduct(world);
    const env = { DATABASE_URL: world.databaseUrl, SECRET: DEALS_SECRET };
    await using bare = await startBare('bare-intake-main.ts', env);
    const perSecond = async (url: string) => {
      const job = { url, connections: CONNECTIONS, seconds: SECONDS, requests: updates() };
      return (await load(job)).requestsPerSecond;
    };
    await perSecond(bare.url);
    await perSecond(product.hookUrl);
    const { ours, beside, ratio } = await byTurns(ROUNDS, {
      ours: async () => {
        const rate = await perSecond(product.hookUrl);
        await applied(world.databaseUrl);
        return rate;
      },
      beside: () => perSecond(bare.url),
    });
    return [
      {
        what: 'signed hook intake',
        ours: `${Math.round(ours)} requests/s`,
        beside: `${Math.round(beside)} requests/s: node:http, HMAC, one INSERT`,
        ...{ ratio, target: `≥ ${TARGET}`, pass: ratio >= TARGET },
      },
    ];
  },
};

/** Waits until all that was taken in has been applied: it must not slow the bare server down. */
async function applied(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    while ((await sql`select 1 from deal_events where not applied limit 1`).length > 0) await pause(100);
    while ((await sql`select 1 from pgboss.job where state in ('created', 'active') limit 1`).length > 0)
      await pause(100);
  } finally {
    await sql.end();
  }
}

let events = 0;

/** New events of deals that are under way: what a CRM sends all day. */
function updates() {
  return Array.from({ length: REQUESTS }, () => {
    events += 1;
    const deal = events % DEALS;
    const event = {
      ...{ id: `evt_${events}`, type: 'deal.updated', occurred_at: new Date().toISOString() },
      deal: {
        ...{
          id: `D-${deal}`,
          name: 'GTX Pro',
          account: { id: `A-${deal % 500}`, name: `Client ${deal % 500}` },
        },
        ...{ owner: { email: `rep${1 + (deal % REPS)}@example.com` }, stage: 'deliver', status: 'open' },
        amount: { value: `${events}.00`, currency: 'USD' },
      },
    };
    return signedRequest(DEALS_SECRET, `msg_${events}`, event);
  });
}
