import { setTimeout } from 'node:timers/promises';
import { isAway, unusable } from './db/connect/availability.ts';
import { throttleErrors } from './db/queue/throttle-errors.ts';
import { Store } from './db/store.ts';
import { listWorkspaces, refuseOthers, saveWorkspace } from './db/who/workspace.ts';
import { dealsHook } from './deals/hook/hook.ts';
import type { Env } from './env.ts';
import { resumeDeliveries } from './flow/asking/resume-deliveries.ts';
import { gatherDealUpdates } from './flow/intake/gather-deal-updates.ts';
import { HolidayBook } from './flow/people/holiday-book.ts';
import type { Flow, Log } from './flow/ports.ts';
import { publicHolidays } from './holidays/public-holidays.ts';
import { type Jobbing, startJobs } from './jobs/schedule.ts';
import { type SlackApp, slackApp } from './slack/app.ts';
import type { Identity } from './slack/connection/identity.ts';
import { digestMessage } from './slack/digest/digest.ts';
import { refusedDigestMessage } from './slack/digest/refused-digest.ts';
import { handOverMessage } from './slack/hand-over/message.ts';
import { homeView } from './slack/home/draw.ts';
import { adminSummaryMessage } from './slack/people/admin-summary.ts';
import { noticeMessage } from './slack/people/notice.ts';
import { drawBundle } from './slack/prompt/prompt.ts';
import { Pace } from './slack/send/pace.ts';
import { Sender } from './slack/send/sender.ts';
import { CALENDAR_PATH, calendarHandler, calendarLinks } from './web/calendar.ts';
import type { Checks } from './web/health.ts';
import { type Handler, startWebServer } from './web/server.ts';

export interface AppOptions {
  /** Without a `dataDir` the embedded database is kept in memory. */
  env: Omit<Env, 'dataDir'> & { slackBotToken: string; dataDir: string | undefined };
  /** The clock of everything that decides what is due. */
  now(): Date;
  log: Log;
  host?: string;
  /** Told of what comes too late to be thrown: the database cannot be used, or is another workspace's. */
  onFailed(error: unknown): void;
}

export interface RunningApp {
  port: number;
  /** Looks for what is due now, as the heartbeat does each minute. */
  beat(): Promise<void>;
  /** Resolves when no job is under way or due, so that whoever moves the clock can move it on. */
  settled(): Promise<void>;
  /** What the product stores, for those who only watch; null while the database is not there. */
  flow(): Flow | null;
  /** Finishes what is under way and lets go of everything. */
  stop(): Promise<void>;
}

/** What is there once the database is. */
interface Inner {
  flow: Flow;
  slack: SlackApp;
  /** Null while Slack has not said which workspace this is: nobody may be written to before. */
  jobs(): Promise<Jobbing | null>;
  receive: ReturnType<typeof gatherDealUpdates>;
  /** Whether Slack is known to take nothing that this token sends. */
  isSlackRefusing(): boolean;
  /** The workspace that the deal hook's updates belong to; null while Slack has not said which it is. */
  workspaceId(): string | null;
}

/** Waits between tries while the database is away, in ms; the last repeats. */
const OPEN_AGAIN_MS = [1_000, 2_000, 5_000, 10_000];
/** Between two looks at whether jobs are left, in ms. */
const LOOK_AGAIN_MS = 5;
/** How long a start waits for a database that is away before it goes on trying in the background. */
const OPEN_WITHIN_MS = 5_000;

/**
 * Composes the product and starts it. The http server answers at once; the database or Slack being away is a line in
 * the log and tried again. Throws when the port is taken, another process holds the data folder, or the database
 * cannot be used.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { env, log, host } = options;
  const hookOf = env.dealsWebhookSecret === undefined ? null : hookFor(options, env.dealsWebhookSecret);
  let inner: Inner | null = null;
  const web = await startWebServer({
    ...{ port: env.port, host, log },
    routes: {
      '/hooks/deals': hookOf?.(() => inner),
      '/slack/events': slackEvents(() => inner),
      [CALENDAR_PATH]: calendarFor(env, () => inner),
    },
    checks: checks(() => inner),
  });
  const ending = new AbortController();
  const opening = openInTheEnd(options, ending.signal).then((opened) => {
    inner = opened;
    return opened;
  });
  try {
    // An embedded database opens or is refused, however long that takes: only the other kind can be waited for.
    const enough = env.databaseUrl === undefined ? opening : pause(OPEN_WITHIN_MS, ending.signal);
    const opened = await Promise.race([opening, enough]);
    if (!opened)
      log.info({}, 'the database has not answered yet; until it does nothing is taken, and I go on trying');
  } catch (error) {
    await web.close();
    throw error;
  }
  opening.catch(options.onFailed);
  log.info(
    { port: web.port, database: env.databaseUrl === undefined ? 'embedded' : 'postgres' },
    "What's Next is running",
  );
  return {
    port: web.port,
    flow: () => inner?.flow ?? null,
    beat: async () => await (await inner?.jobs())?.beat(),
    settled: async () => {
      while (await inner?.flow.store.isBusy()) await setTimeout(LOOK_AGAIN_MS);
    },
    stop: async () => {
      ending.abort();
      await web.close();
      await closeInner(await opening.catch(() => null));
    },
  };
}

/** Opens everything behind the http server; goes on trying while PostgreSQL is away. Null when it is ended. */
async function openInTheEnd(options: AppOptions, signal: AbortSignal): Promise<Inner | null> {
  if (options.env.databaseUrl === undefined) return await openInner(options, signal);
  return await inTheEnd(() => openInner(options, signal), options.log, signal);
}

