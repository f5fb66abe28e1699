import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Slack } from '../../src/sandbox/stand-in/slack.ts';
import { childEnv } from './child-env.ts';
import { pause } from './pause.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** As the start script has it: see docs/performance.md. */
const YOUNG = '--max-semi-space-size=4';
const READY_WITHIN_MS = 600_000;
const LAST_LINES = 40;

export const DEALS_SECRET = `whsec_${Buffer.from('a secret that only tests know!!!').toString('base64')}`;

export interface ProductOptions {
  slack: Slack;
  port: number;
  /** DATABASE_URL or DATA_DIR, and what else is to be set. */
  env: Record<string, string>;
  /** Over signed HTTP instead of Socket Mode. */
  http?: boolean;
}

/** The product in a process of its own, started as `npm start` starts it. */
export class Product {
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #said: string[] = [];
  readonly #ended: Promise<unknown>;

  private constructor({ slack, port, env, http = false }: ProductOptions) {
    const way = http ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
    this.#url = `http://127.0.0.1:${port}`;
    this.#child = spawn(process.execPath, [YOUNG, '--import', './src/boot.mjs', 'src/main.ts'], {
      cwd: ROOT,
      env: {
        ...{ ...childEnv(), PORT: String(port), LOG_LEVEL: 'warn', DEALS_WEBHOOK_SECRET: DEALS_SECRET },
        ...{ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, ...way, ...env },
      },
    });
    this.#ended = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said.push(...text.trimEnd().split('\n'));
        this.#said.splice(0, this.#said.length - LAST_LINES);
      });
    }
  }

  /** Starts the process; it may not answer yet. */
  static start(options: ProductOptions): Product {
    return new Product(options);
  }

  get hookUrl(): string {
    return `${this.#url}/hooks/deals`;
  }

  get slackUrl(): string {
    return `${this.#url}/slack/events`;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when /readyz answers 200. Throws with its last words when the process ends, or takes ten minutes. */
  async ready(): Promise<void> {
    const isReady = await becomesReady(this.#url, () => this.#child.exitCode === null);
    if (!isReady) throw new Error(`the product did not become ready:\n${this.lastWords()}`);
  }

  /** The exit code, once the process has ended; null when a signal ended it. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** What it wrote last, to tell why something went wrong. */
  lastWords(): string {
    return this.#said.join('\n');
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ends it as a supervisor would. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}

/** Asks /readyz until it answers 200; false when it has not within ten minutes, or when the product is no longer alive. */
export async function becomesReady(url: string, isAlive: () => boolean = () => true): Promise<boolean> {
  const since = performance.now();
  while (isAlive() && performance.now() - since < READY_WITHIN_MS) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return true;
    await pause(10);
  }
  return false;
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
