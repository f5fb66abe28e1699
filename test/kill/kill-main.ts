/**
 * Kills the product at random moments while closes pour in, and counts in the stand-in's ledger what reached Slack:
 * `npm run kill -- [--kills 50] [--seed 1] [--reps 400] [--rate 10] [--embedded]`. With `--faults` 240 reps have one
 * close each, 21 kills strike, Slack enforces its limits and fails one call in six: `npm run kill -- --faults`.
 */
import { parseArgs } from 'node:util';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { asksIn, repeated } from '../support/asks.ts';
import { chanceFrom } from '../support/chance.ts';
import { crowd } from '../support/crowd.ts';
import { pause } from '../support/pause.ts';
import { freePort, Product } from '../support/product.ts';
import { failOneInSix } from './faults.ts';
import { openPlace, type Place, prepare, readLeftovers } from './place.ts';
import { Storm } from './storm.ts';

/** Between being ready and the next kill. */
const LIFE_MS = { least: 100, most: 2_500 };
/** A bundle whose process died is held for its lease, and looked up after that: see flow/asking/attempt.ts. */
const DRAIN_WITHIN_MS = 240_000;
const RECOVERED_AFTER_MS = 170_000;
/** With faults, every close is asked about so soon after the last kill. */
const ASKED_WITHIN_S = 120;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    reps: { type: 'string' },
    rate: { type: 'string' },
    faults: { type: 'boolean', default: false },
    embedded: { type: 'boolean', default: false },
  },
});
const { faults } = values;
const kills = Number(values.kills ?? (faults ? 21 : 50));
const reps = Number(values.reps ?? (faults ? 240 : 400));
const rate = Number(values.rate ?? (faults ? 5 : 10));
const chance = chanceFrom(Number(values.seed));

const team = { id: 'T0STORM', name: 'Storm' };
const slack = new SlackStandIn({ users: crowd(reps), team, rateLimits: faults });
await slack.start();
if (faults) failOneInSix(slack, chanceFrom(Number(values.seed) + 1));
await using place = await openPlace(values.embedded);
await prepare(place, slack.team.id);
const port = await freePort();
let lastKillAt = 0;
const storm = await killUnderLoad(place);
const complaints = await judge(place, storm);
await slack.stop();
console.log(complaints.length === 0 ? 'Nothing lost, nothing twice.' : complaints.join('\n'));
process.exitCode = complaints.length === 0 ? 0 : 1;

async function killUnderLoad(where: Place): Promise<Storm> {
  const always = { DEFAULT_WORKING_HOURS: '00:00-24:00', DEFAULT_WORKING_DAYS: '1-7' };
  // Without faults it is the load that matters, not Slack's pace.
  const pace = faults ? '' : 'chat.postMessage=60000 conversations.history=60000';
  const env = { ...where.env, ...always, SLACK_CALLS_A_MINUTE: pace };
  const begin = () => Product.start({ slack, port, env });
  let product = begin();
  await product.ready();
  const pouring = new Storm({ hookUrl: product.hookUrl, reps, rate, oneEach: faults, chance });
  for (let kill = 1; kill <= kills; kill += 1) {
    await pause(LIFE_MS.least + chance() * (LIFE_MS.most - LIFE_MS.least));
    await product.kill();
    lastKillAt = Date.now();
    process.stderr.write(`\rkilled ${kill} of ${kills} times, ${pouring.accepted.length} closes accepted `);
    product = begin();
    await product.ready();
  }
  const lastStart = performance.now();
  if (faults) await pouring.all();
  await pouring.stop();
  await drain(where, pouring, lastStart);
  await product.stop();
  return pouring;
}

/** Waits until everything has been asked, and until what the last kills left lying has been taken up again. */
async function drain(where: Place, { accepted }: Storm, lastStart: number): Promise<void> {
  for (let since = 0; since < DRAIN_WITHIN_MS; since = performance.now() - lastStart) {
    const asked = new Set(asksIn(slack.ledger).flatMap(({ dealIds }) => dealIds));
    const left = accepted.filter((id) => !asked.has(id)).length;
    process.stderr.write(
      `\r${left} closes not asked about yet, ${Math.round(since / 1_000)} s after the last kill  `,
    );
    if (left === 0 && since > RECOVERED_AFTER_MS) break;
    if (left === 0 && where.open && (await readLeftovers(where)).onTheirWay === 0) break;
    await pause(1_000);
  }
  process.stderr.write('\n');
}

async function judge(where: Place, { accepted, retries }: Storm): Promise<string[]> {
  const asks = asksIn(slack.ledger);
  const lastAfter = Math.ceil((Math.max(...asks.map(({ at }) => at.getTime())) - lastKillAt) / 1_000);
  const dealIds = asks.flatMap((ask) => ask.dealIds);
  const lost = accepted.filter((id) => !dealIds.includes(id));
  const twice = repeated(asks.map(({ bundleId }) => bundleId));
  const askedTwice = repeated(dealIds);
  const left = await readLeftovers(where);
  const counts = {
    ...{ kills, seed: values.seed, database: values.embedded ? 'embedded' : 'PostgreSQL' },
    ...{ 'closes accepted': accepted.length, 'requests repeated': retries, 'bundles in Slack': asks.length },
    ...{ 'closes asked about': new Set(dealIds).size, lost: lost.length, 'bundles sent twice': twice.length },
    ...{ 'closes asked about twice': askedTwice.length, 'updates not applied': left.notApplied },
    ...{ 'bundles still on their way': left.onTheirWay, 'posts tried': left.attempts },
    ...{ 'looks into DMs': slack.calls('conversations.history').length },
    ...{ 'jobs that send': left.sendingJobs, 'calls refused (429)': refused(), 'last after (s)': lastAfter },
  };
  for (const [name, count] of Object.entries(counts)) console.log(`${name.padEnd(28)} ${count}`);
  const complaints: [string, string[]][] = [
    ['lost', lost],
    ['bundle sent twice', twice],
    ['asked about twice', askedTwice],
    ['engagements', left.engagements === accepted.length ? [] : [String(left.engagements)]],
    ['left lying', left.notApplied + left.onTheirWay === 0 ? [] : [JSON.stringify(left)]],
    ['late', !faults || lastAfter <= ASKED_WITHIN_S ? [] : [`${lastAfter} s`]],
  ];
  return complaints
    .filter(([, found]) => found.length > 0)
    .map(([what, found]) => `${what}: ${found.join(' ')}`);
}

function refused(): number {
  return slack.ledger.filter(({ failure }) => failure === 'ratelimited').length;
}
