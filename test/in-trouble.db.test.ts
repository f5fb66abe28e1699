import { describe, expect, it } from 'vitest';
import { postSigned } from './support/slack-request.ts';
import { slackOf, somewhere, WholeProduct } from './support/whole-product.ts';

const JSON_BODY = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

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
    expect(await postSigned(slack, product.slackUrl, FORM, 'ssl_check=1')).toBe(200);
    await product.ready();
  });
});
