import { describe, expect, it } from 'vitest';
import type { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import { ANA, button, startSlack, webClient } from './stand-in-app.ts';

describe('a response_url', () => {
  it('replaces and deletes the message that was clicked', async () => {
    const slack = await startSlack();
    const { at, url } = await clickedMessage(slack);
    await post(url, { replace_original: true, text: 'answered', blocks: [] });
    expect(slack.messages(at.channel)).toMatchObject([{ ts: at.ts, text: 'answered' }]);
    await post(url, { delete_original: true });
    expect(slack.messages(at.channel)).toEqual([]);
  });

  it('works five times', async () => {
    const slack = await startSlack();
    const { at, url } = await clickedMessage(slack);
    const statuses: number[] = [];
    for (let use = 1; use <= 6; use += 1) statuses.push((await post(url, { text: `${use}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.messages(at.channel, ANA.id)).toHaveLength(6);
    expect(slack.calls('response_url').at(-1)?.failure).toBe('used_url');
  });

  it('works for half an hour', async () => {
    let now = Date.UTC(2026, 10, 23, 9);
    const slack = await startSlack({ clock: () => new Date(now) });
    const { url } = await clickedMessage(slack);
    now += 30 * 60_000 + 1;
    expect(await (await post(url, { text: 'late' })).json()).toEqual({ ok: false, error: 'expired_url' });
  });
});

/** A message that Ana clicked, and the response_url that came with it. */
async function clickedMessage(slack: SlackStandIn) {
  const { ts = '', channel = '' } = await webClient(slack).chat.postMessage({
    channel: ANA.id,
    text: 'x',
    blocks: [{ type: 'actions', elements: [button('open', '1')] }],
  });
  await slack.click(ANA.id, { channel, ts }, { actionId: 'open' });
  return { at: { channel, ts }, url: String(slack.deliveries.at(-1)?.body.response_url) };
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}
