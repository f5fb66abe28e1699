import type { QueryOptions } from '@electric-sql/pglite';

/** What the process asks of the thread that has the embedded database; each is answered under its number. */
export type LiteCall =
  | { name: 'open'; files: string }
  | { name: 'query'; text: string; values: unknown[]; options: LiteOptions; transaction: number | null }
  | { name: 'exec'; text: string; transaction: number | null }
  /** Answered with the transaction's number, once it is its turn. */
  | { name: 'begin' }
  | { name: 'end'; transaction: number; how: 'commit' | 'rollback' }
  /** Payloads come as notices, unasked. */
  | { name: 'listen'; channel: string }
  | { name: 'unlisten'; channel: string }
  | { name: 'close' };

/** Functions do not cross over: of parsers only which types are left as text. */
export interface LiteOptions extends Pick<QueryOptions, 'rowMode'> {
  asText: number[];
}

/** An error, taken apart: of an Error only message and stack would cross over. */
export interface LiteError {
  message: string;
  stack: string | undefined;
  /** PostgreSQL's code. */
  code: unknown;
}

export type Asked = LiteCall & { id: number };

export type Told =
  | { id: number; value: unknown }
  | { id: number; error: LiteError }
  | { channel: string; payload: string };
