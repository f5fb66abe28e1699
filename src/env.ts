import { z } from 'zod';
import { DEFAULT_PLAYBOOK, type Playbook } from './domain/asking/playbook.ts';
import { isTimeZone } from './domain/asking/workday.ts';

/** The configuration, as the rest of the product sees it. */
export interface Env {
  slackBotToken: string | undefined;
  slackAppToken: string | undefined;
  slackSigningSecret: string | undefined;
  /** Where Slack's Web API is; Slack's own address without it. */
  slackApiUrl: string | undefined;
  /** Calls a minute by method, where they differ from Slack's own limits. */
  slackRates: Record<string, number>;
  /** Slack user ids of who keeps what nobody can be asked, the first who is here. */
  admins: readonly string[];
  /** PostgreSQL; without it the embedded database in `dataDir` is used. */
  databaseUrl: string | undefined;
  /** PostgreSQL past a pooler that `databaseUrl` leads to: for what needs a session of its own. */
  databaseDirectUrl: string | undefined;
  dataDir: string;
  port: number;
  /** Where people's browsers reach this server, if they do. */
  publicUrl: string | undefined;
  /** `whsec_…`; several while one is being replaced. Without it there is no deal hook. */
  dealsWebhookSecret: string | undefined;
  /** What holds for workspaces that set nothing themselves. */
  defaults: Playbook;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Every fault of the configuration at once, in plain words. Values of secrets are never repeated. */
export class EnvError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(`the configuration is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'EnvError';
    this.faults = faults;
  }
}

const word = (pattern: RegExp, what: string) => z.string().regex(pattern, what).optional();

const variables = z.object({
  SLACK_BOT_TOKEN: word(/^xoxb-\S+$/, 'must be a bot token, xoxb-…'),
  SLACK_APP_TOKEN: word(/^xapp-\S+$/, 'must be an app-level token, xapp-…'),
  SLACK_SIGNING_SECRET: word(/^\S{8,}$/, 'must be the signing secret from the app’s Basic Information page'),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  SLACK_CALLS_A_MINUTE: z
    .string()
    .transform(readRates)
    .refine(
      (rates) => rates !== null,
      'must be methods and numbers such as chat.postMessage=300 users.list=20',
    )
    .default({}),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  DATABASE_DIRECT_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })
    .optional(),
  DATA_DIR: z.string().default('./.data'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number')
    .default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  ADMIN_USERS: z
    .string()
    .regex(
      /^\s*[UW][A-Z0-9]+(\s*,\s*[UW][A-Z0-9]+)*\s*$/,
      'must be Slack user ids with commas between: U0123ABCD,U0456EFGH',
    )
    .transform((ids) => ids.split(',').map((id) => id.trim()))
    .default([]),
  DEALS_WEBHOOK_SECRET: word(
    /^whsec_[A-Za-z0-9+/]{32,}={0,2}( whsec_[A-Za-z0-9+/]{32,}={0,2})*$/,
    'must be whsec_ and at least 24 random bytes in base64, e.g. of: openssl rand -base64 32',
  ),
  DEFAULT_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/Lisbon')
    .default(DEFAULT_PLAYBOOK.timeZone),
  DEFAULT_WORKING_HOURS: z
    .string()
    .transform(readHours)
    .refine((hours) => hours !== null, 'must be hours such as 09:00-17:30, the first before the second')
    .default(DEFAULT_PLAYBOOK.hours),
  DEFAULT_WORKING_DAYS: z
    .string()
    .transform(readDays)
    .refine((days) => days !== null, 'must be days such as 1-5 or 1,2,4 (1 is Monday, 7 Sunday)')
    .default([...DEFAULT_PLAYBOOK.days]),
  DEFAULT_HOLIDAYS: z
    .string()
    .regex(/^([A-Z]{2}(-[A-Z0-9]{1,4})?|none)$/, 'must be a country or region such as PT or DE-BY, or none')
    .optional(),
  DEFAULT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO currency such as EUR')
    .default(DEFAULT_PLAYBOOK.currency),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
});

/** Reads the configuration. Throws an EnvError that lists all faults. Empty variables count as unset. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = variables.safeParse(set);
  if (!read.success) {
    throw new EnvError(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const { data } = read;
  return {
    slackBotToken: data.SLACK_BOT_TOKEN,
    slackAppToken: data.SLACK_APP_TOKEN,
    slackSigningSecret: data.SLACK_SIGNING_SECRET,
    slackApiUrl: data.SLACK_API_URL,
    slackRates: data.SLACK_CALLS_A_MINUTE ?? {},
    admins: data.ADMIN_USERS,
    databaseUrl: data.DATABASE_URL,
    databaseDirectUrl: data.DATABASE_DIRECT_URL,
    dataDir: data.DATA_DIR,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL,
    dealsWebhookSecret: data.DEALS_WEBHOOK_SECRET,
    defaults: {
      ...DEFAULT_PLAYBOOK,
      timeZone: data.DEFAULT_TIMEZONE,
      hours: data.DEFAULT_WORKING_HOURS ?? DEFAULT_PLAYBOOK.hours,
      days: data.DEFAULT_WORKING_DAYS ?? DEFAULT_PLAYBOOK.days,
      holidaysIn: data.DEFAULT_HOLIDAYS ?? null,
      currency: data.DEFAULT_CURRENCY,
    },
    logLevel: data.LOG_LEVEL,
  };
}

/** What a bot needs beyond what every tool needs: a way to speak to Slack, and one for Slack to be heard. */
export function requireSlack(env: Env): asserts env is Env & { slackBotToken: string } {
  const faults: string[] = [];
  if (env.slackBotToken === undefined)
    faults.push('SLACK_BOT_TOKEN is missing: the bot token of the app, xoxb-…');
  if (env.slackAppToken === undefined && env.slackSigningSecret === undefined) {
    faults.push(
      'SLACK_APP_TOKEN (Socket Mode, xapp-…) or SLACK_SIGNING_SECRET (HTTP) is missing: one of them is needed',
    );
  }
  if (faults.length > 0) throw new EnvError(faults);
}

function readHours(text: string): { from: number; to: number } | null {
  const [, h1, m1, h2, m2] = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const from = Number(h1) * 60 + Number(m1);
  const to = Number(h2) * 60 + Number(m2);
  return Number(m1) < 60 && Number(m2) < 60 && from < to && to <= 1440 ? { from, to } : null;
}

function readDays(text: string): number[] | null {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^([1-7])(?:-([1-7]))?$/.exec(part.trim()) ?? [];
    if (first === undefined || Number(first) > Number(last)) return null;
    for (let day = Number(first); day <= Number(last); day += 1) days.add(day);
  }
  return [...days].sort();
}

/** `chat.postMessage=300 users.list=20`: calls a minute by method. */
function readRates(text: string): Record<string, number> | null {
  const rates: Record<string, number> = {};
  for (const part of text.trim().split(/\s+/)) {
    const [, method, calls] = /^([a-z]+(?:\.[A-Za-z]+)+)=([1-9]\d{0,5})$/.exec(part) ?? [];
    if (method === undefined) return null;
    rates[method] = Number(calls);
  }
  return rates;
}
