import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { defaultBodyLimit, HTTPModuleFunctions, HTTPReceiver, isRawBodyError } from '@slack/bolt';
import type { Log } from '../../flow/ports.ts';
import type { Connection } from './connection.ts';
import { slackLogger } from './logger.ts';

const CLOCKS_APART_MS = 5 * 60_000;

/** Signed requests over HTTP, on our own server. */
export function httpConnection(signingSecret: string, log: Log): Connection {
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
      const unfit = isFromFuture(req) ? 401 : await unfitBody(req);
      if (unfit === null) return receiver.requestListener(req, res);
      // What is still coming is read and thrown away, or the next request on this connection would wait for ever.
      req.resume();
      res.writeHead(unfit).end();
    },
    open: async () => undefined,
    close: async () => undefined,
  };
}

/** Bolt refuses what was signed more than five minutes ago, and takes what was signed for any time to come. */
function isFromFuture({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) * 1_000 - Date.now() > CLOCKS_APART_MS;
}

/**
 * The status to refuse a body with that is no JSON object, nor a form that holds one or is one; null for what Bolt may
 * have. Bolt reads a field of whatever it parsed where nothing catches, and `null` ended the process. The body stays
 * in the request, where Bolt finds it.
 */
async function unfitBody(req: IncomingMessage): Promise<number | null> {
  try {
    const read = await HTTPModuleFunctions.bufferIncomingMessage(req, defaultBodyLimit);
    // Bolt signs what it reads as text: in no UTF-8 the right signature would seem a wrong one.
    if (!isUtf8(read.rawBody)) return 400;
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(read);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? null : 400;
  } catch (error) {
    return isRawBodyError(error) ? error.statusCode : 400;
  }
}
