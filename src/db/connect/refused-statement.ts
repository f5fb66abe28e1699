import { DrizzleQueryError } from 'drizzle-orm';

/** A statement that the database did not take, without the values in it. */
export class RefusedStatementError extends Error {
  /** The database's own code, such as 40P01; undefined where the connection broke. */
  readonly code: unknown;
  constructor(statement: string, cause: Error | undefined) {
    super(`${cause?.message ?? 'not taken'}, in: ${statement}`);
    this.name = 'RefusedStatementError';
    this.code = (cause as { code?: unknown } | undefined)?.code;
  }
}

/**
 * Errors end in the log, and values are what people wrote in confidence: drizzle, PGlite and postgres.js all put them
 * into the error. Errors of anything else come back as they are.
 */
export function withoutValues(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? new RefusedStatementError(error.query, error.cause) : error;
}
