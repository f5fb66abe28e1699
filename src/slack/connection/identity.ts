import { webApi } from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import { pause } from '../kit/waits.ts';
import { errorCode, loggable, repairFor } from '../send/errors.ts';
import { ONE_TRY } from '../send/paced-fetch.ts';
import { slackLogger } from './logger.ts';

/** Whom the token speaks for. */
export interface Identity {
  workspaceId: string;
  workspaceName: string;
  /** Where the workspace is in a browser: https://acme.slack.com/ */
  workspaceUrl?: string | undefined;
  botUserId: string;
  botId: string;
  /** The organisation that the workspace belongs to; null for a workspace of its own. */
  organisationId: string | null;
}

/** The app was installed for a whole organisation at once, which is not supported yet. */
export class OrgWideTokenError extends Error {
  constructor() {
    super(
      'SLACK_BOT_TOKEN is of an app installed for a whole organisation, which is not supported yet: install the app to one workspace and use the token from there',
    );
    this.name = 'OrgWideTokenError';
  }
}

export interface IdentifyOptions {
  botToken: string;
  apiUrl?: string | undefined;
  log: Log;
  /** Hears of each refusal that only an admin can end. */
  onRefused?(): void;
}

/** Waits between tries while Slack is away, in ms; the last repeats. */
const WAITS = [1_000, 2_000, 5_000, 15_000, 30_000];

/** Asks Slack once whom the token speaks for. Throws when Slack refuses, or is away for 10 s; an OrgWideTokenError. */
export async function identify({ botToken, apiUrl, log }: IdentifyOptions): Promise<Identity> {
  const at = apiUrl === undefined ? {} : { slackApiUrl: apiUrl };
  const client = new webApi.WebClient(botToken, { ...ONE_TRY, ...at, logger: slackLogger(log) });
  const { team_id, team, user_id, bot_id, enterprise_id, is_enterprise_install, url } =
    await client.auth.test();
  if (is_enterprise_install || (enterprise_id !== undefined && team_id === undefined)) {
    throw new OrgWideTokenError();
  }
  if (team_id === undefined || user_id === undefined || bot_id === undefined) {
    throw new Error('auth.test names no bot: SLACK_BOT_TOKEN has to be a bot token (xoxb-…)');
  }
  const organisationId = enterprise_id ?? null;
  return {
    workspaceId: team_id,
    workspaceName: team ?? team_id,
    workspaceUrl: url,
    botUserId: user_id,
    botId: bot_id,
    organisationId,
  };
}

/**
 * The same, tried again until Slack answers or `signal` ends it (then null). Each failure is one line in the log.
 * Throws an OrgWideTokenError.
 */
export async function identifyInTheEnd(
  options: IdentifyOptions,
  signal: AbortSignal,
): Promise<Identity | null> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await identify(options);
    } catch (error) {
      if (error instanceof OrgWideTokenError) throw error;
      const wait = WAITS[Math.min(failures, WAITS.length - 1)] ?? 0;
      const repair = repairFor(errorCode(error));
      if (repair !== null) options.onRefused?.();
      const why = repair ?? 'Slack does not answer';
      options.log.warn({ ...loggable(error), nextTryInMs: wait }, `${why}; trying again`);
      await pause(wait, signal);
    }
  }
  return null;
}
