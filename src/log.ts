import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Env } from './env.ts';

/** A log of one JSON object a line, on standard output unless told otherwise. */
export function createLog(level: Env['logLevel'], to?: DestinationStream): Logger {
  const options = {
    ...{ level, base: null, timestamp: stdTimeFunctions.isoTime },
    ...{ redact: ['token', '*.token'], serializers: { err: loggableError } },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

/** How far causes are followed: a ring of them would have no end. */
const CAUSES = 5;

/**
 * What the log says of an error, and no more: drivers hang their whole client onto theirs, with passwords, the keys
 * to cancel what runs, and what people wrote.
 */
function loggableError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, code, stack, cause } = error as Error & { code?: unknown };
  const deeper = (other: unknown) => loggableError(other, depth + 1);
  const hasCause = cause !== undefined && depth < CAUSES;
  return {
    ...{ name, message, stack },
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(hasCause ? { cause: deeper(cause) } : {}),
    ...(error instanceof AggregateError && depth < CAUSES ? { errors: error.errors.map(deeper) } : {}),
  };
}
