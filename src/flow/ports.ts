import type { Store } from '../db/store.ts';

export type { Jobs, QueueName } from '../db/queue/jobs.ts';

import type { Playbook } from '../domain/asking/playbook.ts';
import type { BundleView, DigestView } from './show/views.ts';

export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Somebody in Slack. */
export interface Person {
  slackUserId: string;
  name: string;
  realName: string;
  displayName: string;
  email: string | null;
  timeZone: string | null;
  active: boolean;
  /** Let into the workspace for a channel or some, often from another company. */
  isGuest?: boolean;
}

/** What became of something sent to Slack: see the table of errors in slack/send.ts. */
export type Sent =
  | { kind: 'sent'; channelId: string; ts: string }
  /** Slack may or may not have it (time-out, 5xx): look before sending again. */
  | { kind: 'ambiguous'; error: string }
  /** Slack does not have it and will take it later. */
  | { kind: 'later'; error: string; afterSeconds: number }
  /** The person left: hand their prompts on. */
  | { kind: 'person_gone'; error: string }
  /** The id names nobody here: the match was wrong. */
  | { kind: 'person_unknown'; error: string }
  /** It will never go through like this. */
  | { kind: 'refused'; error: string };

/** The effects on Slack that the flow asks for. */
export interface Slack {
  /** The DM channel with a person. */
  openDm(slackUserId: string): Promise<Sent>;
  sendBundle(channelId: string, bundle: BundleView): Promise<Sent>;
  /** The message of a bundle if Slack has it: looked for by the id in its metadata, from `since` on. */
  findBundle(channelId: string, bundleId: string, since: Date): Promise<{ ts: string } | null>;
  redrawBundle(channelId: string, ts: string, bundle: BundleView): Promise<Sent>;
  sendDigest(channelId: string, digest: DigestView): Promise<Sent>;
  /** Everybody who belongs to the workspace. */
  people(workspaceId: string): Promise<Person[]>;
  /** One of them; null for bots, for people of other workspaces (Slack Connect), and for nobody. */
  person(slackUserId: string, workspaceId: string): Promise<Person | null>;
}

/** What every verb of the flow is handed. `now` is the only clock. */
export interface Flow {
  store: Store;
  /** What is asked of one workspace's Slack. */
  slackOf(workspaceId: string): Slack;
  now(): Date;
  log: Log;
  /** What the environment sets for workspaces that set nothing themselves. */
  defaults: Playbook;
}
