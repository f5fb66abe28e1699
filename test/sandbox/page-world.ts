/** The page with a real stand-in, a real (small) Bolt app, and a made-up CRM behind it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { SandboxDeal } from '../../src/sandbox/page/wire.ts';
import type { SandboxControls } from '../../src/sandbox/page-doings.ts';
import { sandboxPage } from '../../src/sandbox/page-server.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { PATIENT_SLACK } from '../support/patience.ts';

export const ANA = 'U0ANA';
export const BEN = 'U0BEN';
export const SALES = 'C0SALES';

export interface PageWorld {
  url: string;
  standIn: SlackStandIn;
  app: App;
  controls: SandboxControls;
  /** What the panel asked for, in order. */
  happened: string[];
  stop(): Promise<void>;
}

/** Starts everything on free ports; `stop` leaves nothing running. */
export async function startPageWorld(): Promise<PageWorld> {
  let offsetMs = Date.parse('2026-11-23T09:04:00Z') - Date.now();
  const now = () => new Date(Date.now() + offsetMs);
  const standIn = new SlackStandIn({
    clock: now,
    ...PATIENT_SLACK,
    // The page is to show what Slack says when it has waited long enough: not after a minute.
    ackTimeoutMs: 5_000,
    team: { id: 'T0SANDBOX', name: 'Northwind Sales' },
    users: [
      { id: ANA, name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'Europe/Lisbon' },
      { id: BEN, name: 'ben', realName: 'Ben Okafor', email: 'ben@example.com', tz: 'America/Chicago' },
      { id: 'U0MIA', name: 'mia', realName: 'Mia Chen', email: 'mia@example.com', tz: 'Europe/Berlin' },
    ],
    shortcuts: [
      { name: 'Capture a need', type: 'message', callback_id: 'capture' },
      { name: 'Log an order', type: 'global', callback_id: 'log_order' },
    ],
    channels: [{ id: SALES, name: 'sales', members: [ANA, BEN, 'U0MIA'], botIsMember: true }],
  });
  await standIn.start();

  const clientOptions = { slackApiUrl: standIn.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: standIn.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({
    token: standIn.botToken,
    receiver,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  const happened: string[] = [];
  const controls = madeUpCrm(now, happened, (ms) => {
    offsetMs += ms;
  });
  const page = sandboxPage(standIn, controls);
  const server = createServer((req, res) => void page(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await app.start();
  await standIn.connected();

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    standIn,
    app,
    controls,
    happened,
    async stop() {
      await receiver.client.disconnect();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await standIn.stop();
    },
  };
}

const HOUR_MS = 3_600_000;

function madeUpCrm(now: () => Date, happened: string[], advance: (ms: number) => void): SandboxControls {
  const deals: SandboxDeal[] = [
    made('D-1', 'Acme', 'GTX Pro', ANA, 'deliver', '4514.00'),
    made('D-2', 'Bluth Company', 'MG Special', BEN, 'develop', '12850.50'),
    made('D-3', 'Cancity', 'GTK 500', ANA, 'discover', '26768'),
  ];
  const accepted = { status: 202, body: { accepted: 1, duplicates: 0 } };
  return {
    now,
    stages: ['discover', 'develop', 'deliver', 'close'],
    roles: { [ANA]: 'rep', [BEN]: 'rep', U0MIA: 'manager' },
    commands: [
      { command: '/whatsnext', says: 'What waits for you' },
      { command: '/whatsnext Acme', says: 'All about one client' },
      { command: '/whatsnext help', says: 'This' },
    ],
    dayOff: async () => (isWeekend(now()) ? 'weekend' : undefined),
    async deals() {
      return deals;
    },
    async act(dealId, act, stage) {
      happened.push([act, dealId, stage].filter(Boolean).join(' '));
      const deal = deals.find((it) => it.id === dealId);
      if (!deal) return { status: 404, body: { error: 'no such deal' } };
      deal.status = act === 'win' ? 'won' : act === 'lose' ? 'lost' : 'open';
      if (stage) deal.stage = stage;
      return accepted;
    },
    async addDeal(deal) {
      happened.push(`add ${deal.account}`);
      deals.unshift({ ...deal, id: `D-${deals.length + 1}`, status: 'open' });
      return accepted;
    },
    async moveClock(to) {
      happened.push(`clock ${to}`);
      advance({ hour: HOUR_MS, morning: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 28 * 24 * HOUR_MS }[to]);
    },
  };
}

function isWeekend(at: Date): boolean {
  return [0, 6].includes(at.getUTCDay());
}

function made(
  id: string,
  account: string,
  name: string,
  ownerId: string,
  stage: string,
  value: string,
): SandboxDeal {
  return { id, account, name, ownerId, stage, status: 'open', amount: { value, currency: 'USD' } };
}
