import type { Store } from '../db/store.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { BundleView, DigestView } from './views.ts';

/** Jobs by queue. A job only names what to look up: the truth is in the tables when it runs. */
export interface Jobs {
  /** Takes the stored deal updates of a workspace that are not applied yet into their engagements. */
  'apply-deal-updates': { workspaceId: string };
  /** Brings a bundle to Slack. */
  'deliver-bundle': { workspaceId: string; bundleId: string };
  /** Draws the DMs that show a prompt anew, after it was answered or overtaken. */
  'redraw-prompt': { workspaceId: string; promptId: string };
  /** Brings a digest to its channel. */
  'send-digest': { workspaceId: string; digestId: string };
  /** Looks for the Slack users of owners who are not matched yet. */
  'match-reps': { workspaceId: string };
}

export type QueueName = keyof Jobs;

/** A job that fails is tried again by pg-boss: after `retryDelay` seconds, then with growing pauses. */
export const QUEUES: Record<
  QueueName,
  { retryLimit: number; retryDelay: number; retryDelayMax: number; expireInSeconds: number }
> = {
  'apply-deal-updates': { retryLimit: 20, retryDelay: 1, retryDelayMax: 300, expireInSeconds: 120 },
  'deliver-bundle': { retryLimit: 20, retryDelay: 2, retryDelayMax: 600, expireInSeconds: 60 },
  'redraw-prompt': { retryLimit: 10, retryDelay: 2, retryDelayMax: 300, expireInSeconds: 60 },
  'send-digest': { retryLimit: 10, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'match-reps': { retryLimit: 5, retryDelay: 10, retryDelayMax: 600, expireInSeconds: 300 },
};

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
  people(): Promise<Person[]>;
}

/** What every verb of the flow is handed. `now` is the only clock. */
export interface Flow {
  store: Store;
  slack: Slack;
  now(): Date;
  log: Log;
  /** What the environment sets for workspaces that set nothing themselves. */
  defaults: Playbook;
}
