import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  App,
  defaultBodyLimit,
  HTTPModuleFunctions,
  HTTPReceiver,
  isRawBodyError,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
} from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import { pause, within } from '../kit/waits.ts';
import { loggable } from '../send/errors.ts';
import { slackLogger } from './logger.ts';

export type SlackListener = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** How Slack reaches us. */
export interface Door {
  receiver: Receiver;
  /** To be mounted at /slack/events; absent in Socket Mode. */
  requestListener?: SlackListener;
  /** Resolves once Slack can reach us, or when `signal` ends the tries. */
  open(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Waits between tries to connect while Slack refuses, in ms. */
const CONNECT_AGAIN_MS = 15_000;
const CLOSE_WITHIN_MS = 3_000;

/**
 * Bolt acknowledges an event before its listeners run, and a failure then loses it. Here it is acknowledged when
 * they are through, so that what could not be stored is sent again (promise 6).
 */
export class StoreFirstApp extends App {
  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (event.body.type !== 'event_callback') return await super.processEvent(event);
    let done = false;
    const ack = async () => {
      done = true;
    };
    await super.processEvent({ ...event, ack });
    if (done) await event.ack();
  }
}

/** Signed requests over HTTP, on our own server. */
export function httpDoor(signingSecret: string, log: Log): Door {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: '/slack/events',
    logger: slackLogger(log),
    // The error handler has logged it; here it only has to be a 500, for Slack to send it again.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
  });
  return {
    receiver,
    requestListener: async (req, res) => {
      // Bolt throws on any other method, with the whole request in the error.
      if (req.method !== 'POST') return void res.writeHead(405, { allow: 'POST' }).end();
      const unfit = await unfitBody(req);
      if (unfit === null) return receiver.requestListener(req, res);
      // What is still coming is read and thrown away, or the next request on this connection would wait for ever.
      req.resume();
      res.writeHead(unfit).end();
    },
    open: async () => undefined,
    close: async () => undefined,
  };
}

/**
 * The status to refuse a body with that is no JSON object, nor a form that holds one or is one; null for what Bolt may
 * have. Bolt reads a field of whatever it parsed where nothing catches, and `null` ended the process. The body stays
 * in the request, where Bolt finds it.
 */
async function unfitBody(req: IncomingMessage): Promise<number | null> {
  try {
    const read = await HTTPModuleFunctions.bufferIncomingMessage(req, defaultBodyLimit);
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(read);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? null : 400;
  } catch (error) {
    return isRawBodyError(error) ? error.statusCode : 400;
  }
}

/**
 * Socket Mode. The receiver gets retry settings of its own: shared ones are overwritten, and with a short list of
 * retries an outage would be the end of it.
 */
export function socketDoor(appToken: string, apiUrl: string | undefined, log: Log): Door {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: slackLogger(log),
    installerOptions: {
      clientOptions: {
        retryConfig: { forever: true, minTimeout: 1000, maxTimeout: 30_000 },
        timeout: 10_000,
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      },
    },
    processEventErrorHandler: async () => false,
  });
  return {
    receiver,
    open: async (signal) => {
      while (!signal.aborted) {
        try {
          await receiver.start();
          return;
        } catch (error) {
          log.warn(loggable(error), 'Slack refuses the socket: is SLACK_APP_TOKEN right? Trying again');
          await pause(CONNECT_AGAIN_MS, signal);
        }
      }
    },
    // stop() returns with the socket still open, and disconnect() never returns from a socket that hangs.
    close: async () => {
      const closed = await within(CLOSE_WITHIN_MS, receiver.client.disconnect());
      if (closed === 'slow') log.warn({}, 'Slack did not close its end of the socket; it is left behind');
    },
  };
}
