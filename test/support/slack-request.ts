import { createHmac } from 'node:crypto';

/** Posts anything, signed as Slack signs; returns the status. */
export async function postSigned(
  { signingSecret }: { signingSecret: string },
  url: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  when: Date = new Date(),
): Promise<number> {
  const at = String(Math.floor(when.getTime() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:`).update(body).digest('hex');
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${signature}`,
  };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}
