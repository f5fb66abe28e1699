import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What load-main.ts is told to do. */
export interface LoadJob {
  url: string;
  connections: number;
  seconds: number;
  /** Requests a second; as many as it takes without it. */
  aSecond?: number;
  /** Each is sent once, one after the other; a single one is sent again and again. */
  requests: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }[];
}

export interface Load {
  requestsPerSecond: number;
  p99Ms: number;
  slowestMs: number;
  /** Answers other than 2xx, errors and time-outs. */
  refused: number;
  /** More were asked for than there are requests: what was measured is worth nothing. */
  ranDry: boolean;
}

/** Puts a server under load from a process of its own. Throws when anything but 2xx came back. */
export async function load(job: LoadJob): Promise<Load> {
  const child = fork(fileURLToPath(new URL('load-main.ts', import.meta.url)));
  const answered = once(child, 'message') as Promise<[Load]>;
  const ended = once(child, 'exit').then(() => null);
  child.send(job);
  const answer = await Promise.race([answered, ended]);
  if (answer === null) throw new Error('the load ended before it was through');
  await ended;
  const [result] = answer;
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
  if (result.ranDry) throw new Error('there were too few requests for that load');
  return result;
}
