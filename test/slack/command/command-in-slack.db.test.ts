import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Store } from '../../../src/db/store.ts';
import { DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';
import { SlackStandIn } from '../../../src/sandbox/stand-in/stand-in.ts';
import { type SlackApp, slackApp } from '../../../src/slack/app.ts';
import { COMMAND } from '../../../src/slack/command/command.ts';
import { digestMessage } from '../../../src/slack/digest/digest.ts';
import { refusedDigestMessage } from '../../../src/slack/digest/refused-digest.ts';
import { handOverMessage } from '../../../src/slack/hand-over/message.ts';
import { homeView } from '../../../src/slack/home/draw.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { adminSummaryMessage } from '../../../src/slack/people/admin-summary.ts';
import { noticeMessage } from '../../../src/slack/people/notice.ts';
import { drawBundle } from '../../../src/slack/prompt/prompt.ts';
import { Pace } from '../../../src/slack/send/pace.ts';
import { Sender } from '../../../src/slack/send/sender.ts';
import { neverFails } from '../../support/never-fails.ts';
import { recordingLog } from '../../web/recording-log.ts';

const ana = { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'Europe/Lisbon' };
const sales = { id: 'C0SALES', name: 'sales', members: [ana.id], botIsMember: true };
const now = new Date('2026-11-23T10:00:00Z');
const { log } = recordingLog();
const team = { id: `T${Date.now()}`, name: 'Northwind' };
const slack = new SlackStandIn({ team, users: [ana], channels: [sales], clock: () => now });
let store: Store;
let app: SlackApp;

beforeAll(async () => {
  await slack.start();
  store = await Store.open({
    databaseUrl: inject('databaseUrl') ?? undefined,
    onError: (error) => log.error({ message: error.message }, 'store'),
  });
  const draw = {
    bundle: drawBundle,
    home: homeView,
    digest: digestMessage,
    refusedDigest: refusedDigestMessage,
    adminSummary: adminSummaryMessage,
    notice: noticeMessage,
    handOver: handOverMessage,
  };
  const pace = new Pace();
  const sender = new Sender({ token: slack.botToken, apiUrl: slack.apiUrl, draw, pace, log });
  const flow = { store, slackOf: () => sender, now: () => now, log, defaults: DEFAULT_PLAYBOOK };
  const { botToken, appToken, apiUrl } = slack;
  app = slackApp({ flow, botToken, appToken, apiUrl, pace, log, onFailed: neverFails });
  await app.start();
  await slack.connected();
});

afterAll(async () => {
  await app?.stop();
  await store?.close();
  await slack.stop();
});

describe('a rep types /whatsnext in a channel', () => {
  it('answers with the acknowledgement, to the rep alone', async () => {
    const shown = await slack.command(ana.id, sales.id, COMMAND, 'won Smith & Sons $4,514');
    expect(shown).toMatchObject({ ok: true, message: { ephemeralFor: ana.id } });
    expect(JSON.stringify(shown)).toContain('Is it a new client?');
  });

  it('does with one click what was typed, in place of the question', async () => {
    const [question] = slack.messages(sales.id, ana.id);
    const place = { channel: sales.id, ts: question?.ts ?? '' };
    expect(await slack.click(ana.id, place, { actionId: `${ACTION.meant}:0` })).toMatchObject({ ok: true });
    const told = await slack.until('the answer', () =>
      slack.messages(sales.id, ana.id).find(({ text }) => text.includes('4,514 USD is in')),
    );
    expect(told.ts).toBe(question?.ts);
  });

  it('shows the answers to a door when its button is clicked', async () => {
    await slack.command(ana.id, sales.id, COMMAND, '');
    const board = await slack.until('the board', () =>
      slack
        .messages(sales.id, ana.id)
        .find(({ blocks }) => JSON.stringify(blocks).includes('Does Smith &amp; Sons see')),
    );
    expect(JSON.stringify(board?.blocks)).toContain('Does Smith &amp; Sons see');
    const [, blockId = ''] = /"block_id":"(prompt:[^"]*:open)"/.exec(JSON.stringify(board?.blocks)) ?? [];
    const clicked = await slack.click(
      ana.id,
      { channel: sales.id, ts: board?.ts ?? '' },
      { blockId, actionId: ACTION.open },
    );
    expect(clicked.ok).toBe(true);
    const whispered = await slack.until('the answers', () =>
      slack
        .messages(sales.id, ana.id)
        .find((message) => JSON.stringify(message.blocks).includes(ACTION.verify)),
    );
    expect(whispered.ephemeralFor).toBe(ana.id);
  });

  it('finds the same doors on the Home tab', async () => {
    expect(await slack.openHome(ana.id)).toMatchObject({ ok: true });
    const home = await slack.until('Home', () => slack.home(ana.id));
    expect(JSON.stringify(home.view.blocks)).toContain('1 waits for you');
  });
});
