import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type RunningApp, startApp } from '../src/app.ts';
import { lockFolder } from '../src/db/connect/folder-lock.ts';
import { readEnv } from '../src/env.ts';
import { SlackStandIn } from '../src/sandbox/stand-in/stand-in.ts';
import { signedRequest, wonEvent } from './support/crm.ts';
import { crowd } from './support/crowd.ts';
import { Line } from './support/line.ts';
import { neverFails } from './support/never-fails.ts';
import { PATIENT_SLACK } from './support/patience.ts';
import { DEALS_SECRET, freePort } from './support/product.ts';
import { scratchDatabase } from './support/scratch-database.ts';
import { recordingLog } from './web/recording-log.ts';

const server = inject('databaseUrl');
const afterwards: (() => PromiseLike<unknown>)[] = [];

afterEach(async () => {
  for (const clean of afterwards.splice(0).reverse()) await clean();
});

async function slackWithReps(team?: { id: string; name: string }): Promise<SlackStandIn> {
  const slack = new SlackStandIn({ users: crowd(3), ...PATIENT_SLACK, ...(team && { team }) });
  await slack.start();
  afterwards.push(() => slack.stop());
  return slack;
}

async function start(
  slack: SlackStandIn,
  place: Record<string, string>,
  onFailed: (error: unknown) => void = neverFails,
  log = recordingLog().log,
): Promise<RunningApp> {
  const env = readEnv({
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret },
    ...{ SLACK_API_URL: slack.apiUrl, PORT: '0', DEALS_WEBHOOK_SECRET: DEALS_SECRET },
    ...{ DEFAULT_WORKING_HOURS: '00:00-24:00', DEFAULT_WORKING_DAYS: '1-7', ...place },
  });
  const app = await startApp({
    ...{ env: { ...env, slackBotToken: slack.botToken }, log },
    ...{ now: () => new Date(), host: '127.0.0.1', onFailed },
  });
  afterwards.push(() => app.stop());
  return app;
}

async function close(app: RunningApp, id: string, rep: number): Promise<number> {
  const owner = { email: `rep${rep}@example.com` };
  const event = wonEvent({ id, account: `Account ${id}`, owner, wonAt: new Date() });
  const request = signedRequest(DEALS_SECRET, `msg_${id}`, event);
  return (await fetch(`http://127.0.0.1:${app.port}/hooks/deals`, request)).status;
}

async function closesAsked(slack: SlackStandIn, count: number): Promise<void> {
  await slack.until(`${count} closes asked about`, () => slack.calls('chat.postMessage').length === count);
}

async function ready(app: RunningApp, status: number): Promise<void> {
  const probe = async () => (await fetch(`http://127.0.0.1:${app.port}/readyz`)).status;
  await expect.poll(probe).toBe(status);
}

/** Where a product can start more than once. */
async function keptPlace(): Promise<Record<string, string>> {
  if (server !== null) {
    const database = await scratchDatabase(server);
    afterwards.push(() => database[Symbol.asyncDispose]());
    return { DATABASE_URL: database.url };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'wn-kept-'));
  afterwards.push(() => rm(dataDir, { recursive: true }));
  return { DATA_DIR: dataDir };
}

it('with the token of another workspace ends: its people would get what is none of theirs', async () => {
  const place = await keptPlace();
  const mine = await slackWithReps({ id: 'T0MINE', name: 'Mine' });
  const app = await start(mine, place);
  await ready(app, 200);
  expect(await close(app, 'one', 1)).toBe(202);
  await closesAsked(mine, 1);
  await afterwards.pop()?.();
  const other = await slackWithReps({ id: 'T0OTHER', name: 'Other' });
  const failed = Promise.withResolvers<unknown>();
  const mistaken = await start(other, place, failed.resolve);
  await close(mistaken, 'two', 2);
  expect(await failed.promise).toMatchObject({
    message: 'the database is that of Mine (T0MINE); T0OTHER needs a DATABASE_URL or DATA_DIR of its own',
  });
  await mistaken.beat();
  expect(other.calls('chat.postMessage')).toEqual([]);
});

const describeEmbedded = server === null ? describe : null;
const describePostgres = server === null ? null : describe;

// Each database has starts of its own.
describeEmbedded?.('a start on a data folder', () => {
  it('that another holds says so', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'wn-held-'));
    const unlock = await lockFolder(dataDir, { onLost: () => undefined });
    try {
      const starting = start(await slackWithReps(), { DATA_DIR: dataDir });
      await expect(starting).rejects.toThrow(`the data folder ${dataDir} is held by a running What's Next`);
    } finally {
      await unlock();
      await rm(dataDir, { recursive: true });
    }
  });
});

describePostgres?.('with PostgreSQL', () => {
  async function behindLine(): Promise<{ line: Line; url: string }> {
    const database = await scratchDatabase(server ?? '');
    afterwards.push(() => database[Symbol.asyncDispose]());
    const url = new URL(database.url);
    const line = new Line(await freePort(), new URL(database.url));
    afterwards.push(() => line.cut());
    url.host = `127.0.0.1:${line.port}`;
    return { line, url: url.href };
  }

  it('that has no such database ends the start in one line, however late it comes', async () => {
    const slack = await slackWithReps();
    const { line, url } = await behindLine();
    const missing = Object.assign(new URL(url), { pathname: '/no_such_database' }).href;
    const failed = Promise.withResolvers<unknown>();
    await start(slack, { DATABASE_URL: missing }, failed.resolve);
    await line.mend();
    const why = 'the database cannot be used: database "no_such_database" does not exist';
    expect(await failed.promise).toMatchObject({ message: why });
    await expect(start(slack, { DATABASE_URL: missing })).rejects.toThrow(why);
  });

  it('that somebody else has filled ends the start: a migration that fails would fail for ever', async () => {
    await using database = await scratchDatabase(server ?? '');
    const client = postgres(database.url, { max: 1 });
    await client`create table accounts (id int)`;
    await client.end();
    const starting = start(await slackWithReps(), { DATABASE_URL: database.url });
    await expect(starting).rejects.toThrow('the database cannot be used: relation "accounts" already exists');
  });

  it('away at the start, closes are asked about once it has come', async () => {
    const slack = await slackWithReps();
    const { line, url } = await behindLine();
    const { log, lines } = recordingLog();
    const app = await start(slack, { DATABASE_URL: url }, neverFails, log);
    expect(lines.at(-2)?.message).toMatch(/^the database has not answered yet/);
    expect(await close(app, 'early', 1)).toBe(503);
    await line.mend();
    await ready(app, 200);
    expect(await close(app, 'late', 1)).toBe(202);
    await closesAsked(slack, 1);
  });

  it('going away in the midst of things, what was taken is asked about and nothing is taken meanwhile', async () => {
    const slack = await slackWithReps();
    const { line, url } = await behindLine();
    await line.mend();
    const app = await start(slack, { DATABASE_URL: url });
    await ready(app, 200);
    expect(await close(app, 'one', 1)).toBe(202);
    await line.cut();
    await ready(app, 503);
    expect(await close(app, 'two', 2)).toBe(503);
    await line.mend();
    await ready(app, 200);
    expect(await close(app, 'two', 2)).toBe(202);
    await closesAsked(slack, 2);
  });
});
