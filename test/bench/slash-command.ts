import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { freePort } from '../support/product.ts';
import { WORKSPACE } from './world.ts';

/** Where the answers go that come after an acknowledgement; they are taken and forgotten. */
export async function answerAddress(): Promise<{ url: string; close(): void }> {
  const port = await freePort();
  const server = createServer((_, response) => response.end('ok')).listen(port, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}/answer`, close: () => void server.close() };
}

/** A slash command as Slack sends it, signed. */
export function slashCommand(signingSecret: string, responseUrl: string) {
  const body = new URLSearchParams({
    ...{ command: '/whatsnext', text: '', team_id: WORKSPACE, user_id: 'U0REP7', channel_id: 'C0BENCH' },
    ...{ api_app_id: 'A0BENCH', trigger_id: '1.2.3', response_url: responseUrl },
  }).toString();
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return {
    method: 'POST' as const,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  };
}
