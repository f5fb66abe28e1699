import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SlackStandIn } from '../../../src/sandbox/stand-in/stand-in.ts';
import { slackLogger } from '../../../src/slack/connection/logger.ts';
import { socketConnection } from '../../../src/slack/connection/socket.ts';
import { StoreFirstApp } from '../../../src/slack/connection/store-first-app.ts';
import { recordingLog } from '../../web/recording-log.ts';

const ana = { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', tz: 'Europe/Lisbon' };
const COMMAND = '/whatsnext';

/** An app that answers one command, over a socket. What it leaves uncaught ends the test run. */
async function listening() {
  const slack = new SlackStandIn({ users: [ana] });
  await slack.start();
  onTestFinished(() => slack.stop());
  const { log, lines } = recordingLog();
  const connection = socketConnection(slack.appToken, slack.apiUrl, log);
  const { botToken, botId, botUserId } = slack;
  const app = new StoreFirstApp(
    {
      ...{ receiver: connection.receiver, convoStore: false, logger: slackLogger(log) },
      ...{ tokenVerificationEnabled: false, clientOptions: { slackApiUrl: slack.apiUrl } },
      authorize: async () => ({ botToken, botId, botUserId }),
    },
    log,
  );
  app.command(COMMAND, async ({ ack }) => await ack());
  const ending = new AbortController();
  onTestFinished(async () => {
    ending.abort();
    await connection.close();
  });
  await connection.open(ending.signal);
  await slack.connected();
  const isAnswered = async () => (await slack.command(ana.id, slack.dm(ana.id), COMMAND, '')).ok;
  return { slack, lines, isAnswered };
}

describe('what comes over the socket', () => {
  it('and holds no event, or nothing at all, is said, acknowledged, and ends nothing', async () => {
    const { slack, lines, isAnswered } = await listening();
    const limited = { type: 'app_rate_limited', team_id: 'T0', minute_rate_limited: 1518467820 };
    const frames = [
      { type: 'events_api', envelope_id: 'E-1', payload: limited },
      { type: 'events_api', envelope_id: 'E-2', payload: { type: 'event_callback' } },
      { type: 'events_api', envelope_id: 'E-3', payload: null },
      { type: 'events_api', envelope_id: 'E-4' },
    ];
    for (const frame of frames) slack.sendFrame(JSON.stringify(frame));
    await slack.until('acknowledgements', () => slack.acknowledged('E-4'));
    expect(['E-1', 'E-2', 'E-3'].map((id) => slack.acknowledged(id))).toEqual([true, true, true]);
    const said = lines.map(({ message }) => message);
    expect(said).toContain('Slack holds events back: there were more than 30,000 in an hour');
    expect(said.filter((line) => line === 'Something unreadable came over the socket')).toHaveLength(3);
    expect(await isAnswered()).toBe(true);
  });

  it('and bears the name of something that the client tells itself moves nothing', async () => {
    const { slack, isAnswered } = await listening();
    for (const type of ['close', 'error', 'ws_message', 'slack_event', 'connected', 'disconnected']) {
      const payload = { type: 'event_callback', event: { type } };
      slack.sendFrame(JSON.stringify({ type: 'events_api', envelope_id: `E-${type}`, payload }));
      slack.sendFrame(JSON.stringify({ type, envelope_id: `F-${type}`, payload: {} }));
    }
    await slack.until('acknowledgements', () => slack.acknowledged('F-disconnected'));
    expect(await isAnswered()).toBe(true);
    expect(slack.calls('apps.connections.open')).toHaveLength(1);
  });

  it('may be anything: whatever it is, the next command is answered', async () => {
    const { slack, isAnswered } = await listening();
    const type = fc.constantFrom('events_api', 'interactive', 'slash_commands', 'hello', 'noise');
    const inner = fc.oneof(
      fc.jsonValue(),
      fc.record({
        type: fc.constantFrom('event_callback', 'block_actions', 'view_submission'),
        event: fc.jsonValue(),
      }),
      fc.record({ type: fc.string(), view: fc.jsonValue(), actions: fc.jsonValue(), user: fc.jsonValue() }),
      fc.record({ command: fc.constant(COMMAND), event: fc.jsonValue() }, { requiredKeys: ['event'] }),
    );
    const envelope = fc
      .record(
        { type, envelope_id: fc.oneof(fc.uuid(), fc.jsonValue()), payload: inner },
        { requiredKeys: [] },
      )
      .map((it) => JSON.stringify(it));
    const frame = fc.oneof(envelope, fc.json(), fc.string(), fc.uint8Array());
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 5, maxLength: 30 }), async (frames) => {
        for (const one of frames) slack.sendFrame(one);
        expect(await isAnswered()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a socket', () => {
  it('that is refused at a refresh is asked for again until Slack opens one', async () => {
    const { slack, lines, isAnswered } = await listening();
    slack.fail({ method: 'apps.connections.open', kind: 'invalid_auth' });
    slack.fail({ method: 'apps.connections.open', kind: 'http_500' });
    slack.refreshSockets();
    await slack.until('a refusal', () => slack.calls('apps.connections.open').length > 1);
    await slack.until('a socket', () => slack.calls('apps.connections.open').length > 3);
    await slack.connected();
    const warned = lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warned).toContain('Slack refuses the socket: is SLACK_APP_TOKEN right? Trying again');
    expect(warned).toContain('Slack opens no socket; trying again');
    expect(await isAnswered()).toBe(true);
  });
});
