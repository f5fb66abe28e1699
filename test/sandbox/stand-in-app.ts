import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  App,
  type BlockAction,
  HTTPReceiver,
  LogLevel,
  SocketModeReceiver,
  type types,
  webApi,
} from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { SlackStandIn, type StandInOptions, type StandInView } from '../../src/sandbox/stand-in/stand-in.ts';
import { PATIENT_SLACK } from '../support/patience.ts';

export type Mode = 'Socket Mode' | 'HTTP';

export const ANA = {
  id: 'U0ANA',
  name: 'ana',
  realName: 'Ana Lima',
  email: 'ana@example.com',
  tz: 'Europe/Lisbon',
};
export const BEN = {
  id: 'U0BEN',
  name: 'ben',
  realName: 'Ben Okoye',
  email: 'ben@example.com',
  tz: 'Africa/Lagos',
};
export const SALES = { id: 'C0SALES', name: 'sales', members: [ANA.id, BEN.id], botIsMember: true };

/** A running stand-in with Ana, Ben and #sales; stopped when the test ends. */
export async function startSlack(options: StandInOptions = {}): Promise<SlackStandIn> {
  const slack = new SlackStandIn({ users: [ANA, BEN], channels: [SALES], ...PATIENT_SLACK, ...options });
  await slack.start();
  onTestFinished(() => slack.stop());
  return slack;
}

/** The real Web API client, as the product uses it: no retries, 429 refused at once. */
export function webClient(slack: SlackStandIn, options: webApi.WebClientOptions = {}): webApi.WebClient {
  return new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: webApi.LogLevel.ERROR,
    ...options,
  });
}

/** A real Bolt app that listens to the stand-in; stopped when the test ends. */
export async function startApp(slack: SlackStandIn, mode: Mode, prepare: (app: App) => void): Promise<App> {
  return mode === 'HTTP' ? startHttpApp(slack, prepare) : startSocketApp(slack, prepare);
}

const quiet = () => undefined;

/** For tests of calls that are refused: the client's own complaint would only clutter the output. */
export const SILENT: webApi.Logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => webApi.LogLevel.ERROR,
  setName: quiet,
};

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });

export function button(actionId: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(actionId), value };
}

export function modal(title: string, blocks: types.KnownBlock[], more: Partial<types.ModalView> = {}) {
  return {
    type: 'modal',
    title: plain(title),
    submit: plain('Save'),
    blocks,
    ...more,
  } satisfies types.ModalView;
}

export function textInput(blockId: string, more: Partial<types.InputBlock> = {}): types.InputBlock {
  const element = { type: 'plain_text_input', action_id: 'text' } as const;
  return { type: 'input', block_id: blockId, label: plain(blockId), element, ...more };
}

/** The app opens the modal whenever the button `open` is pressed. */
export function opens(app: App, view: types.ModalView): void {
  app.action<BlockAction>('open', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
}

/** Ana presses `open` in a message of the app's, and has the modal before her. */
export async function openModal(slack: SlackStandIn): Promise<StandInView> {
  const { ts = '', channel = '' } = await webClient(slack).chat.postMessage({
    channel: ANA.id,
    text: 'x',
    blocks: [{ type: 'actions', elements: [button('open', '1')] }],
  });
  await slack.click(ANA.id, { channel, ts }, { actionId: 'open' });
  return slack.until('the modal', () => slack.openViews(ANA.id).at(-1));
}

async function startSocketApp(slack: SlackStandIn, prepare: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    // How long it waits before it connects again.
    clientPingTimeout: 200,
    // It complains of every socket that a test cuts.
    logger: SILENT,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = newApp(slack, receiver);
  prepare(app);
  await app.start();
  onTestFinished(() => receiver.client.disconnect());
  await slack.connected();
  return app;
}

async function startHttpApp(slack: SlackStandIn, prepare: (app: App) => void): Promise<App> {
  const { signingSecret } = slack;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    logLevel: LogLevel.ERROR,
  });
  const app = newApp(slack, receiver);
  prepare(app);
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.optionsUrl = slack.requestUrl;
  return app;
}

function newApp(slack: SlackStandIn, receiver: SocketModeReceiver | HTTPReceiver): App {
  return new App({
    token: slack.botToken,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    convoStore: false,
    logLevel: LogLevel.ERROR,
  });
}
