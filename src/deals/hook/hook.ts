import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import type { Log } from '../../flow/ports.ts';
import { type Fault, readEvents } from './event.ts';
import { isSigned, readSecrets } from './signature.ts';

export interface DealsHookOptions {
  /** `whsec_…`; several, with spaces between, while a secret is being replaced. */
  secrets: string;
  /** Durable when it resolves. */
  receive(updates: DealUpdate[]): Promise<{ accepted: number; duplicates: number }>;
  now(): Date;
  log: Log;
  /** How long the sender waits for `receive` before it is told to come again; milliseconds. */
  receiveWithin?: number;
}

export const MAX_BODY_BYTES = 1024 * 1024;
/**
 * Senders wait three seconds at least. What is stored later than this is stored all the same: sent again, it is a
 * duplicate.
 */
const RECEIVE_WITHIN_MS = 2_500;
const RETRY_AFTER_SECONDS = '5';
const SOURCE = 'hook';

interface Answer {
  status: number;
  body: object;
  headers?: OutgoingHttpHeaders;
}

/**
 * `POST /hooks/deals`, signed after the Standard Webhooks specification. It answers 202 once the updates are
 * stored and refuses a request as a whole. Throws for a secret that is none, so that a start can say so. Slow
 * senders are cut by the server's time limits (web/server.ts).
 */
export function dealsHook(
  options: DealsHookOptions,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const keys = readSecrets(options.secrets);

  const take = async (req: IncomingMessage): Promise<Answer> => {
    const unfit = unfitRequest(req);
    if (unfit !== null) return unfit;
    const body = await readBody(req);
    if (!Buffer.isBuffer(body)) return body;
    if (!isSigned(keys, req.headers, body, new Date())) {
      return refusal(401, 'the signature is missing, wrong or too old');
    }
    const json = parseJson(body);
    if (json === undefined) return badBody([{ path: 'body', reason: 'must be JSON in UTF-8' }]);
    const reading = readEvents(json, SOURCE, options.now());
    return reading.kind === 'refused' ? badBody(reading.faults) : await store(options, reading.updates);
  };

  return async (req, res) => {
    const { status, body, headers } = await take(req);
    if (status !== 202) {
      options.log.warn(
        { status, from: req.socket.remoteAddress, body },
        'a request to the deal hook was refused',
      );
      // What is still coming is read and thrown away: closing now would lose the answer on its way out.
      req.resume();
    }
    res.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    });
    res.end(`${JSON.stringify(body)}\n`);
  };
}

async function store(
  { receive, log, receiveWithin = RECEIVE_WITHIN_MS }: DealsHookOptions,
  updates: DealUpdate[],
): Promise<Answer> {
  try {
    return { status: 202, body: await within(receiveWithin, receive(updates)) };
  } catch (error) {
    log.error({ err: error }, 'deal updates could not be stored; the sender is asked to send them again');
    return refusal(503, 'this cannot be stored now: send it again', { 'retry-after': RETRY_AFTER_SECONDS });
  }
}

function refusal(status: number, error: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, body: { error }, headers };
}

function badBody(faults: Fault[]): Answer {
  return { status: 400, body: { error: 'the body is not understood; nothing was stored', faults } };
}

function unfitRequest(req: IncomingMessage): Answer | null {
  if (req.method !== 'POST') return refusal(405, 'only POST here', { allow: 'POST' });
  const type = /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i;
  if (!type.test(req.headers['content-type'] ?? ''))
    return refusal(415, 'only application/json in UTF-8 here');
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    return refusal(415, 'only bodies without a content-encoding here');
  }
  return null;
}

async function readBody(req: IncomingMessage): Promise<Buffer | Answer> {
  const tooLarge = refusal(413, `at most ${MAX_BODY_BYTES} bytes here: send fewer events at once`);
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Leaving a plain `for await` would destroy the socket, and with it the answer.
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) return tooLarge;
      chunks.push(chunk);
    }
  } catch {
    // The sender went away or was cut: nobody is there to read the answer, but the log tells of it.
    return refusal(400, 'the request ended before its body did');
  }
  return Buffer.concat(chunks, bytes);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for what is not JSON: the parser's own message quotes the body. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
