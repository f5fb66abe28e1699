import { SocketModeReceiver, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../flow/ports.ts';
import { pause, within } from '../kit/waits.ts';
import { errorCode, loggable } from '../send/errors.ts';
import { ONE_TRY } from '../send/paced-fetch.ts';
import type { Connection } from './connection.ts';
import { slackLogger } from './logger.ts';

type SocketClient = SocketModeReceiver['client'];

/** Waits before a socket is asked for again, in ms, by failures in a row; the last repeats. */
const CONNECT_AGAIN_MS = [0, 250, 1_000, 2_000, 5_000, 15_000, 30_000];
/** A socket that held for as long, in ms, was no failure. */
const HELD_MS = 10_000;
const CLOSE_WITHIN_MS = 3_000;

/**
 * Socket Mode. The client's own reconnecting is off: what fails in it, a revoked app token for one, rejects where
 * nobody can catch it and ends the process, and each refresh leaves a gap of five seconds and more. Both hold up to
 * @slack/socket-mode 3.1.0; with 3.2.0 `autoReconnectEnabled` may be left to itself again.
 */
export function socketConnection(appToken: string, apiUrl: string | undefined, log: Log): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: slackLogger(log),
    // Settings of its own: the receiver writes into what it is given.
    installerOptions: {
      clientOptions: { ...ONE_TRY, ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }) },
    },
    processEventErrorHandler: async () => false,
  });
  const { client } = receiver;
  guardEnvelopes(client, log);
  return {
    receiver,
    open: async (signal) => {
      const { promise: connected, resolve } = Promise.withResolvers<void>();
      void keepConnected(client, signal, log, resolve);
      await connected;
    },
    // disconnect() never returns from a socket that hangs.
    close: async () => {
      const closed = await within(CLOSE_WITHIN_MS, client.disconnect());
      if (closed === 'slow') log.warn({}, 'Slack did not close its end of the socket; it is left behind');
    },
  };
}

/** Connects, and again whenever the socket is gone, until `signal` ends it; never rejects. */
async function keepConnected(
  client: SocketClient,
  signal: AbortSignal,
  log: Log,
  onConnected: () => void,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const gone = Promise.withResolvers<void>();
    client.once('disconnected', gone.resolve);
    try {
      await client.start();
      const since = performance.now();
      onConnected();
      // A stop that came while it was being opened found nothing to close.
      if (signal.aborted) await client.disconnect();
      await gone.promise;
      failures = performance.now() - since < HELD_MS ? failures + 1 : 0;
      await pause(waitAfter(failures), signal);
    } catch (error) {
      client.off('disconnected', gone.resolve);
      failures += 1;
      const nextTryInMs = Math.max(waitAfter(failures), askedToWait(error));
      log.warn({ ...loggable(error), nextTryInMs }, whyNoSocket(error));
      await pause(nextTryInMs, signal);
    }
  }
  onConnected();
}

function waitAfter(failures: number): number {
  return CONNECT_AGAIN_MS[Math.min(failures, CONNECT_AGAIN_MS.length - 1)] ?? 0;
}

function askedToWait(error: unknown): number {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1_000 : 0;
}

function whyNoSocket(error: unknown): string {
  return errorCode(error) === null
    ? 'Slack opens no socket; trying again'
    : 'Slack refuses the socket: is SLACK_APP_TOKEN right? Trying again';
}

/** What Slack says over a socket about the socket itself. */
const aboutSocket = z.object({ type: z.enum(['hello', 'disconnect']) });
const request = z.object({
  type: z.enum(['slash_commands', 'interactive']),
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()),
});
const event = z.object({
  type: z.literal('events_api'),
  envelope_id: z.string(),
  payload: z.object({ event: z.object({ type: z.string() }) }),
});
const unreadable = z.object({
  envelope_id: z.string(),
  payload: z.object({ type: z.string() }).optional().catch(undefined),
});

/**
 * Lets the client read only what it can. Up to @slack/socket-mode 3.1.0 it reads `event.payload.event.type` where
 * nothing catches: `app_rate_limited`, which holds no event, ended the process; and it tells each event to its own
 * listeners by the event's name, so that one named `close` would cut the socket. Mended in part in 3.1.1; this may
 * go once a release reads any envelope. What is unreadable is acknowledged: sent again it would be no better.
 */
function guardEnvelopes(client: SocketClient, log: Log): void {
  const [read] = client.listeners('ws_message');
  if (read === undefined) throw new TypeError('The socket client reads no messages: has it changed?');
  const pass = (text: string) =>
    void Promise.resolve(read.call(client, text, false)).catch((error: unknown) =>
      log.error(loggable(error), 'What came over the socket could not be read'),
    );
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const text = isBinary || typeof data !== 'string' ? '' : data;
    const envelope = parsed(text);
    if (isReadable(client, envelope)) return pass(text);
    const { envelope_id, payload } = unreadable.safeParse(envelope).data ?? {};
    log.warn(
      { type: payload?.type },
      payload?.type === 'app_rate_limited'
        ? 'Slack holds events back: there were more than 30,000 in an hour'
        : 'Something unreadable came over the socket',
    );
    // Read as a request that holds nothing, it is answered like everything that nobody listens to.
    if (envelope_id !== undefined) pass(JSON.stringify({ envelope_id, type: 'unreadable', payload: {} }));
  });
}

function isReadable(client: SocketClient, envelope: unknown): boolean {
  if ([aboutSocket, request].some((shape) => shape.safeParse(envelope).success)) return true;
  const name = event.safeParse(envelope).data?.payload.event.type;
  return name !== undefined && !client.eventNames().includes(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
