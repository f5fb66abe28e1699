import type { JsonObject } from './types.ts';

/** Slack says no: becomes `{ ok: false, error: code, …extra }`. */
export class Refusal extends Error {
  readonly code: string;
  readonly extra: JsonObject;

  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.extra = extra;
  }
}
