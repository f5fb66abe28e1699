import { type NetConnectOpts, Socket } from 'node:net';
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server this run's database tests use; null: the embedded one. */
    databaseUrl: string | null;
    /** The browser to drive; only in the browser project. */
    chromium: string;
    /** The pooler to start; only in the pooler project. */
    pgbouncer: string;
  }
}

/** A property that fails tells its seed: with it the same stories come again. */
const { TEST_SEED } = process.env;
if (TEST_SEED !== undefined) fc.configureGlobal({ seed: Number(TEST_SEED) });

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

const databaseUrl = inject('databaseUrl');
const databaseHost = databaseUrl ? new URL(databaseUrl).hostname : null;
// Files share a process: the next one must not wrap what this one puts there.
const sockets: typeof Socket.prototype & { unwatched?: typeof Socket.prototype.connect } = Socket.prototype;
sockets.unwatched ??= sockets.connect;
const connect = sockets.unwatched;

/** Tests meet no network but their own machine (and the test database): who reaches further is told at once. */
sockets.connect = function connectNearby(this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (host !== undefined && host !== databaseHost && !LOOPBACK.test(host)) {
    throw new Error(`A test tried to reach ${host}: tests use no network but loopback.`);
  }
  return Reflect.apply(connect, this, args);
};

/** The host that a call of connect names, in any of its forms; undefined for a pipe or the default, localhost. */
function hostOf([first, second]: unknown[]): string | undefined {
  // net.connect() hands its arguments on as one array: [options, listener].
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null) {
    const options = first as Partial<NetConnectOpts> & { path?: string; host?: string };
    return options.path ? undefined : options.host;
  }
  return typeof second === 'string' ? second : undefined;
}
