import type { App, Authorize } from '@slack/bolt';
import type { Flow, Log } from '../flow/ports.ts';
import { registerAway } from './away/away.ts';
import { registerBoard } from './board/turn-pages.ts';
import { registerCommand } from './command/command.ts';
import type { Connection, SlackListener } from './connection/connection.ts';
import { httpConnection } from './connection/http.ts';
import { type Identity, identifyInTheEnd } from './connection/identity.ts';
import { slackLogger } from './connection/logger.ts';
import { registerRemoval } from './connection/removal.ts';
import { socketConnection } from './connection/socket.ts';
import { StoreFirstApp } from './connection/store-first-app.ts';
import { registerTrouble } from './connection/trouble.ts';
import { isForUs } from './connection/whose.ts';
import { registerChanges } from './corrections/change.ts';
import { registerNeedChanges } from './corrections/change-need.ts';
import { registerCorrections } from './corrections/corrections.ts';
import { registerHandOvers } from './hand-over/hand-over.ts';
import { registerHome } from './home/home.ts';
import { registerClientJoins } from './joins/same-client.ts';
import { registerOrderJoins } from './joins/same-order.ts';
import { within } from './kit/waits.ts';
import { registerLog } from './log/log.ts';
import { registerMentions } from './log/mention.ts';
import { registerSuggestions } from './log/suggest.ts';
import { registerNotes } from './note/note.ts';
import { registerPeople } from './people/people.ts';
import { registerAnswers } from './prompt/answer.ts';
import { registerForms } from './prompt/submit.ts';
import type { Pace } from './send/pace.ts';
import { paced } from './send/paced-fetch.ts';
import { registerSettings } from './settings/settings.ts';
import { registerMeant } from './typed/meant.ts';

export interface SlackAppOptions {
  flow: Flow;
  botToken: string;
  /** Socket Mode with an app token, else signed HTTP with a signing secret. One of them is needed. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  /** Where the Web API is; Slack's own address by default. */
  apiUrl?: string | undefined;
  /** Shared with whatever else calls this workspace's Slack. */
  pace: Pace;
  /** Called once, when Slack has said whom the token speaks for. */
  onIdentified?(identity: Identity): void;
  /** Told of what comes too late for `start` to throw it. */
  onFailed(error: unknown): void;
  /** Called when the token is good for nothing any more, with Slack's word for it. */
  onRemoved?(error: string): void;
  /** Called when Slack refuses to say whose token it is: only an admin can end that. */
  onRefused?(): void;
  log: Log;
}

export interface SlackApp {
  app: App;
  /** For POST /slack/events; absent in Socket Mode. */
  requestListener?: SlackListener | undefined;
  /**
   * Returns after 5 s at the latest: with Slack away it goes on trying in the background. Throws an OrgWideTokenError
   * for a token that is not of one workspace.
   */
  start(): Promise<void>;
  /** Ends the tries and closes the socket; returns after 3 s at the latest. */
  stop(): Promise<void>;
}

const START_WITHIN_MS = 5_000;

/** Everything that Slack can do to us, one line a surface. Throws when neither way to be reached is given. */
export function slackApp(options: SlackAppOptions): SlackApp {
  const { flow, log, apiUrl, pace } = options;
  const connection = connectionFor(options);
  const known: { identity: Identity | null } = { identity: null };
  // No headers here, ever: Bolt writes one workspace's token into them and sends it for the next.
  const clientOptions = {
    ...paced(pace, 'person'),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
  const app = new StoreFirstApp(
    {
      receiver: connection.receiver,
      authorize: authorizeOne(options.botToken, known),
      clientOptions,
      convoStore: false,
      extendedErrorHandler: true,
      tokenVerificationEnabled: false,
      logger: slackLogger(log),
    },
    log,
  );
  registerTrouble(app, log);
  registerCommand(app, flow);
  registerBoard(app, flow);
  registerMeant(app, flow);
  registerClientJoins(app, flow);
  registerOrderJoins(app, flow);
  registerHome(app, flow);
  registerLog(app, flow);
  registerSuggestions(app, flow);
  registerMentions(app, flow);
  registerAnswers(app, flow);
  registerForms(app, flow);
  registerCorrections(app, flow);
  registerChanges(app, flow);
  registerNeedChanges(app, flow);
  registerHandOvers(app, flow);
  registerNotes(app, flow);
  registerPeople(app, flow);
  registerAway(app, flow);
  registerSettings(app, flow);
  registerRemoval(
    app,
    () => known.identity?.workspaceId,
    (error) => options.onRemoved?.(error),
  );
  const ending = new AbortController();
  return {
    app,
    requestListener: onceKnown(connection.requestListener, known),
    start: async () => {
      // Nobody is served before Slack has said whose workspace it is.
      const reached = identified(options, known, ending.signal).then(() => connection.open(ending.signal));
      if ((await within(START_WITHIN_MS, reached)) !== 'slow') return;
      reached.catch(options.onFailed);
      log.warn({}, 'Slack is away; everything else runs, and I go on trying');
    },
    stop: async () => {
      ending.abort();
      await connection.close();
    },
  };
}

function connectionFor({ appToken, signingSecret, apiUrl, log }: SlackAppOptions): Connection {
  if (appToken !== undefined) return socketConnection(appToken, apiUrl, log);
  if (signingSecret !== undefined) return httpConnection(signingSecret, log);
  throw new TypeError('Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)');
}

/** Slack sends again what comes too early. */
function onceKnown(
  listener: SlackListener | undefined,
  known: { identity: Identity | null },
): SlackListener | undefined {
  if (listener === undefined) return undefined;
  return async (req, res) => {
    if (known.identity !== null) return await listener(req, res);
    req.resume();
    res.writeHead(503, { 'retry-after': '5' }).end();
  };
}

async function identified(
  options: SlackAppOptions,
  known: { identity: Identity | null },
  signal: AbortSignal,
): Promise<void> {
  known.identity = await identifyInTheEnd(options, signal);
  if (known.identity === null) return;
  const { workspaceId, workspaceName } = known.identity;
  options.log.info({ workspaceId, workspaceName }, 'Connected to Slack');
  options.onIdentified?.(known.identity);
}

/** One workspace and its token. For many, this looks the installation up by `teamId`; nothing else changes. */
function authorizeOne(botToken: string, known: { identity: Identity | null }): Authorize<boolean> {
  return async ({ teamId, enterpriseId }, body) => {
    const { identity } = known;
    if (identity === null || !isForUs(identity, { teamId, organisationId: enterpriseId }, body)) {
      throw new Error(`no installation for ${teamId ?? 'an organisation'}`);
    }
    const { workspaceId, botId, botUserId } = identity;
    return { botToken, teamId: workspaceId, botId, botUserId };
  };
}
