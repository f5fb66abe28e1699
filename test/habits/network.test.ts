import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';

it('lets a test reach its own machine', async () => {
  const server = createServer((_, res) => res.end('here')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;

  const answer = await fetch(`http://localhost:${port}`);

  expect(await answer.text()).toBe('here');
});

it.each(['http://192.0.2.1/', 'https://slack.com/api/'])('lets no test reach %s', async (url) => {
  await expect(fetch(url)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('no network but loopback') },
  });
  const { hostname: host } = new URL(url);
  expect(() => connect(443, host)).toThrow('no network but loopback');
  expect(() => connect({ port: 443, host })).toThrow('no network but loopback');
});
