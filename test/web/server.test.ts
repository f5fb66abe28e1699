import { Agent, get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { PortTakenError, startWebServer, type WebOptions, type WebServer } from '../../src/web/server.ts';
import { recordingLog } from './recording-log.ts';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(0)));
});

async function serving(options: Partial<WebOptions> = {}) {
  const { log, lines } = recordingLog();
  const server = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    routes: {},
    checks: {},
    log,
    ...options,
  });
  servers.push(server);
  return { server, lines, url: (path: string) => `http://127.0.0.1:${server.port}${path}` };
}

async function read(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.text() };
}

describe('the routes', () => {
  it('lead to their handlers, whatever the query', async () => {
    const { url } = await serving({ routes: { '/hooks/deals': (_req, res) => void res.end('here') } });
    expect(await read(url('/hooks/deals?a=/b'))).toEqual({ status: 200, body: 'here' });
  });

  it('that are not there are a 404', async () => {
    const { url } = await serving({ routes: { '/slack/events': undefined } });
    for (const path of ['/slack/events', '/', '/constructor', '/__proto__', '//', '/hooks/deals/']) {
      expect((await read(url(path))).status, path).toBe(404);
    }
  });

  it('that throw are a 500 without details, a line in the log and no crash', async () => {
    const { url, lines } = await serving({
      routes: {
        '/now': () => {
          throw new Error('password=hunter2');
        },
        '/later': async () => {
          await Promise.resolve();
          throw new Error('password=hunter2');
        },
      },
    });
    for (const path of ['/now', '/later']) {
      const { status, body } = await read(url(path));
      expect(status).toBe(500);
      expect(body).not.toContain('hunter2');
    }
    expect(lines).toMatchObject([
      { level: 'error', data: { path: '/now', err: { message: 'password=hunter2' } } },
      { level: 'error', data: { path: '/later', err: { message: 'password=hunter2' } } },
    ]);
    expect((await read(url('/healthz'))).status).toBe(200);
  });

  it('that throw in the middle of an answer cut it, so that nobody takes half for the whole', async () => {
    const { url } = await serving({
      routes: {
        '/half': async (_req, res) => {
          res.writeHead(200, { 'content-length': 10 }).write('half');
          throw new Error('broken');
        },
      },
    });
    await expect(read(url('/half'))).rejects.toThrow();
  });
});

describe('health', () => {
  it('is told while the process lives', async () => {
    const { url } = await serving();
    expect((await read(url('/healthz'))).status).toBe(200);
    expect((await read(url('/healthz'), { method: 'HEAD' })).status).toBe(200);
    expect((await read(url('/healthz'), { method: 'POST' })).status).toBe(405);
  });

  it('is readiness when nothing is missing, and else names what is', async () => {
    const away = () => Promise.reject(new Error('no route to host'));
    const there = async () => undefined;
    const ready = await serving({ checks: { database: there, slack: there } });
    expect(await read(ready.url('/readyz'))).toEqual({ status: 200, body: '{"ready":true}\n' });
    const waiting = await serving({ checks: { database: there, slack: away } });
    expect(await read(waiting.url('/readyz'))).toEqual({
      status: 503,
      body: '{"ready":false,"missing":["slack"]}\n',
    });
  });

  it('does not wait for ever for a check that hangs', async () => {
    const { promise: never } = Promise.withResolvers<void>();
    const { url } = await serving({ checks: { database: () => never }, checksWithin: 20 });
    expect((await read(url('/readyz'))).status).toBe(503);
  });
});

describe('the server', () => {
  it('says that its port is taken', async () => {
    const { server } = await serving();
    const second = serving({ port: server.port });
    await expect(second).rejects.toThrow(PortTakenError);
    await expect(second).rejects.toThrow(
      `port ${server.port} is taken by another program; set PORT to another one`,
    );
  });

  it('answers what is under way before it closes, and takes nothing new', async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { server, url } = await serving({
      routes: {
        '/slow': async (_req, res) => {
          begin();
          await work;
          res.end('done');
        },
      },
    });
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<string>((resolve, reject) => {
      get(url('/slow'), { agent }, (res) => res.on('data', (chunk) => resolve(String(chunk)))).on(
        'error',
        reject,
      );
    });
    await begun;
    const closed = server.close();
    await expect(fetch(url('/healthz'))).rejects.toThrow();
    finish();
    expect(await answer).toBe('done');
    await closed;
    agent.destroy();
  });

  it('cuts what is still under way when its time is over', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { server, url } = await serving({ routes: { '/stuck': () => begin() } });
    const answer = expect(fetch(url('/stuck'))).rejects.toThrow();
    await begun;
    await server.close(10);
    await answer;
  });
});
