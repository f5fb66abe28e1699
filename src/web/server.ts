import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../flow/ports.ts';
import { type Checks, healthz, readyz } from './health.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

export interface WebOptions {
  /** 0 takes any free one. */
  port: number;
  /** All addresses of the machine without it. */
  host?: string | undefined;
  /** By path. What is left out (`/slack/events` in Socket Mode) is a 404. */
  routes: Record<string, Handler | undefined>;
  /** What `/readyz` asks: see health.ts. */
  checks: Checks;
  log: Log;
  /** Milliseconds for the headers, and for the whole request, to come in. */
  headersWithin?: number;
  requestWithin?: number;
  /** Milliseconds after which a check that hangs counts as failed. */
  checksWithin?: number;
}

export interface WebServer {
  readonly port: number;
  /** Stops accepting, waits up to `within` milliseconds for what is under way, then cuts what is left. */
  close(within?: number): Promise<void>;
}

/** Listens, or throws a PortTakenError. A handler that throws is a 500 without details and a line in the log. */
export async function startWebServer(options: WebOptions): Promise<WebServer> {
  const { log, headersWithin = 10_000, requestWithin = 15_000 } = options;
  const routes = new Map<string, Handler | undefined>(Object.entries(options.routes));
  routes.set('/healthz', healthz).set('/readyz', readyz(options.checks, options.checksWithin));
  const timeouts = {
    headersTimeout: headersWithin,
    requestTimeout: requestWithin,
    connectionsCheckingInterval: Math.min(1_000, headersWithin, requestWithin),
  };
  const server = createServer(timeouts, (req, res) => {
    // A keep-alive connection would otherwise outlive its last answer when the server is closing.
    res.once('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
    const handler = routes.get(pathOf(req)) ?? notFound;
    handle(handler, req, res).catch((error: unknown) => fail(error, req, res, log));
  });
  await listening(server, options.port, options.host);
  server.on('error', (error) => log.error({ err: error }, 'the http server is in trouble'));
  const { port } = server.address() as AddressInfo;
  return { port, close: (within = 10_000) => close(server, within) };
}

/** The port that the environment names cannot be had. */
export class PortTakenError extends Error {
  constructor(port: number, cause: NodeJS.ErrnoException) {
    const why = cause.code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program';
    super(`port ${port} ${why}; set PORT to another one`, { cause });
    this.name = 'PortTakenError';
  }
}

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/';
}

async function handle(handler: Handler, req: IncomingMessage, res: ServerResponse): Promise<void> {
  await handler(req, res);
}

const notFound: Handler = (_req, res) => sendError(res, 404, 'nothing here');

function fail(error: unknown, req: IncomingMessage, res: ServerResponse, log: Log): void {
  log.error({ err: error, method: req.method, path: pathOf(req) }, 'a request failed');
  if (res.headersSent) res.destroy();
  else sendError(res, 500, 'something went wrong here; it is in the log');
}

function sendError(res: ServerResponse, status: number, error: string): void {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(`${JSON.stringify({ error })}\n`);
}

function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new PortTakenError(port, error) : error,
      );
    };
    server.once('error', refuse);
    server.listen({ port, host }, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

function close(server: Server, within: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), within);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}
