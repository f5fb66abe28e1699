import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SlackStandIn } from '../src/sandbox/stand-in/stand-in.ts';
import { slackOf, somewhere, WholeProduct } from './support/whole-product.ts';

const JSON_BODY = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

async function post({ signingSecret }: SlackStandIn, url: string, type: string, body: string) {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

describe('a signed request', () => {
  it('that holds nothing Slack would send is refused, and the product lives', async () => {
    const slack = await slackOf();
    const product = await WholeProduct.start(slack, await somewhere());
    for (const [type, body] of [
      ...['null', '7', '"text"', '[]', '[null]', '', '{', 'true'].map((json) => [JSON_BODY, json]),
      ...['null', '7', '"text"', '[]', '', '{'].map((json) => [FORM, `payload=${json}`]),
      [FORM, 'ssl_check=1&payload=null'],
    ] as [string, string][]) {
      expect([body, await post(slack, product.slackUrl, type, body)]).toEqual([body, 400]);
    }
    expect(await post(slack, product.slackUrl, JSON_BODY, `{"a":"${'x'.repeat(5_000_000)}"}`)).toBe(413);
    expect(await post(slack, product.slackUrl, FORM, 'ssl_check=1')).toBe(200);
    await expect.poll(() => product.readiness()).toBe(200);
  });
});
