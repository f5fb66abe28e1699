import type { Store } from '../db/store.ts';

export type { Jobs, QueueName } from '../db/queue/jobs.ts';

import type { Playbook } from '../domain/asking/playbook.ts';
import type { Role } from '../domain/who/owner.ts';
import type { HandOverMessageView } from './hand-over/views.ts';
import type { HolidayBook } from './people/holiday-book.ts';
import type {
  AdminSummaryView,
  BundleView,
  DeskView,
  DigestView,
  NoticeView,
  RefusedDigestView,
} from './show/views.ts';

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
  isGuest?: boolean | undefined;
  /** Who may set things right in the workspace; null and undefined for everybody else. */
  role?: Role | null | undefined;
  /** How numbers and days are written for them (`en-GB`); undefined where Slack did not say. */
  locale?: string | null | undefined;
}

/** Slack takes no more look-ups of that kind for now. */
export class SlackBusyError extends Error {
  readonly afterSeconds: number;
  constructor(afterSeconds: number, options?: ErrorOptions) {
    super(`Slack takes this again in ${afterSeconds} s`, options);
    this.name = 'SlackBusyError';
    this.afterSeconds = afterSeconds;
  }
}

/** What became of something sent to Slack: see the table of errors in slack/send/errors.ts. */
export type Sent =
  | { kind: 'sent'; channelId: string; ts: string }
  /** Slack may or may not have it (time-out, 5xx): look before sending again. */
  | { kind: 'ambiguous'; error: string }
  /** Slack does not have it and will take it later. */
  | { kind: 'later'; error: string; afterSeconds: number }
  /** Not the person is gone but the DM: it has to be opened anew. */
  | { kind: 'dm_gone'; error: string }
  /** The person left: hand their prompts on. */
  | { kind: 'person_gone'; error: string }
  /** The id names nobody here: the match was wrong. */
  | { kind: 'person_unknown'; error: string }
  /** It will never go through like this. */
  | { kind: 'refused'; error: string };

/** Whether Slack has a bundle; or why it did not say. */
export type Found = { kind: 'found'; ts: string } | { kind: 'absent' } | Exclude<Sent, { kind: 'sent' }>;

/** The effects on Slack that the flow asks for. */
export interface Slack {
  /**
   * Takes the next turn to send a bundle or a digest, or to look for a bundle, at the pace that Slack allows; it has to be used at once.
   * False when none comes within so many ms.
   */
  turn(to: 'send' | 'look', withinMs: number): Promise<boolean>;
  /** The DM channel with a person. */
  openDm(slackUserId: string): Promise<Sent>;
  /** Posts a bundle whose turn it is: into a DM, or to a person by their id where the DM is not known yet. */
  sendBundle(to: string, bundle: BundleView): Promise<Sent>;
  /** Looks for a bundle whose turn it is by the id in its metadata, from `since` on. */
  findBundle(channelId: string, bundleId: string, since: Date): Promise<Found>;
  redrawBundle(channelId: string, ts: string, bundle: BundleView): Promise<Sent>;
  /** Draws somebody's Home tab. */
  publishHome(slackUserId: string, home: DeskView): Promise<Sent>;
  sendDigest(channelId: string, digest: DigestView): Promise<Sent>;
  sendRefusedDigest(channelId: string, refused: RefusedDigestView): Promise<Sent>;
  sendAdminSummary(channelId: string, summary: AdminSummaryView): Promise<Sent>;
  sendNotice(channelId: string, notice: NoticeView): Promise<Sent>;
  sendHandOver(channelId: string, message: HandOverMessageView): Promise<Sent>;
  /** Looks for a message about a hand-over by the id in its metadata, from `since` on. */
  findHandOver(channelId: string, messageId: string, since: Date): Promise<Found>;
  redrawHandOver(channelId: string, ts: string, message: HandOverMessageView): Promise<Sent>;
  /**
   * A page of those who belong to the workspace; without a cursor the first, and the last has no next one. Throws a
   * SlackBusyError when Slack wants to be asked later.
   */
  people(
    workspaceId: string,
    cursor: string | null,
  ): Promise<{ people: Person[]; nextCursor: string | null }>;
  /** One of them; null for bots, for people of other workspaces (Slack Connect), and for nobody. */
  person(slackUserId: string, workspaceId: string): Promise<Person | null>;
  /** The one who is here under that e-mail; null as above. Throws a SlackBusyError. */
  personByEmail(email: string, workspaceId: string): Promise<Person | null>;
}

/** A talk with a client about what their order brought, on a local date (YYYY-MM-DD). */
export interface Talk {
  workspaceId: string;
  engagementId: string;
  on: string;
}

/** Public holidays, as the countries of the world keep them. Each throws when it cannot be told. */
export interface Holidays {
  /** The dates (YYYY-MM-DD) on which a country (`PT`) or a region of it (`DE-BY`) rests, in these years. */
  dates(place: string, years: readonly number[]): Promise<string[]>;
  /** The countries that are known, ISO 3166. */
  countries(): Promise<string[]>;
  /** The regions of a country that have holidays of their own. */
  regions(country: string): Promise<{ code: string; name: string }[]>;
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
  /** Slack user ids of those who are admins by the environment; Slack's own admins come after them. */
  admins?: readonly string[];
  /** The address at which a calendar finds a talk; absent where this server has no public address. */
  calendarLink?: ((talk: Talk) => string) | undefined;
  /** Public holidays; without it nobody has any. */
  holidayBook?: HolidayBook;
}
