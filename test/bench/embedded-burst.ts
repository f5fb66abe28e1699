import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { signedRequest, tellUntilAccepted, wonEvent } from '../support/crm.ts';
import { crowd } from '../support/crowd.ts';
import { pause } from '../support/pause.ts';
import { DEALS_SECRET, freePort, Product } from '../support/product.ts';
import { load } from './load.ts';
import { type Point, type Row, tell } from './point.ts';
import { answerAddress, slashCommand } from './slash-command.ts';
import { ALWAYS, WORKSPACE } from './world.ts';

const AT_ONCE = 1_000;
const A_SECOND = 20;
const STEADY_SECONDS = 30;
/** The burst is taken in and worked at within it. */
const WATCHED_SECONDS = 20;
const HEALTH_MS = 250;
const ACK_MS = 1_000;

/** What else is asked of the process while the embedded database is at work on a burst of owners it has never seen. */
export const embeddedBurst: Point = {
  name: 'embedded-burst',
  run: async () => {
    const slack = new SlackStandIn({
      users: crowd(AT_ONCE + A_SECOND * STEADY_SECONDS),
      team: { id: WORKSPACE, name: 'Bench' },
    });
    await slack.start();
    const folder = await mkdtemp(join(tmpdir(), 'wn-bench-'));
    const env = { DATA_DIR: folder, ...ALWAYS };
    const product = Product.start({ slack, port: await freePort(), env, http: true });
    await product.ready();
    try {
      return [...(await burst(product, slack)), await steady(product)];
    } finally {
      await product.stop();
      await slack.stop();
      await rm(folder, { recursive: true });
    }
  },
};

async function burst(product: Product, slack: SlackStandIn): Promise<Row[]> {
  const answers = await answerAddress();
  const healthz = product.hookUrl.replace('/hooks/deals', '/healthz');
  const command = slashCommand(slack.signingSecret, answers.url);
  const watched = { connections: 5, seconds: WATCHED_SECONDS };
  const began = performance.now();
  const taken = Promise.all(Array.from({ length: AT_ONCE }, (_, index) => close(product.hookUrl, index + 1)));
  const [health, ack, tries] = await Promise.all([
    load({ ...watched, url: healthz, aSecond: 10, requests: [{ method: 'GET' }] }),
    load({ ...watched, url: product.slackUrl, aSecond: 4, requests: [command] }),
    taken.then((each) => {
      tell(`  ${AT_ONCE} hooks taken after ${Math.round(performance.now() - began)} ms`);
      return each.reduce((sum, one) => sum + one, 0);
    }),
  ]);
  answers.close();
  tell(`  ${tries} requests for ${AT_ONCE} hooks`);
  const beside = `${AT_ONCE.toLocaleString('en')} hooks of new owners at once, built-in database`;
  const row = (what: string, { slowestMs }: { slowestMs: number }, limit: number): Row => ({
    ...{ what, ours: `${Math.round(slowestMs)} ms`, beside, ratio: null },
    ...{ target: `≤ ${limit} ms`, pass: slowestMs <= limit },
  });
  return [row('/healthz, slowest', health, HEALTH_MS), row('/whatsnext ack, slowest', ack, ACK_MS)];
}

/** New owners at a steady rate, each told once. */
async function steady({ hookUrl }: Product): Promise<Row> {
  const count = A_SECOND * STEADY_SECONDS;
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    await pause(Math.max(0, began + (index * 1_000) / A_SECOND - performance.now()));
    answers.push(fetch(hookUrl, request(AT_ONCE + index + 1)).then(({ status }) => status));
  }
  const taken = (await Promise.all(answers)).filter((status) => status === 202).length;
  return {
    what: `${A_SECOND} hooks/s of new owners, built-in database`,
    ours: `${taken} of ${count} taken at once`,
    ...{ beside: '', ratio: null, target: 'all', pass: taken === count },
  };
}

async function close(hookUrl: string, rep: number): Promise<number> {
  return await tellUntilAccepted(hookUrl, DEALS_SECRET, `msg_${rep}`, eventOf(rep));
}

function request(rep: number) {
  return signedRequest(DEALS_SECRET, `msg_${rep}`, eventOf(rep));
}

function eventOf(rep: number): object {
  const owner = { email: `rep${rep}@example.com` };
  return wonEvent({ id: `B${rep}`, account: `Client ${rep}`, owner, wonAt: new Date() });
}
