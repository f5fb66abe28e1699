/** The database is there and will not do, however often it is asked. */
export class UnusableDatabaseError extends Error {
  constructor(cause: Error) {
    super(`the database cannot be used: ${cause.message}`, { cause });
    this.name = 'UnusableDatabaseError';
  }
}

/** Classes and codes of PostgreSQL that pass: no connection, too busy, starting or stopping, a standby, a time limit. */
const PASSING = /^(?:08(?!P01)...|53...|57P0[1-5]|57014|40...|55P03|25006)$/;
/** PgBouncer says all it has to say as a protocol violation: what passes is a server that it cannot reach for now. */
const POOLER_WAITS =
  /cannot connect|conn crashed|timeout|no more connections|shutting down|starting up|login_retry/;
/** Of Node and of postgres.js: there is no connection, or no longer. A name may be unknown until its host is up. */
const NO_CONNECTION =
  /^(?:E(?:CONNREFUSED|CONNRESET|CONNABORTED|NOTFOUND|AI_AGAIN|TIMEDOUT|PIPE|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN)|ENOENT|CONNECT(?:ION)?_(?:TIMEOUT|CLOSED|ENDED|DESTROYED))$/;
/** Of pg, which gives these no code. */
const WITHOUT_CODE = /^(?:Connection terminated|timeout exceeded|timeout expired|Query read timeout)/;

/**
 * Whether the database is only away, so that asking again helps. A wrong password, a missing database, a migration
 * that fails and a mistake in the program stay what they are.
 */
export function isAway(error: unknown): boolean {
  return line(error).some((at) => {
    const code = codeOf(at);
    if (code === null) return WITHOUT_CODE.test(at.message);
    if (code === '08P01') return POOLER_WAITS.test(at.message);
    return PASSING.test(code) || NO_CONNECTION.test(code);
  });
}

/** The same in one line, when it is PostgreSQL itself that refuses for good; everything else as it is. */
export function unusable(error: unknown): unknown {
  if (isAway(error)) return error;
  const refusal = line(error).find((at) => /^[0-9A-Z]{5}$/.test(codeOf(at) ?? ''));
  return refusal === undefined ? error : new UnusableDatabaseError(refusal);
}

/** An error and what it was caused by. */
function line(error: unknown): Error[] {
  return error instanceof Error ? [error, ...line(error.cause)] : [];
}

function codeOf(error: Error): string | null {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
}
