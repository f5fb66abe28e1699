import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../../src/sandbox/page/wire.ts';
import { ANA, type PageWorld, SALES, startPageWorld } from './page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await startPageWorld();
});
afterAll(() => world.stop());

const at = (path: string) => new URL(path, world.url);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** fetch does not let a caller choose the Host header. */
function statusForHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(world.url, { headers: { host } }, (res) => resolve(res.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('the page’s server', () => {
  it('answers on this machine’s own names only', async () => {
    expect(await statusForHost('localhost:4000')).toBe(200);
    expect(await statusForHost('127.0.0.1')).toBe(200);
    expect(await statusForHost('evil.example')).toBe(403);
    expect(await statusForHost('127.0.0.1.evil.example')).toBe(403);
  });

  it('takes JSON by POST and nothing else', async () => {
    const form = await post('/api/read', 'user=U0ANA', { 'content-type': 'text/plain' });
    expect(form.status).toBe(415);
    expect((await fetch(at('/api/say'))).status).toBe(405);
    expect((await post('/', {})).status).toBe(405);
    expect((await post('/api/say', '{')).status).toBe(400);
    expect((await post('/api/say', `"${'x'.repeat(300_000)}"`)).status).toBe(413);
  });

  it('says where an input is wrong', async () => {
    const answer = await post('/api/say', { user: ANA, channel: SALES });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringContaining('text') });
  });

  it.each(['/page/..%2fpage-server.ts', '/page/../page-server.ts', '/modules/zod.mjs', '/package.json'])(
    'does not have %s',
    async (path) => expect((await fetch(at(path))).status).toBe(404),
  );

  it('serves every module the page asks for, without types, and lets no other script run', async () => {
    const page = await fetch(world.url);
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-[^']+';/);
    const script = await fetch(at('/page/wire.ts'));
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(await script.text()).not.toContain('interface');
    for (const name of ['preact', 'preact-hooks', 'htm', 'htm-preact']) {
      expect((await fetch(at(`/modules/${name}.mjs`))).status).toBe(200);
    }
  });

  it('shows a person their own desk and no conversation they are not in', async () => {
    const desk = (await (await fetch(at(`/api/desk?user=${ANA}&channel=D0ELSE`))).json()) as Desk;
    expect(desk.me).toBe(ANA);
    expect(desk.conversations.map((it) => it.name)).toEqual(["What's Next", 'sales']);
    expect(desk.messages).toBeUndefined();
    expect(desk.people.find((it) => it.id === ANA)?.role).toBe('rep');
  });

  it('passes the panel’s wishes on and returns the product’s answer as it came', async () => {
    const answer = await post('/api/crm/act', { dealId: 'D-404', act: 'win' });
    expect(await answer.json()).toEqual({ status: 404, body: { error: 'no such deal' } });
    expect(world.happened).toContain('win D-404');
  });

  it('tells every open page when something changes, and forgets pages that left', async () => {
    const leaving = new AbortController();
    const stream = await fetch(at('/api/changes'), { signal: leaving.signal });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    await post('/api/crm/clock', { to: 'hour' });
    while (!heard.includes('"crm"')) heard += (await reader.read()).value;
    leaving.abort();
    const said = await post('/api/say', { user: ANA, channel: SALES, text: 'still here' });
    expect(said.status).toBe(200);
  });
});
