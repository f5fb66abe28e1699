import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SlackStandIn } from '../../../src/sandbox/stand-in/stand-in.ts';
import { type Message, sentence } from '../../../src/slack/kit/text.ts';
import { drawBundle } from '../../../src/slack/prompt/prompt.ts';
import { Pace } from '../../../src/slack/send/pace.ts';
import { toPerson } from '../../../src/slack/send/person.ts';
import { openModal, updateModal, whisper } from '../../../src/slack/send/send.ts';
import { Sender } from '../../../src/slack/send/sender.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { bundle, prompt } from '../any-prompt.ts';

const ana = { id: 'U0ANA', name: 'ana', realName: 'Ana Lima', email: 'ana@example.com', tz: 'Europe/Lisbon' };
const view = bundle([prompt()]);
const since = new Date(Date.now() - 60_000);

let slack: SlackStandIn;
let logged: ReturnType<typeof recordingLog>;

beforeEach(async () => {
  slack = new SlackStandIn({ users: [ana] });
  logged = recordingLog();
  await slack.start();
});

afterEach(async () => {
  await slack.stop();
});

function sender(draw: (v: typeof view) => Message = drawBundle): Sender {
  const digest = () => sentence('a digest');
  return new Sender({
    token: slack.botToken,
    apiUrl: slack.apiUrl,
    draw: {
      bundle: draw,
      home: () => ({ type: 'home', blocks: [] }),
      digest,
      refusedDigest: digest,
      adminSummary: digest,
      notice: digest,
      handOver: digest,
    },
    pace: new Pace(),
    log: logged.log,
  });
}

async function dm(): Promise<string> {
  const opened = await sender().openDm(ana.id);
  if (opened.kind !== 'sent') throw new Error(opened.error);
  return opened.channelId;
}

describe('a bundle', () => {
  it('reaches the DM with its id, and is found again by it', async () => {
    const channel = await dm();
    const sent = await sender().sendBundle(channel, view);
    expect(sent).toMatchObject({ kind: 'sent', channelId: channel });
    const [message] = slack.messages(channel);
    expect(message?.metadata).toEqual({
      event_type: 'whats_next_bundle',
      event_payload: { bundle_id: view.bundleId },
    });
    expect(await sender().findBundle(channel, view.bundleId, since)).toEqual({
      kind: 'found',
      ts: message?.ts,
    });
    expect(await sender().findBundle(channel, 'another', since)).toEqual({ kind: 'absent' });
  });

  it('that Slack took before the answer was lost is ambiguous, and found', async () => {
    const channel = await dm();
    slack.fail({ method: 'chat.postMessage', kind: 'reset_after' });
    expect(await sender().sendBundle(channel, view)).toMatchObject({ kind: 'ambiguous' });
    expect(await sender().findBundle(channel, view.bundleId, since)).toMatchObject({ kind: 'found' });
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });

  it('is drawn anew in its place', async () => {
    const channel = await dm();
    const sent = await sender().sendBundle(channel, view);
    if (sent.kind !== 'sent') throw new Error(sent.error);
    const moved = bundle([prompt({ state: { kind: 'overtaken', at: new Date('2026-11-23T11:00:00Z') } })]);
    expect(await sender().redrawBundle(channel, sent.ts, moved)).toMatchObject({ kind: 'sent', ts: sent.ts });
    expect(slack.messages(channel)).toHaveLength(1);
    expect(JSON.stringify(slack.messages(channel)[0]?.blocks)).toContain('Moved on today');
  });

  it('goes as plain text, once, when Slack refuses the blocks, and the blocks are logged', async () => {
    const channel = await dm();
    const faulty = () => ({ text: 'What next?', blocks: [{ type: 'section' }] }) as Message;
    expect(await sender(faulty).sendBundle(channel, view)).toMatchObject({ kind: 'sent' });
    expect(slack.messages(channel).map(({ text }) => text)).toEqual(['What next?']);
    expect(logged.lines).toContainEqual({
      level: 'error',
      message: 'Slack refused the blocks; sent plain text',
      data: { error: 'invalid_blocks', blocks: [{ type: 'section' }] },
    });
  });

  it('reaches a person whose DM is not known yet, and tells it', async () => {
    expect(await sender().sendBundle(ana.id, view)).toMatchObject({
      kind: 'sent',
      channelId: slack.dm(ana.id),
    });
    expect(slack.calls('conversations.open')).toHaveLength(0);
  });

  it('that finds its DM gone says so', async () => {
    expect(await sender().sendBundle('D0GONE', view)).toEqual({
      kind: 'dm_gone',
      error: 'channel_not_found',
    });
  });
});

