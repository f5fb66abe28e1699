import type { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { ANA, BEN, SALES, SILENT, startSlack, webClient } from './stand-in-app.ts';

const failure = (data: object) => expect.objectContaining({ data: expect.objectContaining(data) });

describe('writing messages', () => {
  it('posts into a DM found with conversations.open, and shows it to the person', async () => {
    const slack = await startSlack();
    const client = webClient(slack);
    const { channel } = await client.conversations.open({ users: ANA.id });
    const posted = await client.chat.postMessage({ channel: channel?.id ?? '', text: 'Hello Ana' });
    expect(channel?.id).toBe(slack.dm(ANA.id));
    expect(slack.messages(slack.dm(ANA.id))).toMatchObject([
      { ts: posted.ts, text: 'Hello Ana', user: slack.botUserId, botId: slack.botId },
    ]);
    expect(slack.conversations(ANA.id)).toMatchObject([
      { kind: 'dm', unread: 1 },
      { name: 'sales', unread: 0 },
    ]);
    slack.read(ANA.id, slack.dm(ANA.id));
    expect(slack.conversations(ANA.id)[0]?.unread).toBe(0);
  });

  it('gives every message a later ts, even when the clock stands still or goes back', async () => {
    let now = Date.UTC(2026, 10, 23, 9);
    const slack = await startSlack({ clock: () => new Date(now) });
    const client = webClient(slack);
    const post = () => client.chat.postMessage({ channel: ANA.id, text: 'x' });
    const first = await post();
    const second = await post();
    now -= 60_000;
    const third = await post();
    expect([first.ts, second.ts, third.ts]).toEqual([
      '1795424400.000000',
      '1795424400.000001',
      '1795424400.000002',
    ]);
  });

  it('updates and deletes only what the app wrote', async () => {
    const slack = await startSlack();
    const client = webClient(slack);
    const { ts = '', channel = '' } = await client.chat.postMessage({
      channel: ANA.id,
      text: 'one',
      blocks: [{ type: 'divider' }],
    });
    await client.chat.update({ channel, ts, text: 'two' });
    expect(slack.messages(channel)).toMatchObject([
      { text: 'two', edited: true, blocks: [{ type: 'divider' }] },
    ]);
    await client.chat.update({ channel, ts, text: 'three', blocks: [] });
    expect(slack.messages(channel)[0]).not.toHaveProperty('blocks');
    await slack.say(ANA.id, channel, 'mine');
    const theirs = slack.messages(channel).at(-1)?.ts ?? '';
    await expect(client.chat.update({ channel, ts: theirs, text: 'no' })).rejects.toEqual(
      failure({ error: 'cant_update_message' }),
    );
    await client.chat.delete({ channel, ts });
    await expect(client.chat.delete({ channel, ts })).rejects.toEqual(
      failure({ error: 'message_not_found' }),
    );
  });

  it('shows an ephemeral message to one person, in no history', async () => {
    const slack = await startSlack();
    const client = webClient(slack);
    await client.chat.postEphemeral({ channel: SALES.id, user: ANA.id, text: 'psst' });
    expect(slack.messages(SALES.id, ANA.id)).toHaveLength(1);
    expect(slack.messages(SALES.id, BEN.id)).toHaveLength(0);
    expect((await client.conversations.history({ channel: SALES.id })).messages).toEqual([]);
  });

  it('finds a message again by its metadata, page by page, newest first', async () => {
    const slack = await startSlack();
    const client = webClient(slack);
    const metadata = (id: number) => ({ event_type: 'bundle', event_payload: { id } });
    for (const id of [1, 2, 3]) {
      await client.chat.postMessage({ channel: ANA.id, text: `${id}`, metadata: metadata(id) });
    }
    const oldest = slack.messages(slack.dm(ANA.id))[0]?.ts ?? '';
    const found: unknown[] = [];
    const pages = client.paginate('conversations.history', {
      channel: slack.dm(ANA.id),
      oldest,
      include_all_metadata: true,
      limit: 1,
    });
    for await (const page of pages) {
      found.push(...((page as webApi.ConversationsHistoryResponse).messages ?? []).map((m) => m.metadata));
    }
    expect(found).toEqual([metadata(3), metadata(2)]);
    const without = await client.conversations.history({
      channel: slack.dm(ANA.id),
      inclusive: true,
      oldest,
    });
    expect(without.messages?.map((message) => message.metadata)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['no_text', { channel: ANA.id, text: '' }],
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['not_in_channel', { channel: 'C0OTHER', text: 'x' }],
    ['is_archived', { channel: 'C0OLD', text: 'x' }],
    ['user_disabled', { channel: 'U0GONE', text: 'x' }],
    ['msg_too_long', { channel: ANA.id, text: 'x'.repeat(4001) }],
    ['thread_not_found', { channel: ANA.id, text: 'x', thread_ts: '1.000000' }],
    ['invalid_arguments', { text: 'x' }],
  ])('refuses with %s', async (error, args) => {
    const slack = await startSlack({
      users: [ANA, { ...BEN, id: 'U0GONE', deleted: true }],
      channels: [
        { id: 'C0OTHER', name: 'other', members: [ANA.id] },
        { id: 'C0OLD', name: 'old', members: [ANA.id], botIsMember: true, isArchived: true },
      ],
    });
    const client = webClient(slack, { logger: SILENT });
    await expect(client.apiCall('chat.postMessage', args)).rejects.toEqual(failure({ error }));
    expect(slack.ledger).toMatchObject([{ method: 'chat.postMessage', failure: error }]);
  });
});

describe('people and access', () => {
  it('lists people in pages, the app and Slackbot among them, without a zone for who has left', async () => {
    const slack = await startSlack({ users: [ANA, { ...BEN, deleted: true }] });
    const people: webApi.UsersListResponse['members'] = [];
    for await (const page of webClient(slack).paginate('users.list', { limit: 2 })) {
      people.push(...((page as webApi.UsersListResponse).members ?? []));
    }
    expect(people.map(({ id, tz, deleted }) => ({ id, tz, deleted }))).toEqual([
      { id: 'USLACKBOT', tz: 'America/Los_Angeles', deleted: false },
      { id: slack.botUserId, tz: 'UTC', deleted: false },
      { id: ANA.id, tz: 'Europe/Lisbon', deleted: false },
      { id: BEN.id, tz: undefined, deleted: true },
    ]);
  });

  it('gives the offset that the zone has at the clock’s time', async () => {
    let now = new Date('2026-07-01T12:00:00Z');
    const slack = await startSlack({ clock: () => now });
    const offset = async () => (await webClient(slack).users.info({ user: ANA.id })).user?.tz_offset;
    expect(await offset()).toBe(3600);
    now = new Date('2026-12-01T12:00:00Z');
    expect(await offset()).toBe(0);
  });

  it('finds a person by e-mail in any case, but not one who left', async () => {
    const slack = await startSlack();
    const find = () => webClient(slack).users.lookupByEmail({ email: 'ANA@Example.com' });
    expect((await find()).user?.id).toBe(ANA.id);
    await slack.deactivate(ANA.id);
    await expect(find()).rejects.toEqual(failure({ error: 'users_not_found' }));
  });

  it.each([
    ['invalid_auth', 'auth.test', 'xoxb-stolen'],
    ['not_authed', 'auth.test', undefined],
    ['not_allowed_token_type', 'apps.connections.open', 'xoxb-sandbox-bot-token'],
    ['unknown_method', 'chat.whisper', 'xoxb-sandbox-bot-token'],
  ])('answers %s to %s', async (error, method, token) => {
    const slack = await startSlack();
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(slack.apiUrl + method, { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ ok: false, error });
  });

  it('takes JSON bodies as well as forms', async () => {
    const slack = await startSlack();
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: ANA.id, blocks: [{ type: 'divider' }] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, channel: slack.dm(ANA.id) });
  });

  it('knows nobody’s token after the app was uninstalled', async () => {
    const slack = await startSlack({ retryDelaysMs: [] });
    await slack.uninstall();
    await expect(webClient(slack).auth.test()).rejects.toEqual(failure({ error: 'account_inactive' }));
  });
});
