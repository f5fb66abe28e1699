import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { ANA, type Mode, startApp, startSlack, webClient } from './stand-in-app.ts';

describe('a call that fails on request', () => {
  it.each([
    ['http_500', webApi.WebAPIHTTPError, 0],
    ['timeout_before', webApi.WebAPIRequestError, 0],
    ['timeout_after', webApi.WebAPIRequestError, 1],
    ['reset_before', webApi.WebAPIRequestError, 0],
    ['reset_after', webApi.WebAPIRequestError, 1],
    ['user_disabled', webApi.WebAPIPlatformError, 0],
  ])('%s', async (kind, error, posted) => {
    const slack = await startSlack();
    const client = webClient(slack, kind.startsWith('timeout') ? { timeout: 1_000 } : {});
    slack.fail({ method: 'chat.postMessage', kind });
    const message = { channel: ANA.id, text: 'once' };
    await expect(client.chat.postMessage(message)).rejects.toBeInstanceOf(error);
    expect(slack.messages(slack.dm(ANA.id))).toHaveLength(posted);
    expect(slack.calls('chat.postMessage')).toMatchObject([{ failure: kind }]);
    await webClient(slack).chat.postMessage(message);
    expect(slack.messages(slack.dm(ANA.id))).toHaveLength(posted + 1);
  });

  it('says after how many seconds to come back when rate limited', async () => {
    const slack = await startSlack();
    slack.fail({ method: /^chat\./, kind: 'ratelimited', retryAfter: 7 });
    const refused = webClient(slack).chat.postMessage({ channel: ANA.id, text: 'x' });
    await expect(refused).rejects.toMatchObject({ retryAfter: 7 });
  });

  it('strikes as often as told, and only the calls meant', async () => {
    const slack = await startSlack();
    const client = webClient(slack);
    slack.fail({
      method: 'chat.postMessage',
      kind: 'fatal_error',
      times: 2,
      when: ({ text }) => text === 'bad',
    });
    const post = (text: string) =>
      client.chat.postMessage({ channel: ANA.id, text }).then(
        () => 'posted',
        () => 'refused',
      );
    const outcomes = [await post('good'), await post('bad'), await post('bad'), await post('bad')];
    expect(outcomes).toEqual(['posted', 'refused', 'refused', 'posted']);
  });

  it('holds Slack’s own rate limits when asked to', async () => {
    const slack = await startSlack({ rateLimits: true });
    const client = webClient(slack);
    const post = () => client.chat.postMessage({ channel: ANA.id, text: 'x' });
    // A slow machine gives Slack the time to let more of them pass; never all of so many.
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, post));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(4);
    expect(refused.length).toBeGreaterThan(0);
    expect(slack.ledger.filter((entry) => entry.failure === 'ratelimited')).toHaveLength(refused.length);
  });
});

describe.each<Mode>(['Socket Mode', 'HTTP'])('events over %s', (mode) => {
  it('arrive several times under one id when told to', async () => {
    const slack = await startSlack();
    const seen: { id: string; retryNum: number }[] = [];
    await startApp(slack, mode, (app) => {
      app.message(async ({ body, context }) => {
        seen.push({ id: body.event_id, retryNum: context.retryNum ?? 0 });
      });
    });
    slack.repeatNextEvents(1, 3);
    await slack.say(ANA.id, slack.dm(ANA.id), 'again');
    await slack.say(ANA.id, slack.dm(ANA.id), 'just once');
    await slack.until('four deliveries', () => seen.length === 4);
    expect(seen.map(({ retryNum }) => retryNum)).toEqual([0, 1, 2, 0]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  });
});

describe('HTTP', () => {
  it('sends an event again after the app failed, saying so', async () => {
    const slack = await startSlack({ retryDelaysMs: [0, 0, 0] });
    const reasons: unknown[] = [];
    await startApp(slack, 'HTTP', (app) => {
      app.message(async ({ context }) => {
        reasons.push(context.retryReason);
      });
    });
    const { requestUrl } = slack;
    slack.requestUrl = 'http://127.0.0.1:1/slack/events';
    const shown = await slack.say(ANA.id, slack.dm(ANA.id), 'anybody there?');
    slack.requestUrl = requestUrl;
    expect(shown).toMatchObject({ ok: false, error: 'dispatch_failed', userSees: '' });
    await slack.until('the retry', () => reasons.length === 1);
    expect(reasons).toEqual(['connection_failed']);
  });

  it('is refused by the app when somebody else signs', async () => {
    const slack = await startSlack();
    await startApp(slack, 'HTTP', () => undefined);
    const response = await fetch(slack.requestUrl ?? '', {
      method: 'POST',
      headers: {
        'x-slack-signature': 'v0=0',
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      },
      body: '{}',
    });
    expect(response.status).toBe(401);
  });
});

describe('Socket Mode', () => {
  it('has the app connect again after its sockets were cut, and after Slack asked for it', async () => {
    const slack = await startSlack();
    let heard = 0;
    await startApp(slack, 'Socket Mode', (app) => {
      app.message(async () => {
        heard += 1;
      });
    });
    for (const disturb of [() => slack.dropSockets(), () => slack.refreshSockets()]) {
      const before = slack.calls('apps.connections.open').length;
      disturb();
      await slack.until('a new connection', () => slack.calls('apps.connections.open').length > before);
      await slack.connected();
    }
    await slack.say(ANA.id, slack.dm(ANA.id), 'still there?');
    await slack.until('the message', () => heard === 1);
  });

  it('tells a person at once that nobody listens', async () => {
    const slack = await startSlack();
    const shown = await slack.command(ANA.id, slack.dm(ANA.id), '/whatsnext', '');
    expect(shown).toMatchObject({
      ok: false,
      error: 'dispatch_failed',
      userSees: '/whatsnext failed with the error "dispatch_failed"',
      detail: 'no socket is open',
    });
  });
});

describe('starting and stopping', () => {
  it('ends calls that hang, so that nothing stays open', async () => {
    const slack = await startSlack();
    slack.fail({ method: 'api.test', kind: 'timeout_before' });
    const hanging = webClient(slack).api.test();
    await slack.until('the call', () => slack.calls('api.test').length === 1);
    await Promise.all([slack.stop(), expect(hanging).rejects.toBeInstanceOf(webApi.WebAPIRequestError)]);
    await slack.stop();
  });

  it('says what it waited for in vain, and what happened instead', async () => {
    const slack = await startSlack();
    await webClient(slack).auth.test();
    await expect(slack.until('pigs to fly', () => false, 1)).rejects.toThrow(/pigs to fly\n.*\n +auth\.test/);
  });

  it('gives the same records for the same acts', async () => {
    const run = async () => {
      const slack = await startSlack({ clock: () => new Date('2026-11-23T09:00:00Z') });
      const client = webClient(slack);
      await client.chat.postMessage({ channel: ANA.id, text: 'x', blocks: [{ type: 'divider' }] });
      await client.views.publish({ user_id: ANA.id, view: { type: 'home', blocks: [] } });
      return { ledger: slack.ledger, home: slack.home(ANA.id), messages: slack.messages(slack.dm(ANA.id)) };
    };
    expect(await run()).toEqual(await run());
  });
});
