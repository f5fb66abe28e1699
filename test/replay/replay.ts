import { inspect } from 'node:util';
import { type RunningApp, startApp } from '../../src/app.ts';
import { ASKING, calendarOf, DEFAULT_PLAYBOOK, type Playbook } from '../../src/domain/asking/playbook.ts';
import { isWorkingTime } from '../../src/domain/asking/workday.ts';
import type { Log } from '../../src/flow/ports.ts';
import { SlackStandIn } from '../../src/sandbox/stand-in/stand-in.ts';
import type { StandInUser } from '../../src/sandbox/stand-in/types.ts';
import { type Ask, asksIn } from '../support/asks.ts';
import { signedRequest, wonEvent } from '../support/crm.ts';
import { neverFails } from '../support/never-fails.ts';
import { becomesReady, DEALS_SECRET } from '../support/product.ts';
import { TestClock } from '../support/test-clock.ts';
import type { Close } from './pipeline.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const COPIES = 3;
const ZONES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles'] as const;
/** A close on the eve of a long weekend is asked about after it. */
const RUN_ON_MS = 4 * 24 * HOUR_MS;

/** Nobody answers in a replay: so that each close is asked about once, asking again is put off beyond the month. */
const PLAYBOOK: Playbook = {
  ...DEFAULT_PLAYBOOK,
  asking: {
    ...ASKING,
    promise: { ...ASKING.promise, again: [250] },
    verify: { ...ASKING.verify, first: 250, again: [250] },
  },
};

export interface ReplayOptions {
  /** Minutes by which the clock steps. */
  step: number;
  chance(): number;
  /** PostgreSQL; the embedded database, in memory, without it. */
  databaseUrl?: string | undefined;
  onProgress?(now: Date): void;
}

export interface Replayed {
  people: StandInUser[];
  /** The DM of each person, by the person's id. */
  dms: Map<string, string>;
  asks: Ask[];
  requests: number;
  /** What the product complained about. */
  errors: string[];
}

interface Arrival {
  at: Date;
  close: Close;
  copy: number;
}

/**
 * Tells the product of each close three times, late and in any order, through its signed hook, while its clock steps
 * through the time in which they happened; returns what reached Slack.
 */
export async function replay(closes: readonly Close[], options: ReplayOptions): Promise<Replayed> {
  const arrivals = arrivalsOf(closes, options.chance);
  const times = closes.map(({ wonAt }) => wonAt.getTime());
  const clock = new TestClock(new Date(Math.min(...times)));
  const people = peopleOf(closes);
  const slack = new SlackStandIn({ clock: clock.now, users: people });
  await slack.start();
  const errors: string[] = [];
  const app = await startProduct(slack, clock, errors, options.databaseUrl);
  try {
    if (!(await becomesReady(`http://127.0.0.1:${app.port}`))) throw new Error(errors.join('\n'));
    for (const at of ticks(arrivals, Math.max(...times) + RUN_ON_MS, people, options.step)) {
      clock.moveTo(at);
      while (arrivals[0] !== undefined && arrivals[0].at <= at) {
        const now = arrivals.splice(
          0,
          Math.max(
            1,
            arrivals.findIndex((arrival) => arrival.at > at),
          ),
        );
        await Promise.all(now.map((arrival) => tell(app, arrival)));
      }
      await app.settled();
      await app.beat();
      await app.settled();
      options.onProgress?.(at);
    }
  } finally {
    await app.stop();
    await slack.stop();
  }
  const dms = new Map(people.map(({ id }) => [id, slack.dm(id)]));
  return { people, dms, asks: asksIn(slack.ledger), requests: closes.length * COPIES, errors };
}

function arrivalsOf(closes: readonly Close[], chance: () => number): Arrival[] {
  const late = (copy: number) => Math.floor(chance() * (copy === 0 ? 10 * MINUTE_MS : 48 * HOUR_MS));
  return closes
    .flatMap((close) =>
      Array.from({ length: COPIES }, (_, copy) => {
        return { at: new Date(close.wonAt.getTime() + late(copy)), close, copy };
      }),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function peopleOf(closes: readonly Close[]): StandInUser[] {
  const names = [...new Set(closes.map(({ owner }) => owner.name))].sort();
  return names.map((realName, index) => {
    const name = realName.toLowerCase().replace(/\W+/g, '.');
    return { id: `U0AGENT${index + 1}`, name, realName, tz: ZONES[index % ZONES.length] ?? ZONES[0] };
  });
}

/** Instants to stop at: all steps at which something arrives or somebody works. */
function* ticks(arrivals: readonly Arrival[], until: number, people: readonly StandInUser[], step: number) {
  const stepMs = step * MINUTE_MS;
  const ceiling = (at: Date) => Math.ceil(at.getTime() / stepMs) * stepMs;
  const busy = new Set(arrivals.map(({ at }) => ceiling(at)));
  const [first] = arrivals;
  if (first === undefined) return;
  for (let at = ceiling(first.at); at <= until; at += stepMs) {
    if (busy.has(at) || people.some((person) => isAtWork(person, new Date(at)))) yield new Date(at);
  }
}

/** Whether the clock on the person's wall shows working time. */
export function isAtWork({ tz }: StandInUser, at: Date): boolean {
  return isWorkingTime(calendarOf(PLAYBOOK, { timeZone: tz, promptAt: null }), at);
}

async function startProduct(
  slack: SlackStandIn,
  clock: TestClock,
  errors: string[],
  databaseUrl: string | undefined,
): Promise<RunningApp> {
  const silent = () => undefined;
  const log: Log = {
    ...{ debug: silent, info: silent, warn: silent },
    error: (data, message) => errors.push(`${message} ${inspect(data)}`),
  };
  const tokens = { slackBotToken: slack.botToken, slackAppToken: slack.appToken, slackApiUrl: slack.apiUrl };
  return await startApp({
    env: {
      ...{
        ...tokens,
        slackSigningSecret: undefined,
        databaseUrl,
        dataDir: undefined,
        port: 0,
        publicUrl: undefined,
      },
      databaseDirectUrl: undefined,
      ...{ dealsWebhookSecret: DEALS_SECRET, defaults: PLAYBOOK, logLevel: 'error' },
      // Days go by in seconds here.
      admins: [],
      slackRates: { 'chat.postMessage': 60_000, 'chat.update': 60_000, 'conversations.history': 60_000 },
    },
    ...{ now: clock.now, log, host: '127.0.0.1', onFailed: neverFails },
  });
}

async function tell({ port }: RunningApp, { close, copy }: Arrival): Promise<void> {
  const request = signedRequest(DEALS_SECRET, `msg_${close.id}_${copy}`, wonEvent(close));
  const answer = await fetch(`http://127.0.0.1:${port}/hooks/deals`, request);
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`the deal hook answered ${answer.status}: ${text}`);
}
