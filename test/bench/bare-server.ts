import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/product.ts';

/** A bare server of this folder in a process of its own; ended when let go of. */
export interface BareServer extends AsyncDisposable {
  url: string;
  pid: number;
}

/** Starts `file` and waits until it says that it listens. Throws when it ends before that. */
export async function startBare(file: string, env: Record<string, string>): Promise<BareServer> {
  const port = await freePort();
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: { PATH, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
  if (first === null) throw new Error(`${file} ended with ${child.exitCode}`);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}
