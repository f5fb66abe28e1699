import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { startApp } from '../app.ts';
import { calendarOf } from '../domain/asking/playbook.ts';
import { EnvError, readEnv } from '../env.ts';
import { createLog } from '../log.ts';
import { SUBCOMMANDS } from '../slack/command/command-table.ts';
import { PortTakenError } from '../web/server.ts';
import { SandboxClock } from './clock.ts';
import { SandboxCrm } from './crm.ts';
import { whyOff } from './day-off.ts';
import { withAnswers } from './deal-answers.ts';
import type { ClockMove } from './page/wire.ts';
import { sandboxPage } from './page-server.ts';
import { CHANNELS, PEOPLE, ROLES } from './people.ts';
import { shortcutsOf } from './shortcuts.ts';
import { SlackStandIn } from './stand-in/stand-in.ts';

/** A month passes here in seconds, and with it all that Slack is called for: its rates would hold it up. */
const CALLS_A_MINUTE = 60_000;
const CALLED = [
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.open',
  'users.info',
  'users.list',
  'users.lookupByEmail',
  'views.publish',
];
const CANNOT_START = 'The sandbox cannot start:';

const env = readEnvOrEnd();
const calendar = calendarOf(env.defaults, { timeZone: 'Europe/Lisbon', promptAt: null });
const clock = new SandboxClock(calendar, startOrEnd());
const now = () => clock.now();
const slack = new SlackStandIn({
  clock: now,
  users: PEOPLE,
  channels: CHANNELS,
  commands: ['/whatsnext'],
  shortcuts: shortcutsOf(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8')),
});
await slack.start();

const dealsWebhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
const app = await startApp({
  env: {
    ...env,
    slackBotToken: slack.botToken,
    slackAppToken: slack.appToken,
    slackSigningSecret: undefined,
    slackApiUrl: slack.apiUrl,
    databaseUrl: undefined,
    dataDir: undefined,
    port: 0,
    dealsWebhookSecret,
    slackRates: Object.fromEntries(CALLED.map((method) => [method, CALLS_A_MINUTE])),
  },
  host: '127.0.0.1',
  now,
  log: createLog(env.logLevel === 'info' ? 'warn' : env.logLevel),
  onFailed: (error) => {
    throw error;
  },
});

const crm = new SandboxCrm({
  now,
  hookUrl: `http://127.0.0.1:${app.port}/hooks/deals`,
  secret: dealsWebhookSecret,
});
await slack.connected();
await crm.begin();

const page = sandboxPage(slack, {
  now,
  stages: crm.stages,
  roles: ROLES,
  commands: SUBCOMMANDS.map(({ usage, says }) => ({ command: usage, says: says.replaceAll('`', '') })),
  dayOff,
  deals: async () => await withAnswers(app.flow(), slack.team.id, await crm.deals()),
  act: (dealId, act, stage) => crm.act(dealId, act, stage),
  addDeal: (deal) => crm.addDeal(deal),
  moveClock,
});
const server = createServer((req, res) => void page(req, res));
server.once('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
  console.error(taken ? `${CANNOT_START} ${new PortTakenError(env.port, error).message}` : error);
  process.exitCode = 1;
  void stop();
});
server.listen(env.port, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`What's Next, in a sandbox: open http://localhost:${port}`);
});

function readEnvOrEnd(): ReturnType<typeof readEnv> {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(`${CANNOT_START} ${error.message}`);
    process.exit(1);
  }
}

/** `npm run sandbox -- --start 2026-11-23T09:00:00Z`; without it, now. */
function startOrEnd(): Date {
  const { start } = parseArgs({ options: { start: { type: 'string' } } }).values;
  const at = start === undefined ? new Date() : new Date(start);
  if (!Number.isNaN(at.getTime())) return at;
  console.error(`${CANNOT_START} --start must be a time such as 2026-11-23T09:00:00Z`);
  process.exit(1);
}

async function moveClock(to: ClockMove): Promise<void> {
  for (const stop of clock.stops(to)) await forward(stop.getTime() - now().getTime());
}

/** Why the person does not work today. */
async function dayOff(slackUserId: string): Promise<string | undefined> {
  const timeZone = PEOPLE.find(({ id }) => id === slackUserId)?.tz ?? null;
  return await whyOff(app.flow(), { workspaceId: slack.team.id, slackUserId, timeZone });
}

/** Moves on, and works what is due by then. */
async function forward(milliseconds: number): Promise<void> {
  clock.forward(milliseconds);
  await app.beat();
  await app.settled();
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await app.stop();
  await slack.stop();
}
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