/** Does something on the database until it goes through, again while it is away; null when `signal` ends it. */
async function inTheEnd<T>(work: () => Promise<T>, log: Log, signal: AbortSignal): Promise<T | null> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw unusable(error);
      const wait = OPEN_AGAIN_MS[Math.min(failures, OPEN_AGAIN_MS.length - 1)] ?? 0;
      log.warn({ err: error, nextTryInMs: wait }, 'the database does not answer; trying again');
      await pause(wait, signal);
    }
  }
  return null;
}

/** Everything behind the http server, or nothing of it. */
async function openInner(options: AppOptions, signal: AbortSignal): Promise<Inner> {
  const { env, log } = options;
  const store = await Store.open({
    databaseUrl: env.databaseUrl,
    databaseDirectUrl: env.databaseDirectUrl,
    dataDir: env.dataDir,
    onError: throttleErrors((err, times) => log.error({ err, times }, 'a job or the queue failed')),
    log: (message) => log.warn({}, message),
  });
  try {
    return await startInner(options, store, signal);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startInner(options: AppOptions, store: Store, signal: AbortSignal): Promise<Inner> {
  const { env, log, now, onFailed } = options;
  const draw = {
    bundle: drawBundle,
    home: homeView,
    digest: digestMessage,
    refusedDigest: refusedDigestMessage,
    adminSummary: adminSummaryMessage,
    notice: noticeMessage,
    handOver: handOverMessage,
  };
  const pace = new Pace(env.slackRates);
  const sender = new Sender({ token: env.slackBotToken, apiUrl: env.slackApiUrl, draw, pace, log });
  const { defaults, admins } = env;
  const calendarLink =
    env.publicUrl === undefined ? undefined : calendarLinks(env.publicUrl, env.slackBotToken);
  const holidayBook = new HolidayBook(publicHolidays, log);
  const flow: Flow = {
    store,
    slackOf: () => sender,
    now,
    log,
    defaults,
    admins,
    calendarLink,
    holidayBook,
  };
  let workspaceId = await onlyWorkspace(store);
  let jobs: Promise<Jobbing | null> = Promise.resolve(null);
  let isTokenRefused = false;
  const begin = async ({ workspaceId: id, workspaceName, workspaceUrl }: Identity) => {
    await store.transaction(async (tx) => {
      await refuseOthers(tx, id);
      await saveWorkspace(tx, id, workspaceName, now(), workspaceUrl);
      await resumeDeliveries(flow, tx, id);
    });
    workspaceId = id;
    const begun = await startJobs(flow);
    void begun.beat();
    return begun;
  };
  const slack = slackApp({
    ...{ flow, log, botToken: env.slackBotToken, appToken: env.slackAppToken },
    ...{ signingSecret: env.slackSigningSecret, apiUrl: env.slackApiUrl, pace },
    onFailed,
    onRemoved: (error) => sender.awaitRepair(error),
    onRefused: () => {
      isTokenRefused = true;
    },
    onIdentified: (identity) => {
      isTokenRefused = false;
      jobs = inTheEnd(() => begin(identity), log, signal).catch((error: unknown) => {
        onFailed(error);
        return null;
      });
    },
  });
  await slack.start();
  return {
    ...{ flow, slack, jobs: () => jobs, receive: gatherDealUpdates(flow) },
    ...{ workspaceId: () => workspaceId, isSlackRefusing: () => isTokenRefused || sender.needsRepair },
  };
}

/** The workspace there is, where there is only one: it is known even while Slack is away. */
async function onlyWorkspace(store: Store): Promise<string | null> {
  const [first, ...others] = await store.read(listWorkspaces);
  return first !== undefined && others.length === 0 ? first.id : null;
}

async function closeInner(inner: Inner | null): Promise<void> {
  if (inner === null) return;
  await inner.slack.stop();
  await (await inner.jobs())?.stop();
  await inner.flow.store.close();
}

/** Links are signed with the bot's token: it is there, nobody else has it, and with it ends what it gave out. */
function calendarFor(
  { publicUrl, slackBotToken }: AppOptions['env'],
  inner: () => Inner | null,
): Handler | undefined {
  return publicUrl === undefined ? undefined : calendarHandler(slackBotToken, () => inner()?.flow ?? null);
}

function hookFor({ log, now }: AppOptions, secrets: string): (inner: () => Inner | null) => Handler {
  return (inner) =>
    dealsHook({
      ...{ secrets, now, log },
      receive: async (updates) => {
        const { receive, workspaceId } = inner() ?? {};
        const id = workspaceId?.() ?? null;
        if (receive === undefined || id === null)
          throw new Error('the database or Slack has not answered yet');
        return await receive(id, updates);
      },
    });
}

function slackEvents(inner: () => Inner | null): Handler {
  return async (req, res) => {
    const there = inner();
    if (there === null) res.writeHead(503, { 'retry-after': '5' }).end();
    else if (there.slack.requestListener === undefined) res.writeHead(404).end();
    else await there.slack.requestListener(req, res);
  };
}

function checks(inner: () => Inner | null): Checks {
  const there = () => {
    const opened = inner();
    if (opened === null) throw new Error('not there yet');
    return opened;
  };
  return {
    database: async () => await there().flow.store.checkWrites(),
    slack: async () => {
      const { workspaceId, isSlackRefusing } = there();
      if (workspaceId() === null) throw new Error('Slack has not said who we are');
      if (isSlackRefusing()) throw new Error('the token has to be repaired');
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
