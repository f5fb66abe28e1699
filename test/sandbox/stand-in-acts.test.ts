import type { BlockAction, types } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  type Mode,
  modal,
  openModal,
  opens,
  plain,
  SALES,
  startApp,
  startSlack,
  textInput,
  webClient,
} from './stand-in-app.ts';

const option = (value: string) => ({ text: plain(`The ${value}`), value });

/** An input with a menu that asks the app for its options. */
function accounts(more: Partial<types.ExternalSelect> = {}): types.InputBlock {
  const element: types.ExternalSelect = { type: 'external_select', action_id: 'account', ...more };
  return { type: 'input', block_id: 'whose', label: plain('Account'), element };
}

describe.each<Mode>(['Socket Mode', 'HTTP'])('over %s', (mode) => {
  it('a message shortcut brings the message, also where the app is no member', async () => {
    const secret = { id: 'C0DEALS', name: 'deals', members: [ANA.id, BEN.id] };
    const slack = await startSlack({ channels: [secret], team: { id: 'T1', name: 'Acme Sales' } });
    let body: unknown;
    await startApp(slack, mode, (app) => {
      app.shortcut('capture', async (args) => {
        body = args.body;
        await args.ack();
      });
    });
    await slack.say(BEN.id, secret.id, 'Acme asks for a second line');
    const [said] = slack.messages(secret.id);
    expect(await slack.shortcut(ANA.id, 'capture', { channel: secret.id, ts: said?.ts ?? '' })).toEqual({
      ok: true,
    });
    expect(body).toMatchObject({
      type: 'message_action',
      callback_id: 'capture',
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/response/'),
      message_ts: said?.ts,
      channel: { id: secret.id, name: 'deals' },
      team: { id: 'T1', domain: 'acme-sales' },
      user: { id: ANA.id },
      message: { type: 'message', user: BEN.id, text: 'Acme asks for a second line', ts: said?.ts },
    });
  });

  it('a global shortcut brings who and a trigger, and neither channel nor response_url', async () => {
    const slack = await startSlack();
    let body: unknown;
    await startApp(slack, mode, (app) => {
      app.shortcut('whats_next', async (args) => {
        body = args.body;
        await args.ack();
      });
    });
    await slack.shortcut(ANA.id, 'whats_next');
    expect(body).toMatchObject({ type: 'shortcut', callback_id: 'whats_next', user: { id: ANA.id } });
    expect(body).not.toHaveProperty('channel');
    expect(body).not.toHaveProperty('response_url');
  });

  it('an external menu asks the app, and only what was suggested can be picked', async () => {
    const slack = await startSlack();
    const bodies: unknown[] = [];
    await startApp(slack, mode, (app) => {
      opens(app, modal('Log', [accounts({ min_query_length: 1 })]));
      app.options('account', async ({ ack, body }) => {
        bodies.push(body);
        await ack({ options: [option('acme'), option('acorn')] });
      });
      app.view(/.*/, async ({ ack, body }) => {
        bodies.push(body.view.state.values);
        await ack();
      });
    });
    const { id } = await openModal(slack);
    const pick = { whose: { account: 'acme' } };
    expect(() => slack.fill(ANA.id, { viewId: id }, pick)).toThrow('never suggested');
    const typed = { actionId: 'account', value: 'ac' };
    expect(await slack.suggest(ANA.id, { viewId: id }, typed)).toEqual({
      ok: true,
      options: [
        { text: 'The acme', value: 'acme' },
        { text: 'The acorn', value: 'acorn' },
      ],
    });
    await slack.submit(ANA.id, id, pick);
    expect(bodies).toMatchObject([
      {
        type: 'block_suggestion',
        user: { id: ANA.id },
        team: { id: slack.team.id },
        action_id: 'account',
        block_id: 'whose',
        value: 'ac',
        container: { type: 'view', view_id: id },
        view: { id, type: 'modal' },
      },
      { whose: { account: { type: 'external_select', selected_option: { value: 'acme' } } } },
    ]);
  });

  it('an external menu in a message names the message; too little typed asks nothing', async () => {
    const slack = await startSlack();
    let body: unknown;
    await startApp(slack, mode, (app) => {
      app.options('account', async (args) => {
        body = args.body;
        await args.ack({ options: [] });
      });
    });
    const blocks: types.KnownBlock[] = [
      { type: 'actions', block_id: 'row', elements: [{ type: 'external_select', action_id: 'account' }] },
    ];
    const { ts = '', channel = '' } = await webClient(slack).chat.postMessage({
      channel: ANA.id,
      text: 'x',
      blocks,
    });
    await expect(
      slack.suggest(ANA.id, { channel, ts }, { actionId: 'account', value: 'ac' }),
    ).rejects.toThrow('from 3');
    expect(await slack.suggest(ANA.id, { channel, ts }, { actionId: 'account', value: 'acm' })).toEqual({
      ok: true,
      options: [],
    });
    expect(body).toMatchObject({
      type: 'block_suggestion',
      container: { type: 'message', message_ts: ts, channel_id: channel },
      message: { ts },
    });
  });

  it('more than a hundred suggestions are none', async () => {
    const slack = await startSlack();
    await startApp(slack, mode, (app) => {
      opens(app, modal('Log', [accounts({ min_query_length: 0 })]));
      app.options('account', ({ ack }) =>
        ack({ options: Array.from({ length: 101 }, (_, n) => option(`${n}`)) }),
      );
    });
    const { id } = await openModal(slack);
    expect(await slack.suggest(ANA.id, { viewId: id }, { actionId: 'account', value: '' })).toMatchObject({
      ok: false,
      error: 'invalid_response',
    });
  });

  it('naming the app in a channel that it is in is told as a mention, elsewhere and in the DM it is not', async () => {
    const slack = await startSlack({
      channels: [SALES, { id: 'C0OTHER', name: 'other', members: [ANA.id] }],
    });
    await startApp(slack, mode, (app) => {
      app.event(/.*/, async () => undefined);
    });
    for (const channel of ['C0OTHER', slack.dm(ANA.id), SALES.id]) {
      await slack.say(ANA.id, channel, '@whatsnext Acme');
    }
    const events = slack.deliveries.map(({ body }) => body.event as { type: string });
    expect(events.map(({ type }) => type)).toEqual(['message', 'app_mention']);
    expect(events[1]).toMatchObject({
      user: ANA.id,
      channel: SALES.id,
      text: `<@${slack.botUserId}> Acme`,
      ts: slack.messages(SALES.id)[0]?.ts,
    });
  });

  it('an input tells of itself where it dispatches, with all that is entered so far', async () => {
    const slack = await startSlack();
    let body: BlockAction | undefined;
    const sees: types.InputBlock = {
      ...textInput('sees', { dispatch_action: true }),
      element: { type: 'radio_buttons', action_id: 'sees', options: [option('yes'), option('no')] },
    };
    await startApp(slack, mode, (app) => {
      opens(app, modal('Verify', [textInput('words'), sees]));
      app.action<BlockAction>('sees', async (args) => {
        body = args.body;
        await args.ack();
      });
    });
    const { id } = await openModal(slack);
    const click = { actionId: 'sees', value: 'no', state: { words: { text: 'not yet' } } };
    await slack.click(ANA.id, { viewId: id }, click);
    expect(body).toMatchObject({
      container: { type: 'view', view_id: id },
      actions: [{ type: 'radio_buttons', block_id: 'sees', selected_option: { value: 'no' } }],
      view: {
        state: {
          values: {
            words: { text: { value: 'not yet' } },
            sees: { sees: { selected_option: { value: 'no' } } },
          },
        },
      },
    });
    await expect(slack.click(ANA.id, { viewId: id }, { actionId: 'text', value: 'x' })).rejects.toThrow(
      'use `fill`',
    );
  });
});

