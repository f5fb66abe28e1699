import type { Delivery, JsonObject } from './types.ts';

/** Why an attempt is a repetition, as Slack says it in `retry_reason`. */
export type RetryReason = 'timeout' | 'http_error' | 'connection_failed';

export interface Attempt {
  kind: Delivery['kind'];
  body: JsonObject;
  retry?: { num: number; reason: RetryReason };
}

/** What the app answered in time, or why there is no answer. */
export type Ack =
  | { ok: true; payload: JsonObject | string }
  | { ok: false; error: 'timeout' | 'dispatch_failed'; reason: RetryReason; detail: string; final?: boolean };

/** One of the two ways to the app: a socket, or signed HTTP. */
export interface Transport {
  deliver(attempt: Attempt): Promise<Ack>;
}

export function timedOut(ms: number): Ack {
  return { ok: false, error: 'timeout', reason: 'timeout', detail: `no acknowledgement within ${ms} ms` };
}
