import { createHmac, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DealsHookOptions, dealsHook, MAX_BODY_BYTES } from '../../../src/deals/hook/hook.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { startWebServer, type WebServer } from '../../../src/web/server.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { dealEvent } from './events.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const NOW = new Date('2026-11-23T12:00:00Z');

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function listening(options: Partial<DealsHookOptions> = {}, requestWithin = 5_000) {
  const stored: DealUpdate[] = [];
  const { log, lines } = recordingLog();
  const receive = async (updates: DealUpdate[]) => {
    stored.push(...updates);
    return { accepted: updates.length, duplicates: 0 };
  };
  const hook = dealsHook({ secrets: SECRET, receive, now: () => NOW, log, ...options });
  const server = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    routes: { '/hooks/deals': hook },
    checks: {},
    log,
    headersWithin: requestWithin,
    requestWithin,
  });
  servers.push(server);
  return { url: `http://127.0.0.1:${server.port}/hooks/deals`, port: server.port, stored, lines };
}

function signed(
  body: string,
  { secret = SECRET, at = new Date(), id = 'msg_1' } = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

async function post(url: string, body: string, headers = signed(body)) {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe('a signed request', () => {
  it('is answered 202 with the counts once its updates are stored', async () => {
    const { promise: disk, resolve } = Promise.withResolvers<{ accepted: number; duplicates: number }>();
    const receive = vi.fn(() => disk);
    const { url } = await listening({ receive });
    const answer = post(url, JSON.stringify([dealEvent(), dealEvent({}, { id: 'evt_2' })]));
    await expect.poll(() => receive.mock.calls.length).toBe(1);
    resolve({ accepted: 1, duplicates: 1 });
    expect(await answer).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 1 } });
  });

  it('may be signed with any of the secrets while one is replaced', async () => {
    const { url, stored } = await listening({ secrets: `${SECRET} ${OLD_SECRET}` });
    const body = JSON.stringify(dealEvent());
    for (const secret of [SECRET, OLD_SECRET]) {
      expect((await post(url, body, signed(body, { secret }))).status).toBe(202);
    }
    expect(stored).toHaveLength(2);
  });

  it('is checked over the very bytes that came', async () => {
    const { url } = await listening();
    const body = ` ${JSON.stringify(dealEvent({ name: 'Größe – ✓' }), null, 3)}\r\n`;
    expect((await post(url, body)).status).toBe(202);
    expect((await post(url, body.trim(), signed(body))).status).toBe(401);
  });

  it('may be as large as the limit', async () => {
    const { url, stored } = await listening();
    const body = JSON.stringify(dealEvent()).padEnd(MAX_BODY_BYTES);
    expect((await post(url, body)).status).toBe(202);
    expect(stored).toHaveLength(1);
  });
});

it('a body that is rightly signed but no UTF-8 is a 400 that says so', async () => {
  const { url, stored } = await listening();
  const body = Buffer.concat([Buffer.from(JSON.stringify(dealEvent())), Buffer.from([0xff, 0xfe])]);
  const at = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${at}.`).update(body).digest('base64');
  const headers = {
    ...{ 'content-type': 'application/json', 'webhook-id': 'msg_1' },
    ...{ 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` },
  };
  const answer = await fetch(url, { method: 'POST', body, headers });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ faults: [{ path: 'body', reason: 'must be JSON in UTF-8' }] });
  expect(stored).toEqual([]);
});

describe('an unsigned request', () => {
  const body = JSON.stringify(dealEvent());
  const { 'webhook-signature': _, ...unsigned } = signed(body);
  it.each([
    ['no signature', unsigned],
    ['no headers at all', { 'content-type': 'application/json' }],
    ['another secret', signed(body, { secret: OLD_SECRET })],
    ['another body', signed(`${body} `)],
    ['another id', { ...signed(body), 'webhook-id': 'msg_2' }],
    ['an old timestamp', signed(body, { at: minutes(-6) })],
    ['a timestamp ahead', signed(body, { at: minutes(6) })],
    [
      'a timestamp with more behind it',
      { ...signed(body), 'webhook-timestamp': `${signed(body)['webhook-timestamp']}x` },
    ],
    [
      'an old signature under a new timestamp',
      { ...signed(body, { at: minutes(-6) }), 'webhook-timestamp': signed(body)['webhook-timestamp'] ?? '' },
    ],
    ['a timestamp that is none', { ...signed(body), 'webhook-timestamp': 'yesterday' }],
    ['a signature of another version', { ...signed(body), 'webhook-signature': 'v2,AAAA' }],
    ['half a signature', { ...signed(body), 'webhook-signature': 'v1,' }],
    ['noise for a signature', { ...signed(body), 'webhook-signature': randomBytes(300).toString('hex') }],
  ])('with %s is a 401 that tells nothing more, and nothing is stored', async (_why, headers) => {
    const { url, stored } = await listening();
    const answer = await post(url, body, headers);
    expect(answer).toMatchObject({
      status: 401,
      body: { error: 'the signature is missing, wrong or too old' },
    });
    expect(stored).toEqual([]);
  });
});

