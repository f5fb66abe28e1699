import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { readArguments } from './arguments.ts';
import { chatMethods } from './chat-methods.ts';
import type { Failures } from './failures.ts';
import type { Ledger } from './ledger.ts';
import type { Method, Office } from './office.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { FailureRule, JsonObject } from './types.ts';
import { viewMethods } from './view-methods.ts';
import { APP } from './workspace.ts';
import { workspaceMethods } from './workspace-methods.ts';

const METHODS: Record<string, Method> = { ...workspaceMethods, ...chatMethods, ...viewMethods };
/** What can be called without a token. */
const OPEN_METHODS = new Set(['api.test', 'blocks.validate']);

export interface Backstage {
  office: Office;
  ledger: Ledger;
  failures: Failures;
  responseUrls: ResponseUrls;
  rateLimits?: RateLimits;
  /** apps.connections.open: a socket address that works once. */
  socketUrl: () => string;
}

/** What to do to the connection, once the work is done or not done. */
type Reply =
  | { kind: 'answer'; status: number; body: JsonObject; headers?: Record<string, string> }
  | { kind: 'silence' }
  | { kind: 'cut' };

const SERVER_ERROR: Reply = { kind: 'answer', status: 500, body: { ok: false, error: 'internal_error' } };

/** Answers `/api/<method>` and `/response/<id>`. */
export async function answerRequest(
  backstage: Backstage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, place, name = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  const body = await text(request);
  const contentType = request.headers['content-type'] ?? '';
  if (place === 'api') {
    send(request, response, callMethod(backstage, name, contentType, body, request.headers.authorization));
  } else if (place === 'response') {
    send(request, response, useResponseUrl(backstage, name, body));
  } else {
    send(request, response, { kind: 'answer', status: 404, body: { ok: false, error: 'not_found' } });
  }
}

function callMethod(
  backstage: Backstage,
  method: string,
  contentType: string,
  body: string,
  authorization: string | undefined,
): Reply {
  let args: JsonObject;
  try {
    args = readArguments(contentType, body);
  } catch (error) {
    return { kind: 'answer', status: 200, body: refused(error) };
  }
  const wait = backstage.rateLimits?.secondsToWait(method, args);
  if (wait !== undefined) return rateLimited(backstage, method, args, wait);
  const token = authorization?.replace(/^Bearer /i, '') ?? args.token;
  return perform(backstage, method, args, 200, () => {
    checkToken(backstage, method, typeof token === 'string' ? token : undefined);
    if (method === 'apps.connections.open') return { url: backstage.socketUrl() };
    const known = METHODS[method];
    if (!known) throw new Refusal('unknown_method', { req_method: method });
    return known(backstage.office, args);
  });
}

function useResponseUrl(backstage: Backstage, id: string, body: string): Reply {
  const args = readArguments('application/json', body);
  return perform(backstage, 'response_url', { ...args, response_url: id }, 404, () => {
    backstage.responseUrls.use(id, args);
    return {};
  });
}

/** Strikes with the failure asked for, does the work unless that forbids it, and writes the ledger. */
function perform(
  backstage: Backstage,
  method: string,
  args: JsonObject,
  refusedStatus: number,
  work: () => JsonObject,
): Reply {
  const rule = backstage.failures.strike(method, args);
  if (rule && !isAfter(rule)) return failInstead(backstage, method, args, rule);
  let body: JsonObject;
  try {
    body = { ok: true, ...work() };
  } catch (error) {
    body = refused(error);
  }
  backstage.ledger.write(method, args, body, rule?.kind ?? (body.ok ? undefined : String(body.error)));
  if (rule?.kind === 'timeout_after') return { kind: 'silence' };
  if (rule?.kind === 'reset_after') return { kind: 'cut' };
  if (rule?.kind === 'http_500_after') return SERVER_ERROR;
  return { kind: 'answer', status: body.ok ? 200 : refusedStatus, body };
}

function failInstead(backstage: Backstage, method: string, args: JsonObject, rule: FailureRule): Reply {
  if (rule.kind === 'ratelimited') return rateLimited(backstage, method, args, rule.retryAfter ?? 1);
  backstage.ledger.write(method, args, null, rule.kind);
  switch (rule.kind) {
    case 'timeout_before':
      return { kind: 'silence' };
    case 'reset_before':
      return { kind: 'cut' };
    case 'http_500':
      return SERVER_ERROR;
    default:
      return { kind: 'answer', status: 200, body: { ok: false, error: rule.kind } };
  }
}

function rateLimited(backstage: Backstage, method: string, args: JsonObject, seconds: number): Reply {
  backstage.ledger.write(method, args, null, 'ratelimited');
  const headers = { 'retry-after': String(seconds) };
  return { kind: 'answer', status: 429, body: { ok: false, error: 'ratelimited' }, headers };
}

function checkToken(backstage: Backstage, method: string, token: string | undefined): void {
  if (OPEN_METHODS.has(method)) return;
  if (token === undefined) throw new Refusal('not_authed');
  if (token !== APP.botToken && token !== APP.appToken) throw new Refusal('invalid_auth');
  if (backstage.office.workspace.uninstalled) throw new Refusal('account_inactive');
  const wanted = method === 'apps.connections.open' ? APP.appToken : APP.botToken;
  if (token !== wanted) throw new Refusal('not_allowed_token_type');
}

function refused(error: unknown): JsonObject {
  if (!(error instanceof Refusal)) throw error;
  return { ok: false, error: error.code, ...error.extra };
}

function isAfter(rule: FailureRule): boolean {
  return ['timeout_after', 'reset_after', 'http_500_after'].includes(rule.kind);
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'cut') {
    request.socket.destroy();
  } else if (reply.kind === 'answer') {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
    response.writeHead(reply.status, headers).end(JSON.stringify(reply.body));
  }
  // Silence: the connection stays open until the app gives up or the stand-in stops.
}
