import { asksIn } from '../support/asks.ts';
import { signedRequest, wonEvent } from '../support/crm.ts';
import { pause } from '../support/pause.ts';
import { DEALS_SECRET } from '../support/product.ts';
import { fill, fillReps } from './fill.ts';
import { median, type Point, percentile, tell } from './point.ts';
import { openWorld, startProduct } from './world.ts';

const REPS = 2_000;
const CLOSES_A_SECOND = 20;
const SECONDS = 30;
const WARM_UP_SECONDS = 3;
const DRAIN_SECONDS = 30;

/** From the moment a close is told to the hook until its rep's DM is in Slack, closes coming in steadily. */
export const closeToDm: Point = {
  name: 'close-to-dm',
  run: async () => {
    await using world = await openWorld({ reps: REPS });
    await fill(world.databaseUrl, (sql) => fillReps(sql, REPS));
    // More closes than Slack would take: here the product's own time is measured, in burst.ts its pace.
    const env = { SLACK_CALLS_A_MINUTE: 'chat.postMessage=60000 chat.update=60000' };
    await using product = await startProduct(world, { env });
    const told = await pour(product.hookUrl);
    const latencies = await arrivals(told, () => asksIn(world.slack.ledger));
    const [half, slow] = [median(latencies), percentile(latencies, 99)];
    tell(`  ${latencies.length} of ${told.size} closes arrived`);
    const row = { beside: `${CLOSES_A_SECOND} closes/s over ${REPS} reps`, ratio: null };
    const all = latencies.length === told.size;
    return [
      { what: 'close → DM, median', ...row, ours: ms(half), target: '≤ 1 s', pass: all && half <= 1_000 },
      { what: 'close → DM, p99', ...row, ours: ms(slow), target: '≤ 3 s', pass: all && slow <= 3_000 },
    ];
  },
};

/** Tells closes of one rep after the other at a steady rate; returns when each was told. */
async function pour(hookUrl: string): Promise<Map<string, number>> {
  const told = new Map<string, number>();
  const answers: Promise<number>[] = [];
  const count = (WARM_UP_SECONDS + SECONDS) * CLOSES_A_SECOND;
  const began = performance.now();
  for (let close = 1; close <= count; close += 1) {
    await pause(Math.max(0, began + (close * 1_000) / CLOSES_A_SECOND - performance.now()));
    const id = `C${close}`;
    const owner = { email: `rep${close}@example.com` };
    const event = wonEvent({ id, account: `Client ${close}`, owner, wonAt: new Date() });
    if (close > WARM_UP_SECONDS * CLOSES_A_SECOND) told.set(id, Date.now());
    answers.push(
      fetch(hookUrl, signedRequest(DEALS_SECRET, `msg_${id}`, event)).then(({ status }) => status),
    );
  }
  const refused = (await Promise.all(answers)).filter((status) => status !== 202).length;
  if (refused > 0) throw new Error(`${refused} closes were refused`);
  return told;
}

/** How long each close took, in ms; waits for the last ones. */
async function arrivals(
  told: Map<string, number>,
  asks: () => { at: Date; dealIds: string[] }[],
): Promise<number[]> {
  for (let second = 0; ; second += 1) {
    const latencies = asks().flatMap(({ at, dealIds }) =>
      dealIds.flatMap((id) => {
        const since = told.get(id);
        return since === undefined ? [] : [at.getTime() - since];
      }),
    );
    if (latencies.length === told.size || second === DRAIN_SECONDS) return latencies;
    await pause(1_000);
  }
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
