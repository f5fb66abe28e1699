import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../flow/ports.ts';
import { loggable } from './errors.ts';
import { slackLogger } from './logger.ts';
import { pause, within } from './waits.ts';

/** How Slack reaches us. */
export interface Door {
  receiver: Receiver;
  /** To be mounted at /slack/events; absent in Socket Mode. */
  requestListener?: RequestListener;
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
    // Bolt throws on any other method, with the whole request in the error.
    requestListener: (req, res) => {
      if (req.method === 'POST') receiver.requestListener(req, res);
      else res.writeHead(405, { allow: 'POST' }).end();
    },
    open: async () => undefined,
    close: async () => undefined,
  };
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
