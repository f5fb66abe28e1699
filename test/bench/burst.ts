import { and, eq } from 'drizzle-orm';
import { bundles } from '../../src/db/schema/asking.ts';
import type { Store } from '../../src/db/store.ts';
import { claimDueBundles } from '../../src/flow/asking/claim-bundles.ts';
import { sendBundles } from '../../src/flow/asking/send-bundles.ts';
import type { Flow } from '../../src/flow/ports.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { digestMessage } from '../../src/slack/digest/digest.ts';
import { refusedDigestMessage } from '../../src/slack/digest/refused-digest.ts';
import { handOverMessage } from '../../src/slack/hand-over/message.ts';
import { homeView } from '../../src/slack/home/draw.ts';
import { adminSummaryMessage } from '../../src/slack/people/admin-summary.ts';
import { noticeMessage } from '../../src/slack/people/notice.ts';
import { drawBundle } from '../../src/slack/prompt/prompt.ts';
import { Pace } from '../../src/slack/send/pace.ts';
import { Sender } from '../../src/slack/send/sender.ts';
import { asksIn } from '../support/asks.ts';
import { crowd } from '../support/crowd.ts';
import { pause } from '../support/pause.ts';
import { fill } from './fill.ts';
import { fillDue } from './fill-due.ts';
import { type Point, type Row, tell } from './point.ts';
import { quietFlow } from './quiet-flow.ts';
import { inSimulatedTime } from './simulated-time.ts';
import { openWorld, WORKSPACE, withStore } from './world.ts';

const BUNDLES = 10_000;
/** So many of them are closes, told half a minute after the day's bundles of all others were put on their way. */
const CLOSES = 1_000;
const CLOSES_AFTER_MS = 30_000;
/** What Slack allows a minute, less the fifth that is kept for people. */
const ALLOWED_A_MINUTE = 600 * 0.8;
const TARGET = 0.95;

/** A Monday morning of 10,000 reps: how fast their bundles leave, beside what Slack allows, by a clock of its own. */
export const burst: Point = {
  name: 'burst',
  run: async () => {
    await using world = await openWorld({ reps: 1 });
    tell(`  filling ${BUNDLES} reps with a question each`);
    await fill(world.databaseUrl, (sql) => fillDue(sql, BUNDLES, CLOSES));
    const now = () => Date.now();
    const team = { id: WORKSPACE, name: 'Bench' };
    const clock = () => new Date();
    const slack = new SlackStandIn({ users: crowd(BUNDLES), team, clock, rateLimits: { now } });
    await slack.start();
    try {
      return await withStore(world.databaseUrl, (store) => measure(store, slack));
    } finally {
      await slack.stop();
    }
  },
};

async function measure(store: Store, slack: SlackStandIn): Promise<Row[]> {
  let [beganAt, closesAt, endedAt] = [0, 0, 0];
  await inSimulatedTime(store, async (counted) => {
    const flow = flowTo(slack, counted);
    beganAt = Date.now();
    await claimDueBundles(flow, WORKSPACE);
    const closes = pause(CLOSES_AFTER_MS).then(async () => {
      closesAt = Date.now();
      await claimDueBundles(flow, WORKSPACE);
    });
    // As the queue works the jobs: the next one when the last is done.
    for (let left = BUNDLES; left > 0; left = await onTheirWay(counted)) {
      await sendBundles(flow, { workspaceId: WORKSPACE });
      await pause(0);
    }
    await closes;
    endedAt = Date.now();
  });
  const asks = asksIn(slack.ledger);
  const refused = slack.ledger.filter(({ failure }) => failure === 'ratelimited').length;
  const aMinute = asks.length / ((endedAt - beganAt) / 60_000);
  const lastClose = await lastCloseAfter(store, closesAt);
  tell(`  ${asks.length} bundles in ${minutes(endedAt - beganAt)}, ${refused} calls refused`);
  tell(`  the last of ${CLOSES} closes left ${minutes(lastClose)} after they were told`);
  const ratio = aMinute / ALLOWED_A_MINUTE;
  const soon = (CLOSES / ALLOWED_A_MINUTE) * 60_000;
  const isWhole = asks.length === BUNDLES && new Set(asks.map(({ bundleId }) => bundleId)).size === BUNDLES;
  return [
    {
      what: `paced burst, ${BUNDLES.toLocaleString('en')} bundles in one minute (simulated clock)`,
      ours: `${aMinute.toFixed(0)} a minute, ${refused} refused`,
      beside: `${ALLOWED_A_MINUTE} a minute allowed`,
      ...{ ratio, target: `≥ ${TARGET}, 0 refused`, pass: isWhole && refused === 0 && ratio >= TARGET },
    },
    {
      what: `${CLOSES.toLocaleString('en')} closes told meanwhile, all gone`,
      ours: `${(lastClose / 1_000).toFixed(0)} s`,
      beside: `${(soon / 1_000).toFixed(0)} s if nothing else left`,
      ...{ ratio: lastClose / soon, target: '≤ 1.05', pass: lastClose <= soon * 1.05 },
    },
  ];
}

function flowTo(slack: SlackStandIn, store: Store): Flow {
  const flow = quietFlow(store);
  const draw = {
    bundle: drawBundle,
    home: homeView,
    digest: digestMessage,
    refusedDigest: refusedDigestMessage,
    adminSummary: adminSummaryMessage,
    notice: noticeMessage,
    handOver: handOverMessage,
  };
  const { botToken: token, apiUrl } = slack;
  const sender = new Sender({ token, apiUrl, draw, pace: new Pace(), log: flow.log });
  return { ...flow, slackOf: () => sender };
}

async function onTheirWay(store: Store): Promise<number> {
  return await store.read((tx) => tx.$count(bundles, eq(bundles.status, 'on_its_way')));
}

async function lastCloseAfter(store: Store, since: number): Promise<number> {
  const closes = await store.read((tx) =>
    tx
      .select({ at: bundles.deliveredAt })
      .from(bundles)
      .where(and(eq(bundles.urgent, true), eq(bundles.status, 'delivered'))),
  );
  if (closes.length !== CLOSES) throw new Error(`${closes.length} closes were delivered`);
  return Math.max(...closes.map(({ at }) => at?.getTime() ?? 0)) - since;
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(2)} min`;
}
