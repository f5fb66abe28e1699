import { unusable } from '../db/connect/availability.ts';
import type { Grouping } from '../db/figures.ts';
import { Store } from '../db/store.ts';
import { listWorkspaces, readPlaybook, refuseOthers, saveWorkspace } from '../db/who/workspace.ts';
import type { Playbook } from '../domain/asking/playbook.ts';
import type { DealUpdate } from '../domain/cycle/deal-update.ts';
import { type FigureGroups, readFigures } from '../flow/digests/read-figures.ts';
import { importDeals } from '../flow/intake/import-deals.ts';
import { HolidayBook } from '../flow/people/holiday-book.ts';
import { importTeams } from '../flow/people/import-teams.ts';
import type { Flow, Log, Slack } from '../flow/ports.ts';
import { type PlanOfRep, showPlan } from '../flow/show/show-plan.ts';
import { publicHolidays } from '../holidays/public-holidays.ts';
import { UsageError, type WorkspaceOptions } from './io.ts';

/** What commands do in one workspace. */
export interface OpenWorkspace {
  workspaceId: string;
  /** IANA zone and ISO currency of the workspace. */
  timeZone: string;
  currency: string;
  importDeals(
    batches: AsyncIterable<DealUpdate[]>,
    historyAfterDays: number,
  ): Promise<{ accepted: number; duplicates: number }>;
  /** Returns how many reps got another manager. */
  importTeams(rows: { owner: string; manager: string }[]): Promise<number>;
  /** What each rep will be asked for the first time. */
  showPlan(): Promise<PlanOfRep[]>;
  readFigures(period: { from: Date; to: Date; by?: Grouping }): Promise<FigureGroups>;
  close(): Promise<void>;
}

/** What a desk needs of the environment. */
export interface WorkspaceEnv {
  databaseUrl?: string | undefined;
  databaseDirectUrl?: string | undefined;
  /** Undefined: in memory. */
  dataDir?: string | undefined;
  slackBotToken?: string | undefined;
  slackApiUrl?: string | undefined;
  /** What the environment sets for workspaces that set nothing themselves. */
  defaults: Playbook;
}

/**
 * Opens the store, and in it one workspace. Throws a UsageError, a DataDirInUseError (db/embedded.ts) or an
 * OtherWorkspaceError (db/workspace.ts).
 */
export async function openWorkspace(
  env: WorkspaceEnv,
  options: WorkspaceOptions,
  now: () => Date,
  log: Log,
): Promise<OpenWorkspace> {
  const workspaceId = options.workspaceId ?? (options.dryRun ? SOME_WORKSPACE : await workspaceOfToken(env));
  const { databaseUrl, databaseDirectUrl, dataDir } = options.dryRun ? IN_MEMORY : env;
  const store = await Store.open({
    ...{ databaseUrl, databaseDirectUrl, dataDir },
    onError: (err) => log.error({ err }, 'the queue is in trouble'),
    log: (message) => log.warn({}, message),
  }).catch((error: unknown) => {
    throw unusable(error);
  });
  try {
    if (options.begin) await store.read((tx) => refuseOthers(tx, workspaceId));
    return await workspaceIn(
      {
        ...{ store, slackOf: () => noSlack, now, log, defaults: env.defaults },
        holidayBook: new HolidayBook(publicHolidays, log),
      },
      { ...options, workspaceId },
    );
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A dry run has no other workspace beside it, and needs no Slack. */
const SOME_WORKSPACE = 'TDRYRUN';
const IN_MEMORY: Pick<WorkspaceEnv, 'databaseUrl' | 'databaseDirectUrl' | 'dataDir'> = {};

/** The desk of one workspace in an open store. Throws a UsageError when that must be known and is not. */
export async function workspaceIn(
  flow: Flow,
  options: { workspaceId: string; begin: boolean },
): Promise<OpenWorkspace> {
  const { workspaceId, begin } = options;
  await findWorkspace(flow.store, workspaceId, begin ? flow.now() : null);
  const playbook = await flow.store.read((tx) => readPlaybook(tx, workspaceId, flow.defaults));
  return deskOf(flow, workspaceId, playbook);
}

function deskOf(flow: Flow, workspaceId: string, { timeZone, currency }: Playbook): OpenWorkspace {
  return {
    workspaceId,
    timeZone,
    currency,
    importDeals: async (batches, historyAfterDays) =>
      await importDeals(flow, workspaceId, batches, { historyAfterDays }),
    importTeams: async (rows) => await importTeams(flow, workspaceId, rows),
    showPlan: async () => await showPlan(flow, workspaceId),
    readFigures: async (period) => await readFigures(flow, { workspaceId, timeZone, ...period }),
    close: async () => await flow.store.close(),
  };
}

/** A workspace that is begun here takes its name from Slack later. */
async function findWorkspace(store: Store, workspaceId: string, beginAt: Date | null): Promise<void> {
  await store.transaction(async (tx) => {
    const known = (await listWorkspaces(tx)).map(({ id }) => id);
    if (known.includes(workspaceId)) return;
    if (beginAt !== null) return await saveWorkspace(tx, workspaceId, workspaceId, beginAt);
    const others = known.length === 0 ? 'there is none yet' : `there is ${known.join(', ')}`;
    throw new UsageError(`the workspace ${workspaceId} is not known here; ${others}`);
  });
}

async function workspaceOfToken({ slackBotToken, slackApiUrl }: WorkspaceEnv): Promise<string> {
  if (slackBotToken === undefined) {
    throw new UsageError('say which workspace: pass --workspace T…, or set SLACK_BOT_TOKEN');
  }
  // Bolt takes half a second to load, which nobody waits for who names the workspace.
  const { webApi } = await import('@slack/bolt');
  const client = new webApi.WebClient(slackBotToken, {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    logLevel: webApi.LogLevel.ERROR,
  });
  const { team_id: teamId } = await client.auth.test().catch((cause: Error) => {
    throw new UsageError(
      `Slack does not say whose SLACK_BOT_TOKEN is (${cause.message}); --workspace T… needs no Slack`,
      { cause },
    );
  });
  if (teamId === undefined)
    throw new UsageError('Slack named no workspace for SLACK_BOT_TOKEN; pass --workspace T…');
  return teamId;
}

/** Commands write to the database only: what they set going, the running product brings to Slack. */
export const noSlack: Slack = {
  turn: unsent,
  openDm: unsent,
  sendBundle: unsent,
  findBundle: unsent,
  redrawBundle: unsent,
  publishHome: unsent,
  sendDigest: unsent,
  sendRefusedDigest: unsent,
  sendAdminSummary: unsent,
  sendNotice: unsent,
  sendHandOver: unsent,
  findHandOver: unsent,
  redrawHandOver: unsent,
  people: unsent,
  person: unsent,
  personByEmail: unsent,
};

function unsent(): Promise<never> {
  return Promise.reject(new Error('a command line tool has no Slack'));
}
