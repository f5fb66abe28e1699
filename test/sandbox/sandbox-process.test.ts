import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox } from './sandbox-process.ts';

const neighbour = createServer();
beforeAll(async () => {
  await new Promise<void>((resolve) => neighbour.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => neighbour.close(resolve)));

it('says in one line that its port is taken, and ends', async () => {
  const { port } = neighbour.address() as AddressInfo;
  await expect(startSandbox(port)).rejects.toThrow(
    new Error(
      `the sandbox ended with 1:\nThe sandbox cannot start: port ${port} is taken by another program; set PORT to another one`,
    ),
  );
});