it('over HTTP without an options address an external menu finds nothing', async () => {
  const slack = await startSlack();
  await startApp(slack, 'HTTP', (app) => opens(app, modal('Log', [accounts()])));
  slack.optionsUrl = undefined;
  const { id } = await openModal(slack);
  expect(await slack.suggest(ANA.id, { viewId: id }, { actionId: 'account', value: 'acm' })).toMatchObject({
    ok: false,
    detail: 'no options load URL is set',
  });
});

it('only the shortcuts that the manifest names are offered', async () => {
  const shortcuts = [{ name: 'Log an order', type: 'global', callback_id: 'log_order' } as const];
  const slack = await startSlack({ shortcuts });
  expect(slack.shortcuts()).toEqual(shortcuts);
  await expect(slack.shortcut(ANA.id, 'capture')).rejects.toThrow('no global shortcut capture');
});

it('the locale of a person is told where it is asked for', async () => {
  const slack = await startSlack({ users: [{ ...ANA, locale: 'de-DE' }, BEN] });
  const client = webClient(slack);
  const one = await client.users.info({ user: ANA.id, include_locale: true });
  expect(one.user?.locale).toBe('de-DE');
  const all = await client.users.list({ include_locale: true });
  expect(all.members?.find(({ id }) => id === BEN.id)?.locale).toBe('en-US');
  expect((await client.users.info({ user: ANA.id })).user).not.toHaveProperty('locale');
});

it('a permalink begins with the address of the workspace', async () => {
  const slack = await startSlack({ team: { id: 'T1', name: 'Sales', domain: 'acme' } });
  const client = webClient(slack);
  const { ts = '', channel = '' } = await client.chat.postMessage({ channel: ANA.id, text: 'x' });
  const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
  expect(permalink).toBe(`https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`);
  expect((await client.auth.test()).url).toBe('https://acme.slack.com/');
});
