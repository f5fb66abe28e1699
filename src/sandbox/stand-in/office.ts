import type { Echoes } from './message-events.ts';
import type { Modals } from './modals.ts';
import type { JsonObject } from './types.ts';
import type { Workspace } from './workspace.ts';

/** What the Web API's methods work on. */
export interface Office {
  workspace: Workspace;
  modals: Modals;
  echoes: Echoes;
}

/** One method: its arguments in, its answer (without `ok`) out. Throws a Refusal to say no. */
export type Method = (office: Office, args: JsonObject) => JsonObject;
