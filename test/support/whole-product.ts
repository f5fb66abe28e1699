import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readEnv } from '../../src/env.ts';
import {
  SlackStandIn,
  type StandInMessage,
  type StandInOptions,
} from '../../src/sandbox/stand-in/stand-in.ts';
import { type LogLine, recordingLog } from '../web/recording-log.ts';
import { signedRequest, wonEvent } from './crm.ts';
import { crowd } from './crowd.ts';
import { neverFails } from './never-fails.ts';
import { PATIENCE_MS, PATIENT_SLACK } from './patience.ts';
import { DEALS_SECRET } from './product.ts';
import { scratchDatabase } from './scratch-database.ts';

/** Where a product keeps everything: several starts on one place are one product that was started again. */
export type Place =
  | { databaseUrl: string; databaseDirectUrl?: string | undefined }
  | { dataDir: string | undefined };

/** A Slack of three reps, stopped when the test ends. */
export async function slackOf(options: StandInOptions = {}): Promise<SlackStandIn> {
  const slack = new SlackStandIn({ users: crowd(3), ...PATIENT_SLACK, ...options });
  await slack.start();
  onTestFinished(() => slack.stop());
  return slack;
}

/** A new database of the kind that the tests run on, gone when the test ends. */
export async function somewhere(): Promise<Place> {
  const server = inject('databaseUrl');
  if (server === null) {
    const dataDir = await mkdtemp(join(tmpdir(), 'wn-whole-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    return { dataDir };
  }
  const database = await scratchDatabase(server);
  onTestFinished(() => database[Symbol.asyncDispose]());
  return { databaseUrl: database.url };
}

/** The product as main.ts composes it, in this process, told of closes by a signed hook. */
export class WholeProduct {
  readonly app: RunningApp;
  readonly lines: readonly LogLine[];

  readonly #slack: SlackStandIn;

  private constructor(slack: SlackStandIn, app: RunningApp, lines: readonly LogLine[]) {
    this.#slack = slack;
    this.app = app;
    this.lines = lines;
  }

  /** Working hours never end here. It is stopped when the test ends. */
  static async start(
    slack: SlackStandIn,
    place: Place,
    way: 'http' | 'socket' = 'http',
    now: () => Date = () => new Date(),
  ): Promise<WholeProduct> {
    const env = readEnv({
      ...(way === 'http'
        ? { SLACK_SIGNING_SECRET: slack.signingSecret }
        : { SLACK_APP_TOKEN: slack.appToken }),
      ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl, PORT: '0' },
      ...{ DEALS_WEBHOOK_SECRET: DEALS_SECRET, DEFAULT_WORKING_HOURS: '00:00-24:00' },
      ...{ DEFAULT_WORKING_DAYS: '1-7' },
    });
    const { log, lines } = recordingLog();
    const app = await startApp({
      env: { ...env, slackBotToken: slack.botToken, dataDir: undefined, ...place },
      ...{ log, now, host: '127.0.0.1', onFailed: neverFails },
    });
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= app.stop());
    onTestFinished(stop);
    const product = new WholeProduct(slack, { ...app, stop }, lines);
    if (way === 'http') slack.requestUrl = product.slackUrl;
    return product;
  }

  get slackUrl(): string {
    return `http://127.0.0.1:${this.app.port}/slack/events`;
  }

  /**
   * Tells of a close of rep 1, 2…; returns the status. As a CRM does, it tells it again when it is asked to: on a
   * machine that is busy with other things, storing may take longer than the hook waits.
   */
  async close(id: string, rep: number): Promise<number> {
    const owner = { email: `rep${rep}@example.com` };
    const event = wonEvent({ id, account: `Account ${id}`, owner, wonAt: new Date() });
    const request = signedRequest(DEALS_SECRET, `msg_${id}`, event);
    const tell = async () => (await fetch(`http://127.0.0.1:${this.app.port}/hooks/deals`, request)).status;
    let status = await tell();
    for (const until = Date.now() + PATIENCE_MS; status === 503 && Date.now() < until; )
      status = await tell();
    return status;
  }

  /** Resolves when /readyz answers with `status`. */
  async ready(status = 200): Promise<void> {
    const probe = async () => (await fetch(`http://127.0.0.1:${this.app.port}/readyz`)).status;
    await expect.poll(probe).toBe(status);
  }

  /** Resolves when each of the reps was asked something; told by Slack, not by us. */
  async asked(...reps: number[]): Promise<void> {
    const missing = () => reps.filter((rep) => this.asksOf(rep).length === 0);
    await this.#slack.until(`reps ${reps} to be asked`, () => missing().length === 0);
  }

  asksOf(rep: number): StandInMessage[] {
    return this.#slack.messages(this.#slack.dm(`U0REP${rep}`));
  }

  /** What was said at `level`. */
  told(level: LogLine['level']): string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message);
  }

  said(message: string | RegExp): LogLine[] {
    return this.lines.filter((line) => line.message.search(message) >= 0);
  }
}
