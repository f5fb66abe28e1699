import { expect, inject, onTestFinished } from 'vitest';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readEnv } from '../../src/env.ts';
import { SlackStandIn, type StandInOptions } from '../../src/sandbox/stand-in/stand-in.ts';
import { type LogLine, recordingLog } from '../web/recording-log.ts';
import { signedRequest, wonEvent } from './crm.ts';
import { crowd } from './crowd.ts';
import { neverFails } from './never-fails.ts';
import { DEALS_SECRET } from './product.ts';
import { scratchDatabase } from './scratch-database.ts';

/** Where a product keeps everything: several starts on one place are one product that was started again. */
export type Place = { databaseUrl: string } | { dataDir: string | undefined };

/** A Slack of three reps, stopped when the test ends. */
export async function slackOf(options: StandInOptions = {}): Promise<SlackStandIn> {
  const slack = new SlackStandIn({ users: crowd(3), ...options });
  await slack.start();
  onTestFinished(() => slack.stop());
  return slack;
}

/** A new database of the kind that the tests run on, gone when the test ends. */
export async function somewhere(): Promise<Place> {
  const server = inject('databaseUrl');
  if (server === null) return { dataDir: undefined };
  const database = await scratchDatabase(server);
  onTestFinished(() => database[Symbol.asyncDispose]());
  return { databaseUrl: database.url };
}

/** The product as main.ts composes it, in this process, told of closes by a signed hook. */
export class WholeProduct {
  readonly app: RunningApp;
  readonly lines: readonly LogLine[];

  private constructor(app: RunningApp, lines: readonly LogLine[]) {
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
    onTestFinished(() => app.stop());
    const product = new WholeProduct(app, lines);
    if (way === 'http') slack.requestUrl = product.slackUrl;
    return product;
  }

  get slackUrl(): string {
    return `http://127.0.0.1:${this.app.port}/slack/events`;
  }

  /** Tells of a close of rep 1, 2…; returns the status. */
  async close(id: string, rep: number): Promise<number> {
    const owner = { email: `rep${rep}@example.com` };
    const event = wonEvent({ id, account: `Account ${id}`, owner, wonAt: new Date() });
    const request = signedRequest(DEALS_SECRET, `msg_${id}`, event);
    return (await fetch(`http://127.0.0.1:${this.app.port}/hooks/deals`, request)).status;
  }

  /** Resolves when /readyz answers with `status`. */
  async ready(status = 200): Promise<void> {
    const probe = async () => (await fetch(`http://127.0.0.1:${this.app.port}/readyz`)).status;
    await expect.poll(probe, { timeout: 20_000 }).toBe(status);
  }

  said(message: string | RegExp): LogLine[] {
    return this.lines.filter((line) => line.message.search(message) >= 0);
  }
}
