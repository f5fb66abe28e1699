import type { BlockAction, types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  button,
  type Mode,
  plain,
  SALES,
  startApp,
  startSlack,
  textInput,
  webClient,
} from './stand-in-app.ts';

const DATE: types.Datepicker = { type: 'datepicker', action_id: 'date' };
const WHY: types.InputBlock = { ...textInput('why', { optional: true }) };
const ASK: types.KnownBlock[] = [
  { type: 'section', block_id: 'ask', text: plain('What’s next?') },
  { type: 'actions', block_id: 'answers', elements: [button('verify', 'E-1'), DATE] },
  WHY,
];

describe.each<Mode>(['Socket Mode', 'HTTP'])('over %s', (mode) => {
  it('a message in the DM reaches the app as Slack sends it', async () => {
    const slack = await startSlack();
    const bodies: unknown[] = [];
    await startApp(slack, mode, (app) => {
      app.event('message', async ({ body }) => {
        bodies.push(body);
      });
    });
    const shown = await slack.say(ANA.id, slack.dm(ANA.id), 'Ask @ben & see https://a.example/x.');
    await slack.until('the event', () => bodies.length === 1);
    const [message] = slack.messages(slack.dm(ANA.id));
    expect(shown).toEqual({ ok: true, message });
    expect(bodies[0]).toMatchObject({
      type: 'event_callback',
      team_id: slack.team.id,
      event_id: expect.stringMatching(/^Ev/),
      event: {
        type: 'message',
        channel_type: 'im',
        channel: slack.dm(ANA.id),
        user: ANA.id,
        ts: message?.ts,
        event_ts: message?.ts,
        text: 'Ask <@U0BEN> &amp; see <https://a.example/x>.',
      },
    });
  });

  it('a reply in the thread names the thread and who began it', async () => {
    const slack = await startSlack();
    const replies: unknown[] = [];
    await startApp(slack, mode, (app) => {
      app.message(async ({ message }) => {
        replies.push(message);
      });
    });
    const { ts: threadTs = '' } = await webClient(slack).chat.postMessage({ channel: ANA.id, text: 'So?' });
    await slack.say(ANA.id, slack.dm(ANA.id), 'they love it', { threadTs });
    await slack.until('the reply', () => replies.length === 1);
    expect(replies).toMatchObject([
      { thread_ts: threadTs, parent_user_id: slack.botUserId, text: 'they love it' },
    ]);
  });

  it('the app hears of its own edits, which Bolt lets through, but not of its own posts', async () => {
    const slack = await startSlack();
    const subtypes: unknown[] = [];
    await startApp(slack, mode, (app) => {
      app.event('message', async ({ event }) => {
        subtypes.push(event.subtype);
      });
    });
    const client = webClient(slack);
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: ANA.id, text: 'a' });
    await client.chat.update({ channel, ts, text: 'b' });
    await slack.until('the edit', () => subtypes.length > 0);
    await slack.until('all heard', () => slack.deliveries.every(({ outcome }) => outcome === 'acked'));
    expect(subtypes).toEqual(['message_changed']);
  });

  it('a click carries what a block_actions payload carries', async () => {
    const slack = await startSlack();
    let body: BlockAction | undefined;
    await startApp(slack, mode, (app) => {
      app.action<BlockAction>('verify', async (args) => {
        body = args.body;
        await args.ack();
      });
    });
    const { ts = '', channel = '' } = await webClient(slack).chat.postMessage({
      channel: ANA.id,
      text: 'What’s next?',
      blocks: ASK,
      metadata: { event_type: 'prompt', event_payload: { id: 'P-1' } },
    });
    slack.fill(ANA.id, { channel, ts }, { answers: { date: '2026-12-01' } });
    const click = { actionId: 'verify', state: { why: { text: 'because' } } };
    expect(await slack.click(ANA.id, { channel, ts }, click)).toEqual({ ok: true });
    expect(body).toEqual({
      type: 'block_actions',
      user: { id: ANA.id, username: 'ana', name: 'ana', team_id: slack.team.id },
      api_app_id: slack.appId,
      token: expect.any(String),
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      trigger_id: expect.any(String),
      team: { id: slack.team.id, domain: 'sandbox' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: channel, name: 'directmessage' },
      message: expect.objectContaining({
        type: 'message',
        ts,
        user: slack.botUserId,
        bot_id: slack.botId,
        text: 'What’s next?',
        blocks: ASK,
        metadata: { event_type: 'prompt', event_payload: { id: 'P-1' } },
      }),
      state: {
        values: {
          answers: { date: { type: 'datepicker', selected_date: '2026-12-01' } },
          why: { text: { type: 'plain_text_input', value: 'because' } },
        },
      },
      response_url: expect.stringContaining('/response/'),
      actions: [
        {
          type: 'button',
          action_id: 'verify',
          block_id: 'answers',
          text: { type: 'plain_text', text: 'verify', emoji: true },
          value: 'E-1',
          action_ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
        },
      ],
    });
  });

  it('a command is answered to its typist, at once or through the response_url', async () => {
    const slack = await startSlack();
    let respondAgain: (() => Promise<unknown>) | undefined;
    await startApp(slack, mode, (app) => {
      app.command('/whatsnext', async ({ ack, respond, command }) => {
        respondAgain = () => respond({ text: 'later', response_type: 'in_channel' });
        await ack(`You typed ${command.text} in ${command.channel_name}`);
      });
    });
    const shown = await slack.command(ANA.id, SALES.id, '/whatsnext', 'Acme & @ben');
    const [atOnce] = slack.messages(SALES.id, ANA.id);
    expect(shown).toEqual({ ok: true, message: atOnce });
    expect(atOnce).toMatchObject({
      text: `You typed Acme &amp; <@${BEN.id}|ben> in sales`,
      ephemeralFor: ANA.id,
    });
    await respondAgain?.();
    expect(slack.messages(SALES.id, BEN.id)).toMatchObject([{ text: 'later' }]);
  });

  it('an app that does not acknowledge in time is reported to the person', async () => {
    const slack = await startSlack({ ackTimeoutMs: 50 });
    await startApp(slack, mode, (app) => {
      app.command('/whatsnext', async () => undefined);
    });
    expect(await slack.command(ANA.id, slack.dm(ANA.id), '/whatsnext', '')).toMatchObject({
      ok: false,
      error: 'timeout',
      userSees: expect.stringContaining('didn’t respond in time'),
    });
  });

  it('opening Home, changing a profile, joining and inviting are told to the app', async () => {
    const slack = await startSlack();
    const events: { type: string }[] = [];
    await startApp(slack, mode, (app) => {
      app.event(/.*/, async ({ event }) => {
        events.push(event);
      });
    });
    await slack.openHome(ANA.id);
    await webClient(slack).views.publish({
      user_id: ANA.id,
      view: { type: 'home', blocks: [{ type: 'divider' }] },
    });
    await slack.openHome(ANA.id);
    await slack.changeUser(ANA.id, { tz: 'America/New_York' });
    await slack.deactivate(BEN.id);
    await slack.inviteApp(SALES.id, ANA.id);
    await slack.until('all of them', () => events.length === 5);
    expect(events).toMatchObject([
      { type: 'app_home_opened', user: ANA.id, tab: 'home' },
      { type: 'app_home_opened', view: { id: slack.home(ANA.id)?.id, type: 'home' } },
      { type: 'user_change', user: { id: ANA.id, tz: 'America/New_York' } },
      { type: 'user_change', user: { id: BEN.id, deleted: true } },
      { type: 'member_joined_channel', user: slack.botUserId, channel: SALES.id },
    ]);
  });

  it('a click in Home carries its view and what is entered there, and an ephemeral one no message', async () => {
    const slack = await startSlack();
    const bodies: BlockAction[] = [];
    await startApp(slack, mode, (app) => {
      app.action<BlockAction>(/.*/, async ({ ack, body }) => {
        bodies.push(body);
        await ack();
      });
    });
    const client = webClient(slack);
    await client.views.publish({ user_id: ANA.id, view: { type: 'home', blocks: ASK } });
    const home = slack.home(ANA.id)?.id ?? '';
    await slack.click(ANA.id, { viewId: home }, { actionId: 'date', value: '2026-12-01' });
    const ephemeral = { channel: SALES.id, user: ANA.id, text: 'x', blocks: ASK };
    const { message_ts: ts = '' } = await client.chat.postEphemeral(ephemeral);
    await slack.click(ANA.id, { channel: SALES.id, ts }, { actionId: 'verify' });
    expect(bodies).toMatchObject([
      {
        container: { type: 'view', view_id: home },
        view: { id: home, state: { values: { answers: { date: { selected_date: '2026-12-01' } } } } },
        actions: [{ type: 'datepicker', action_id: 'date', selected_date: '2026-12-01' }],
      },
      { container: { type: 'message', message_ts: ts, is_ephemeral: true }, channel: { name: 'sales' } },
    ]);
    expect(bodies[0]).not.toHaveProperty('response_url');
    expect(bodies[1]).not.toHaveProperty('message');
  });

  it('another app’s structured message and the uninstallation are told to the app', async () => {
    const slack = await startSlack();
    await startApp(slack, mode, (app) => {
      app.event(/.*/, async () => undefined);
    });
    await slack.postMetadata(SALES.id, { event_type: 'deal_won', event_payload: { id: 'D-1' } });
    await slack.uninstall();
    expect(slack.deliveries.map(({ outcome, body }) => [outcome, body.event])).toMatchObject([
      ['acked', { type: 'message_metadata_posted', metadata: { event_payload: { id: 'D-1' } } }],
      ['acked', { type: 'tokens_revoked' }],
      ['acked', { type: 'app_uninstalled' }],
    ]);
  });
});

it('a command that the manifest does not name is refused at once, and the app hears nothing', async () => {
  const slack = await startSlack({ commands: ['/whatsnext'] });
  const shown = await slack.command(ANA.id, slack.dm(ANA.id), '/whatsnxt', 'Acme');
  expect(shown).toMatchObject({
    ok: false,
    userSees: expect.stringContaining('/whatsnxt is not a valid command.'),
  });
  expect(slack.deliveries).toEqual([]);
});
