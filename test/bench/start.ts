import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { crowd } from '../support/crowd.ts';
import { freePort, Product } from '../support/product.ts';
import { startBare } from './bare-server.ts';
import { residentMb } from './import.ts';
import { median, type Point, tell } from './point.ts';
import { ALWAYS } from './world.ts';

const ROUNDS = 5;
const READY_WITHIN_MS = 2_000;

/** How soon the product is there again on a folder that it has kept, and how much memory it holds then. */
export const start: Point = {
  name: 'start',
  run: async () => {
    const slack = new SlackStandIn({ users: crowd(10) });
    await slack.start();
    const folder = await mkdtemp(join(tmpdir(), 'wn-bench-'));
    const took: number[] = [];
    const memory: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const began = performance.now();
      const product = Product.start({ slack, port: await freePort(), env: { DATA_DIR: folder, ...ALWAYS } });
      await product.ready();
      const ready = performance.now() - began;
      tell(`  start ${round}: ${Math.round(ready)} ms`);
      // The first start makes the folder; the others find it kept.
      if (round > 0) {
        took.push(ready);
        memory.push(residentMb(product.pid));
      }
      await product.stop();
    }
    const env = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
    };
    const bare = await startBare('bare-bolt-main.ts', env);
    const beside = residentMb(bare.pid);
    await bare[Symbol.asyncDispose]();
    await slack.stop();
    await rm(folder, { recursive: true });
    const [ready, held] = [median(took), median(memory)];
    return [
      {
        ...{ what: 'ready on a kept folder', ours: `${Math.round(ready)} ms`, beside: '', ratio: null },
        ...{ target: '≤ 2 s', pass: ready <= READY_WITHIN_MS },
      },
      {
        ...{ what: 'resident memory, database included', ours: `${Math.round(held)} MB` },
        beside: `${Math.round(beside)} MB: a bare Bolt app`,
        ...{ ratio: held / beside, target: 'told', pass: true },
      },
    ];
  },
};
