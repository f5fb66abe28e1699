import type { Store } from '../../src/db/store.ts';
import { saveWorkspace } from '../../src/db/who/workspace.ts';
import { applyDealUpdates } from '../../src/flow/intake/apply-deal-updates.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { slackApp } from '../../src/slack/app.ts';
import { Pace } from '../../src/slack/send/pace.ts';
import { neverFails } from '../support/never-fails.ts';
import { byTurns, type Point, type Row, tell, timed } from './point.ts';
import { quietFlow } from './quiet-flow.ts';
import { openWorld, withStore } from './world.ts';

const FEW = 10;
const MANY = 1_000;
const ROUNDS = 5;
/** Slack takes a hundred Home tabs a minute. */
const TIMES = 8;
const TARGET = 1.3;
const ANA = { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'UTC' };

/** From app_home_opened until the tab is drawn, for a rep with few open deals and one with many. */
export const home: Point = {
  name: 'home',
  run: async () => {
    await using few = await openWorld({ reps: 0 });
    await using many = await openWorld({ reps: 0 });
    return await withStore(few.databaseUrl, (fewStore) =>
      withStore(many.databaseUrl, async (manyStore) => [await compare(fewStore, manyStore)]),
    );
  },
};

async function compare(fewStore: Store, manyStore: Store): Promise<Row> {
  const few = await officeWith(fewStore, 'T0FEW', FEW);
  const many = await officeWith(manyStore, 'T0MANY', MANY);
  try {
    await few.open();
    await many.open();
    const { ours, beside, ratio } = await byTurns(ROUNDS, { ours: many.open, beside: few.open });
    return {
      what: `Home opened until it is drawn, ${MANY.toLocaleString('en')} open deals`,
      ours: `${ours.toFixed(1)} ms`,
      beside: `${beside.toFixed(1)} ms with ${FEW}`,
      ...{ ratio, target: `≤ ${TARGET}`, pass: ratio <= TARGET },
    };
  } finally {
    await few.close();
    await many.close();
  }
}

async function officeWith(store: Store, teamId: string, count: number) {
  tell(`  filling ${count} open deals`);
  const slack = new SlackStandIn({ users: [ANA], team: { id: teamId, name: 'Bench' } });
  await slack.start();
  const flow = quietFlow(store);
  const slackOf = () => ({ ...flow.slackOf(teamId), person: async () => PERSON });
  await store.transaction((tx) => saveWorkspace(tx, teamId, 'Bench', flow.now()));
  await gatherDealUpdates(flow)(teamId, deals(count));
  await applyDealUpdates(flow, teamId);
  const { botToken, appToken, apiUrl } = slack;
  const { log } = flow;
  const app = slackApp({
    ...{ flow: { ...flow, slackOf }, botToken, appToken, apiUrl, log },
    ...{ pace: new Pace(), onFailed: neverFails },
  });
  await app.start();
  await slack.connected();
  const published = () => slack.ledger.filter(({ method }) => method === 'views.publish').length;
  return {
    open: async () =>
      (await timed(async () => {
        for (let time = 0; time < TIMES; time += 1) {
          const before = published();
          await slack.openHome(ANA.id);
          await slack.until('Home', () => published() > before || undefined);
        }
      })) / TIMES,
    close: async () => {
      await app.stop();
      await slack.stop();
    },
  };
}

const PERSON = {
  ...{ slackUserId: ANA.id, name: ANA.name, realName: ANA.realName, displayName: ANA.name },
  ...{ email: ANA.email, timeZone: ANA.tz, active: true },
};

function deals(count: number) {
  const occurredAt = new Date();
  return Array.from({ length: count }, (_, index) => ({
    ...{ source: 'crm', eventId: `e${index}`, occurredAt, dealId: `D${index}`, status: 'open' as const },
    account: { id: `A${index}`, name: `Client ${index}` },
    owner: { slackUserId: ANA.id },
    stage: 'develop' as const,
  }));
}
