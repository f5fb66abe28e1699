import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { crowd } from '../support/crowd.ts';
import { freePort, Product } from '../support/product.ts';
import { scratchDatabase } from '../support/scratch-database.ts';
import { startBare } from './bare-server.ts';
import { type Compared, compareByTurns, type Point, type Row, residentMb } from './point.ts';
import { ALWAYS } from './world.ts';

const ROUNDS = 5;
/** As many times a bare Bolt app's start, and its memory. */
const READY = 3;
const MEMORY = 2;

interface Started {
  readyMs: number;
  heldMb: number;
}

/** How soon the product is there again where it has been before, and how much memory it holds then. */
export const start: Point = {
  name: 'start',
  run: async () => {
    const slack = new SlackStandIn({ users: crowd(10) });
    await slack.start();
    const folder = await mkdtemp(join(tmpdir(), 'wn-bench-'));
    await using database = await scratchDatabase();
    const onFolder = { DATA_DIR: folder };
    const onPostgres = { DATABASE_URL: database.url };
    const bare = () => startBolt(slack);
    // The first start makes the tables; the others find them.
    for (const place of [onFolder, onPostgres]) await startOurs(slack, place);
    const embedded = await compareByTurns(ROUNDS, { ours: () => startOurs(slack, onFolder), beside: bare });
    const postgres = await compareByTurns(ROUNDS, { ours: () => startOurs(slack, onPostgres), beside: bare });
    await slack.stop();
    await rm(folder, { recursive: true });
    return [
      readyRow('ready on a kept folder', embedded.readyMs),
      readyRow('ready on a PostgreSQL that it knows', postgres.readyMs),
      memoryRow('resident memory, database included', embedded.heldMb, null),
      memoryRow('resident memory on PostgreSQL', postgres.heldMb, MEMORY),
    ];
  },
};

async function startOurs(slack: SlackStandIn, place: Record<string, string>): Promise<Started> {
  const began = performance.now();
  const product = Product.start({ slack, port: await freePort(), env: { ...place, ...ALWAYS } });
  await product.ready();
  const started = { readyMs: performance.now() - began, heldMb: residentMb(product.pid) };
  await product.stop();
  return started;
}

/** An app of Bolt's that only acknowledges, until it listens. */
async function startBolt(slack: SlackStandIn): Promise<Started> {
  const began = performance.now();
  await using bare = await startBare('bare-bolt-main.ts', {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  });
  return { readyMs: performance.now() - began, heldMb: residentMb(bare.pid) };
}

function readyRow(what: string, { ours, beside, ratio }: Compared): Row {
  return {
    ...{ what, ours: `${Math.round(ours)} ms`, beside: `${Math.round(beside)} ms: a bare Bolt app` },
    ...{ ratio, target: `≤ ${READY}`, pass: ratio <= READY },
  };
}

function memoryRow(what: string, { ours, beside, ratio }: Compared, target: number | null): Row {
  return {
    ...{ what, ours: `${Math.round(ours)} MB`, beside: `${Math.round(beside)} MB: a bare Bolt app` },
    ...{ ratio, target: target === null ? 'told' : `≤ ${target}`, pass: target === null || ratio <= target },
  };
}