describe('what Slack answers', () => {
  it.each([
    ['user_disabled', { kind: 'person_gone' }],
    ['users_not_found', { kind: 'person_unknown' }],
    ['user_not_found', { kind: 'person_unknown' }],
    ['user_not_visible', { kind: 'refused' }],
    ['restricted_action', { kind: 'refused' }],
    ['not_in_channel', { kind: 'refused' }],
    ['is_archived', { kind: 'refused' }],
    ['missing_scope', { kind: 'later', afterSeconds: 900 }],
    ['account_inactive', { kind: 'later', afterSeconds: 900 }],
    ['token_revoked', { kind: 'later', afterSeconds: 900 }],
    ['internal_error', { kind: 'ambiguous' }],
    ['fatal_error', { kind: 'ambiguous' }],
    ['http_500', { kind: 'ambiguous' }],
    ['reset_before', { kind: 'ambiguous' }],
    ['reset_after', { kind: 'ambiguous' }],
  ])('%s is understood', async (kind, meaning) => {
    const channel = await dm();
    slack.fail({ method: 'chat.postMessage', kind });
    expect(await sender().sendBundle(channel, view)).toMatchObject(meaning);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });

  it('a pause that it asks for holds for that method alone', async () => {
    const channel = await dm();
    slack.fail({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 7 });
    const one = sender();
    expect(await one.sendBundle(channel, view)).toEqual({
      kind: 'later',
      error: 'ratelimited',
      afterSeconds: 7,
    });
    expect(await one.turn('send', 50)).toBe(false);
    expect(await one.turn('look', 50)).toBe(true);
    expect(await one.person(ana.id, slack.team.id)).toMatchObject({ realName: 'Ana Lima' });
  });

  it('a limit met by a look-up is waited for, and the look-up tried again', async () => {
    slack.fail({ method: 'users.info', kind: 'ratelimited', retryAfter: 1 });
    expect(await sender().person(ana.id, slack.team.id)).toMatchObject({ realName: 'Ana Lima' });
    expect(slack.calls('users.info')).toHaveLength(2);
  });

  it('nothing at all, when it cannot be reached, is not ambiguous', async () => {
    const channel = await dm();
    const one = sender();
    await slack.stop();
    expect(await one.sendBundle(channel, view)).toMatchObject({ kind: 'later', error: 'ECONNREFUSED' });
  });

  it('never brings a token into the log', async () => {
    const channel = await dm();
    slack.fail({ method: 'chat.postMessage', kind: 'invalid_auth' });
    await sender().sendBundle(channel, view);
    expect(JSON.stringify(logged.lines)).not.toContain(slack.botToken);
  });
});

describe('people', () => {
  it('are read without bots, with their zone and whether they are still there', async () => {
    await slack.addUser({
      id: 'U0BOB',
      name: 'bob',
      realName: 'Bob Ray',
      tz: 'America/New_York',
      deleted: true,
    });
    await slack.addUser({ id: 'U0BOT', name: 'helper', realName: 'Helper', tz: 'UTC', isBot: true });
    const { people } = await sender().people(slack.team.id, null);
    expect(people).toEqual([
      expect.objectContaining({
        slackUserId: 'U0ANA',
        email: 'ana@example.com',
        timeZone: 'Europe/Lisbon',
        active: true,
      }),
      expect.objectContaining({ slackUserId: 'U0BOB', email: null, active: false }),
    ]);
  });

  it('are in no zone that this machine does not know', () => {
    expect(toPerson({ id: 'U0ZOE', tz: 'Mars/Olympus' }, 'T0HERE')).toMatchObject({ timeZone: null });
    const zoe = toPerson({ id: 'U0ZOE', tz: 'Asia/Kathmandu' }, 'T0HERE');
    expect(zoe).toMatchObject({ timeZone: 'Asia/Kathmandu' });
  });

  it('are those of the workspace: nobody met in a shared channel, but whoever has a second home here', () => {
    expect(toPerson({ id: 'U0ZOE', team_id: 'T0ELSEWHERE' }, 'T0HERE')).toBeNull();
    expect(toPerson({ id: 'U0ZOE', is_stranger: true }, 'T0HERE')).toBeNull();
    const both = { team_id: 'T0ELSEWHERE', enterprise_user: { teams: ['T0ELSEWHERE', 'T0HERE'] } };
    expect(toPerson({ id: 'U0ZOE', ...both }, 'T0HERE')).toMatchObject({ isGuest: false });
    expect(toPerson({ id: 'U0ZOE', is_ultra_restricted: true }, 'T0HERE')).toMatchObject({ isGuest: true });
  });

  it('are read one by one, and nobody is nobody', async () => {
    expect(await sender().person('U0ANA', slack.team.id)).toMatchObject({ realName: 'Ana Lima' });
    expect(await sender().person('U0NOBODY', slack.team.id)).toBeNull();
  });
});

describe('a form', () => {
  const modal = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Hello' }, blocks: [] };
  const client = () => new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });

  it('that Slack no longer opens is said to have expired', async () => {
    expect(
      await openModal(client(), { triggerId: 'no.such', inModal: false }, modal).catch(String),
    ).toContain('invalid_trigger');
    slack.fail({ method: 'views.open', kind: 'expired_trigger_id' });
    expect(await openModal(client(), { triggerId: 't', inModal: false }, modal)).toBe('expired');
  });

  it('that changed meanwhile is said to be stale', async () => {
    slack.fail({ method: 'views.update', kind: 'hash_conflict' });
    expect(await updateModal(client(), { viewId: 'V1', hash: 'h' }, modal)).toBe('stale');
  });
});

describe('a whisper', () => {
  it('that does not arrive is logged and harms nobody', async () => {
    const channel = await dm();
    const client = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    slack.fail({ method: 'chat.postEphemeral', kind: 'user_not_in_channel' });
    expect(await whisper(client, { channel, user: ana.id }, sentence('hello'), logged.log)).toBe(false);
    expect(logged.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', data: { channel, error: 'user_not_in_channel' } }),
    );
  });
});
