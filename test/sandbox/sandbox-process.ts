/** The sandbox as a newcomer starts it: a process of its own, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnv } from '../support/child-env.ts';
import { MONDAY } from '../support/office.ts';

const root = join(import.meta.dirname, '../..');

export interface SandboxProcess {
  url: string;
  /** All that it printed besides its address. */
  noise: string[];
  stop(): Promise<void>;
}

/**
 * Starts the sandbox on a Monday morning, whatever day it is, or when told; resolves once it says where it is. Throws, with all that
 * it printed, when it ends before.
 */
export async function startSandbox(port = 0, start: string = MONDAY): Promise<SandboxProcess> {
  const child = spawn(
    process.execPath,
    ['--import', './src/boot.mjs', 'src/sandbox/main.ts', '--start', start],
    {
      cwd: root,
      env: { ...childEnv(), PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const noise: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the sandbox ended with ${code}:\n${noise.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        const address = /http:\/\/localhost:\d+/.exec(line)?.[0];
        if (address === undefined) noise.push(line);
        else resolve(address);
      });
    }
  });
  return { url, noise, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners('close');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
