import { readEnv } from '../env.ts';
import type { Log } from '../flow/ports.ts';
import type { Io } from './io.ts';
import { openWorkspace } from './open-workspace.ts';

/** The terminal that a command was started from. The environment is read once a command needs it: not for --help. */
export function terminal(): Io {
  const now = () => new Date();
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    now,
    openWorkspace: async (options) =>
      await openWorkspace(readEnv(), options, now, terminalLog(process.stderr)),
  };
}

/** Only what a person at a terminal has to know. */
function terminalLog(stderr: NodeJS.WritableStream): Log {
  const tell = (data: object, message: string) => {
    const { err } = data as { err?: unknown };
    stderr.write(`${message}${err instanceof Error ? `: ${err.message}` : ''}\n`);
  };
  return { debug: () => undefined, info: () => undefined, warn: tell, error: tell };
}
