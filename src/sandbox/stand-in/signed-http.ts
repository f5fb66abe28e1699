import { createHmac } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Ack, type Attempt, type Transport, timedOut } from './transport.ts';
import type { JsonObject } from './types.ts';
import { APP } from './workspace.ts';

export interface Addresses {
  request: string | undefined;
  /** Where external menus ask for their options. */
  options: string | undefined;
}

/** HTTP mode: everything is posted, signed as Slack signs (v0). */
export class SignedHttp implements Transport {
  readonly #addresses: () => Addresses;
  readonly #ackTimeoutMs: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(addresses: () => Addresses, ackTimeoutMs: number) {
    this.#addresses = addresses;
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  async deliver(attempt: Attempt): Promise<Ack> {
    const asksForOptions = attempt.body.type === 'block_suggestion';
    const url = this.#addresses()[asksForOptions ? 'options' : 'request'];
    if (url === undefined)
      return unreachable(asksForOptions ? 'no options load URL is set' : 'no request URL is set');
    const { type, body } = encoded(attempt);
    const signal = AbortSignal.timeout(this.#ackTimeoutMs);
    try {
      const response = await this.#post(url, body, headersFor(attempt, type, body), signal);
      return ackOf(response, await text(response));
    } catch (error) {
      if (signal.aborted) return timedOut(this.#ackTimeoutMs);
      return unreachable(`${url} could not be reached: ${String(error)}`);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(
    url: string,
    body: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method: 'POST', headers, signal, agent: this.#agent });
      outgoing.on('response', resolve).on('error', reject).end(body);
    });
  }
}

function unreachable(detail: string): Ack {
  return { ok: false, error: 'dispatch_failed', reason: 'connection_failed', detail };
}

function encoded({ kind, body }: Attempt): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(body) };
  const form =
    kind === 'interactive' ? { payload: JSON.stringify(body) } : (body as { [field: string]: string });
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

function headersFor({ retry }: Attempt, type: string, body: string): Record<string, string> {
  // The real time, whatever the stand-in's clock says: the app refuses what it finds older than 5 minutes.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', APP.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
    ...(retry && {
      'x-slack-retry-num': String(retry.num),
      'x-slack-retry-reason': retry.reason === 'timeout' ? 'http_timeout' : retry.reason,
    }),
  };
}

function ackOf(response: IncomingMessage, body: string): Ack {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    const final = response.headers['x-slack-no-retry'] === '1';
    const detail = `the app answered ${status}: ${body.slice(0, 200)}`;
    return { ok: false, error: 'dispatch_failed', reason: 'http_error', detail, final };
  }
  if (body === '') return { ok: true, payload: {} };
  if (!response.headers['content-type']?.includes('json')) return { ok: true, payload: body };
  return { ok: true, payload: JSON.parse(body) as JsonObject };
}