describe('a request that is refused', () => {
  it.each([
    ['not JSON', '{"id":'],
    ['empty', ''],
    ['a BOM and nothing', '\ufeff'],
  ])('for a body that is %s names the body', async (_what, body) => {
    const { url } = await listening();
    const faults = [{ path: 'body', reason: 'must be JSON in UTF-8' }];
    expect(await post(url, body)).toMatchObject({ status: 400, body: { faults } });
  });

  it('for one fault stores nothing of the whole array', async () => {
    const { url, stored } = await listening();
    const body = JSON.stringify([dealEvent(), dealEvent({ status: 'perhaps' })]);
    expect(await post(url, body)).toMatchObject({
      status: 400,
      body: { faults: [{ path: 'events[1].deal.status', reason: 'must be one of open, won, lost' }] },
    });
    expect(stored).toEqual([]);
  });

  it('is a 413 one byte above the limit, said or not', async () => {
    const { url, stored } = await listening();
    const body = JSON.stringify(dealEvent()).padEnd(MAX_BODY_BYTES + 1);
    expect((await post(url, body)).status).toBe(413);
    const chunked = new ReadableStream({
      start(stream) {
        for (let at = 0; at < body.length; at += 65_536)
          stream.enqueue(Buffer.from(body.slice(at, at + 65_536)));
        stream.close();
      },
    });
    const request = { method: 'POST', body: chunked, headers: signed(body), duplex: 'half' } as const;
    expect((await fetch(url, request)).status).toBe(413);
    expect(stored).toEqual([]);
  });

  it.each([
    ['text/plain', {}],
    ['application/json; charset=iso-8859-1', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('is a 415 as %s', async (type, more) => {
    const { url } = await listening();
    const body = JSON.stringify(dealEvent());
    expect((await post(url, body, { ...signed(body), ...more, 'content-type': type })).status).toBe(415);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('is a 405 as %s, with what is allowed', async (method) => {
    const { url } = await listening();
    const response = await fetch(url, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('while the store is away', () => {
  it('the sender is told to come again, and not why', async () => {
    const receive = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7'));
    const { url, lines } = await listening({ receive });
    const answer = await post(url, JSON.stringify(dealEvent()));
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(answer.body)).not.toContain('ECONN');
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('a store that hangs is a 503 too, while the sender still waits', async () => {
    const { promise: never } = Promise.withResolvers<{ accepted: number; duplicates: number }>();
    const { url } = await listening({ receive: () => never });
    const body = JSON.stringify(dealEvent());
    const signal = AbortSignal.timeout(3_000);
    expect((await fetch(url, { method: 'POST', body, headers: signed(body), signal })).status).toBe(503);
  });
});

describe('a client that does not finish', () => {
  const body = JSON.stringify(dealEvent());

  function begin(port: number, part: string) {
    const socket = connect(port, '127.0.0.1');
    const headers = Object.entries({ ...signed(body), 'content-length': body.length });
    socket.write(
      `POST /hooks/deals HTTP/1.1\r\nhost: x\r\n${headers.map((it) => `${it.join(': ')}\r\n`).join('')}\r\n${part}`,
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise<string>((resolve) =>
      socket.on('error', () => undefined).on('close', () => resolve(answer)),
    );
    return { socket, closed };
  }

  it('is cut when its time is over, and nothing is stored', async () => {
    const { port, stored } = await listening({}, 150);
    const { socket, closed } = begin(port, body.slice(0, 50));
    const drip = setInterval(() => socket.write(' '), 20);
    const answer = await closed;
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408|^$/);
    expect(stored).toEqual([]);
  });

  it('or goes away in the middle leaves the server well, and nothing stored', async () => {
    const { url, port, stored, lines } = await listening();
    const { socket } = begin(port, body.slice(0, 50));
    socket.on('connect', () => socket.end());
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toMatchObject({ level: 'warn', data: { status: 400 } });
    expect(stored).toEqual([]);
    expect((await post(url, body)).status).toBe(202);
  });
});

describe('a secret', () => {
  it.each(['', '  ', 'whsec_', 'whsec_!!!', `${SECRET} whsec_?`])(
    'that is none is said at the start: %j',
    (secrets) => {
      const { log } = recordingLog();
      const receive = async () => ({ accepted: 0, duplicates: 0 });
      expect(() => dealsHook({ secrets, receive, now: () => NOW, log })).toThrow(/secret/);
    },
  );
});
