import { describe, expect, it } from 'vitest';
import { COMMAND } from '../src/slack/command/command.ts';
import { crowd } from './support/crowd.ts';
import { postSigned } from './support/slack-request.ts';
import { slackOf, somewhere, WholeProduct } from './support/whole-product.ts';

const REVOKED = 'The token was revoked: install the app again. Nothing is sent until then, and all is kept';
const JSON_BODY = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

describe('Slack', () => {
  it('asking for a pause gets it, and each rep is asked once when it is over', async () => {
    const slack = await slackOf();
    const product = await WholeProduct.start(slack, await somewhere());
    await product.ready();
    slack.fail({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 1, times: 2 });
    for (const rep of [1, 2, 3]) expect(await product.close(`D-${rep}`, rep)).toBe(202);
    await product.asked(1, 2, 3);
    expect(slack.calls('chat.postMessage').filter(({ failure }) => failure).length).toBeLessThanOrEqual(2);
    expect(product.asksOf(1)).toHaveLength(1);
  });

  it('refusing some reps keeps the question from nobody else, and is not asked again and again', async () => {
    const refusals = ['user_disabled', 'cannot_dm_bot', 'channel_not_found', 'user_not_found'];
    const slack = await slackOf({ users: crowd(refusals.length + 2) });
    const product = await WholeProduct.start(slack, await somewhere());
    await product.ready();
    const isTo = (user: string) => (args: { users?: unknown; channel?: unknown }) =>
      args.users === user || args.channel === user || args.channel === slack.dm(user);
    const refused = refusals.map((kind, index) => ({ kind, user: `U0REP${index + 1}` }));
    for (const { kind, user } of refused) {
      slack.fail({ method: /open|postMessage/, kind, times: 1_000, when: isTo(user) });
    }
    for (const rep of [1, 2, 3, 4, 5, 6]) expect(await product.close(`D-${rep}`, rep)).toBe(202);
    await product.asked(5, 6);
    await product.app.settled();
    for (const { kind, user } of refused) {
      const tries = slack.ledger.filter(({ args }) => isTo(user)(args)).length;
      expect([kind, tries]).toEqual([kind, expect.toSatisfy((count: number) => count > 0 && count < 5)]);
    }
  });

  it('cutting every socket loses neither a question on its way nor what is replied to it', async () => {
    const slack = await slackOf({ retryDelaysMs: Array.from({ length: 200 }, () => 100) });
    const product = await WholeProduct.start(slack, await somewhere(), 'socket');
    await product.ready();
    await slack.connected();
    expect(await product.close('D-1', 1)).toBe(202);
    slack.dropSockets();
    await product.asked(1);
    await product.app.settled();
    const [{ ts: threadTs } = { ts: '' }] = product.asksOf(1);
    await slack.say('U0REP1', slack.dm('U0REP1'), 'They want it', { threadTs });
    const thanks = () =>
      product.asksOf(1).filter(({ text }) => text.startsWith("I'll remember that about Account D-1."));
    await slack.until('thanks', () => thanks().length > 0);
    slack.repeatNextEvents(1, 3);
    await slack.say('U0REP1', slack.dm('U0REP1'), 'And more', { threadTs });
    await slack.until('an end of the repeats', () =>
      slack.deliveries.every(({ outcome }) => outcome !== 'pending'),
    );
    // An event is acknowledged once it is stored: the thanks may still be on their way.
    await slack.until('more thanks', () => thanks().length > 1);
    expect(thanks()).toHaveLength(2);
    expect(product.asksOf(1)).toHaveLength(5);
  });

  it('saying of a rep that they left lets their manager be asked with the next day’s questions', async () => {
    const slack = await slackOf();
    let days = 0;
    const now = () => new Date(Date.now() + days * 86_400_000);
    const product = await WholeProduct.start(slack, await somewhere(), 'http', now);
    await product.ready();
    await slack.command('U0REP1', slack.dm('U0REP1'), COMMAND, 'manager @rep2');
    slack.fail({
      method: 'chat.postMessage',
      kind: 'user_disabled',
      when: ({ channel }) => channel === 'U0REP1',
    });
    expect(await product.close('D-1', 1)).toBe(202);
    await product.app.settled();
    days = 1;
    await product.app.beat();
    await product.asked(2);
    expect(JSON.stringify(product.asksOf(2))).toContain('Account D-1');
  });

  it('knowing the token no more is told once; all is kept and asked when the token is good again', async () => {
    const slack = await slackOf();
    const place = await somewhere();
    const product = await WholeProduct.start(slack, place);
    await product.ready();
    // Matched before, or nobody would try to send anything.
    for (const rep of [1, 2]) await slack.command(`U0REP${rep}`, slack.dm(`U0REP${rep}`), COMMAND, '');
    slack.fail({ method: /^(?!auth)/, kind: 'token_revoked', times: 1_000 });
    for (const rep of [1, 2, 3]) expect(await product.close(`D-${rep}`, rep)).toBe(202);
    await product.app.settled();
    expect(product.told('error').filter((line) => line.includes('token'))).toEqual([REVOKED]);
    await product.ready(503);
    expect([1, 2, 3].flatMap((rep) => product.asksOf(rep))).toEqual([]);
    await product.app.stop();
    slack.clearFailures();
    const restarted = await WholeProduct.start(slack, place);
    await restarted.asked(1, 2, 3);
    await restarted.app.settled();
    for (const rep of [1, 2, 3]) expect(restarted.asksOf(rep)).toHaveLength(1);
  });

  it('removing the app is told once, and nothing is sent any more', async () => {
    const slack = await slackOf();
    const product = await WholeProduct.start(slack, await somewhere());
    await product.ready();
    await slack.uninstall();
    const before = slack.ledger.length;
    for (const rep of [1, 2, 3]) expect(await product.close(`D-${rep}`, rep)).toBe(202);
    await product.app.settled();
    expect(slack.ledger.slice(before).map(({ method }) => method)).toEqual([]);
    expect(product.told('error').filter((line) => line.includes('Nothing is sent'))).toEqual([REVOKED]);
  });
});

describe('a signed request', () => {
  it('that holds nothing Slack would send is refused, and the product lives', async () => {
    const slack = await slackOf();
    const product = await WholeProduct.start(slack, await somewhere());
    for (const [type, body] of [
      ...['null', '7', '"text"', '[]', '[null]', '', '{', 'true'].map((json) => [JSON_BODY, json]),
      ...['null', '7', '"text"', '[]', '', '{'].map((json) => [FORM, `payload=${json}`]),
      [FORM, 'ssl_check=1&payload=null'],
    ] as [string, string][]) {
      expect([body, await postSigned(slack, product.slackUrl, type, body)]).toEqual([body, 400]);
    }
    expect(await postSigned(slack, product.slackUrl, JSON_BODY, `{"a":"${'x'.repeat(5_000_000)}"}`)).toBe(
      413,
    );
    const noText = new Uint8Array([...Buffer.from('ssl_check=1&x='), 0xff]);
    expect(await postSigned(slack, product.slackUrl, FORM, noText)).toBe(400);
    expect(await postSigned(slack, product.slackUrl, FORM, 'ssl_check=1')).toBe(200);
    const ahead = new Date(Date.now() + 4_000_000);
    expect(await postSigned(slack, product.slackUrl, JSON_BODY, '{"type":"noise"}', ahead)).toBe(401);
    expect(await postSigned(slack, product.slackUrl, JSON_BODY, '{"type":"noise"}')).toBe(200);
    await product.ready();
  });
});
