/**
 * What the stand-in shows to tests and to the sandbox page: plain data, and the surface of `SlackStandIn`
 * (in stand-in.ts). Everything returned is a copy; changing it changes nothing in the stand-in.
 */
import type { types } from '@slack/bolt';

export type Block = types.KnownBlock;
export type View = (Omit<types.HomeView, 'blocks'> | Omit<types.ModalView, 'blocks'>) & { blocks: Block[] };
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface StandInOptions {
  /** Gives message `ts`, view expiry and the ledger their time. Default: the real time. */
  clock?: () => Date;
  /** 0 (the default) takes any free port. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  team?: StandInTeam;
  users?: StandInUser[];
  channels?: StandInChannel[];
  /** HTTP mode: where events, commands and interactivity are posted, signed. Unset: Socket Mode. */
  requestUrl?: string;
  /** How long the app may take to acknowledge, in real milliseconds. Default 3000. */
  ackTimeoutMs?: number;
  /** How long a `trigger_id` lives, in real milliseconds. Default 3000. */
  triggerLifeMs?: number;
  /** Waits before an unacknowledged event is sent again, in real milliseconds. Default 0, 1 min, 5 min. */
  retryDelaysMs?: number[];
  /**
   * The bot events the manifest subscribes to; others are not sent. Default: all but `message.channels` and
   * `message.groups`.
   */
  subscriptions?: string[];
  /** The slash commands the manifest names; Slack itself refuses the others. Default: any. */
  commands?: string[];
  /** The shortcuts the manifest names; people are offered no others. Default: any. */
  shortcuts?: StandInShortcut[];
  /** HTTP mode: where external menus ask for their options (`message_menu_options_url`). Unset: nowhere. */
  optionsUrl?: string;
  /** Slack's documented tiers: 429 with Retry-After. Counted in real time, or by a clock in ms. Default false. */
  rateLimits?: boolean | { now(): number };
}

export interface StandInTeam {
  id: string;
  name: string;
  /** What its address begins with: `acme` in acme.slack.com. Default: made of the name. */
  domain?: string;
  /** The organisation (Enterprise Grid) that it belongs to. */
  enterpriseId?: string;
  /** The app is installed for the whole organisation: its token names no workspace. */
  isOrgWide?: boolean;
}

export interface StandInUser {
  /** `U…` */
  id: string;
  /** The handle: `ana`. */
  name: string;
  realName: string;
  /** What the person chose to be called; Slack gives an empty string where they chose nothing. */
  displayName?: string;
  email?: string;
  /** IANA zone: `Europe/Lisbon`. */
  tz: string;
  /** The language and region that they read Slack in. Default `en-US`. */
  locale?: string;
  isAdmin?: boolean;
  deleted?: boolean;
  isBot?: boolean;
  /** Let in for some channels only. */
  isGuest?: boolean;
  /** The workspace of somebody met in a shared channel (Slack Connect), or of another in the organisation. Default: this one. */
  teamId?: string;
}

export interface StandInShortcut {
  name: string;
  type: 'global' | 'message';
  callback_id: string;
}

export interface StandInChannel {
  /** `C…` */
  id: string;
  name: string;
  /** Ids of the people in it; the app is in it when `botIsMember`. */
  members: string[];
  botIsMember?: boolean;
  isPrivate?: boolean;
  isArchived?: boolean;
}

export interface StandInConversation {
  id: string;
  kind: 'dm' | 'channel';
  /** The channel's name, or the app's in a DM. */
  name: string;
  /** Messages by others since the person last called `read`, ephemeral ones included. */
  unread: number;
  /** False for a channel that the app has not been invited to. */
  botIsMember: boolean;
}

export interface StandInMessage {
  ts: string;
  channel: string;
  /** Who wrote it: a person's id, or the app's bot user id. */
  user: string;
  /** Set when the app wrote it. */
  botId?: string;
  text: string;
  blocks?: Block[];
  metadata?: { event_type: string; event_payload: JsonObject };
  threadTs?: string;
  edited?: boolean;
  /** Also sent to the channel from a thread, or typed after `/me`. */
  subtype?: 'thread_broadcast' | 'me_message';
  /** Only this person sees it. */
  ephemeralFor?: string;
  postedAt: Date;
}

export interface StandInView {
  /** `V…` */
  id: string;
  hash: string;
  view: View;
  rootId: string;
  previousId?: string;
  externalId?: string;
  /** What the inputs hold now for this person: block id → action id → value. */
  values: FormValues;
  /** Messages under the inputs after a refused submission: block id → text. */
  errors?: Record<string, string>;
}

/**
 * What a person enters, without Slack's wrapping: text, a number's digits, a date `2026-11-23`, a time
 * `09:30`, an option's `value`, a user or conversation id; a list of those for checkboxes and multi-selects;
 * null for emptied. The stand-in finds the option by its value and wraps it as the element's type demands.
 */
export type InputValue = string | string[] | null;
/** Block id → action id → what is entered. */
export type FormValues = Record<string, Record<string, InputValue>>;

/** Where a person clicks: in a message, or in a modal or Home view. */
export type Where = { channel: string; ts: string } | { viewId: string };

export interface Click {
  actionId: string;
  /** Needed only when two blocks hold the same action id. */
  blockId?: string;
  /** What is picked. A button needs none: it carries its own value. */
  value?: InputValue;
  /** Inputs set before the click, without an event of their own. Kept for later clicks. */
  state?: FormValues;
}

export interface Typed {
  actionId: string;
  /** Needed only when two blocks hold the same action id. */
  blockId?: string;
  value: string;
}

export interface SayOptions {
  threadTs?: string;
  subtype?: NonNullable<StandInMessage['subtype']>;
}

export type Trouble =
  /** The app did not acknowledge within `ackTimeoutMs`. */
  | 'timeout'
  /** No socket is open, the request failed, or the app answered with something other than 200. */
  | 'dispatch_failed'
  /** No app has such a command. */
  | 'unknown_command'
  /** The app's acknowledgement held something Slack refuses: unknown block ids, a faulty view. */
  | 'invalid_response';

/** What came of something a person did. */
export type Shown =
  | {
      ok: true;
      /** What the person posted, or the (ephemeral) message the acknowledgement carried. */
      message?: StandInMessage;
      /** After `submit` and `click`: the modal now on top, if any. */
      view?: StandInView;
      /** After `submit`: what stands under the inputs; the modal stays open. */
      errors?: Record<string, string>;
    }
  | {
      ok: false;
      error: Trouble;
      /** What a person would read; empty where Slack shows nothing (events). */
      userSees: string;
      /** The technical reason, for the test's failure message. */
      detail: string;
    };

/** What an external menu offers for what was typed. */
export type Suggestions = { ok: true; options: { text: string; value: string }[] } | (Shown & { ok: false });

export type FailureKind =
  | 'ratelimited'
  | 'http_500'
  /** It is done, and the answer says 500. */
  | 'http_500_after'
  /** Nothing is done and no answer ever comes. */
  | 'timeout_before'
  /** It is done, and no answer ever comes. */
  | 'timeout_after'
  /** Nothing is done and the connection is cut. */
  | 'reset_before'
  /** It is done, and the connection is cut. */
  | 'reset_after'
  /** Any error code of Slack's, such as `user_disabled`; nothing is done. */
  | (string & {});

export interface FailureRule {
  method: string | RegExp;
  kind: FailureKind;
  /** How many calls it strikes. Default: 1. */
  times?: number;
  /** Seconds, for `ratelimited`. Default 1. */
  retryAfter?: number;
  /** Strikes only calls whose arguments satisfy this. */
  when?: (args: Readonly<JsonObject>) => boolean;
}

/** One call the app made, in the order they came. */
export interface LedgerEntry {
  at: Date;
  /** A Web API method, or `response_url`. */
  method: string;
  args: JsonObject;
  /** What was done and answered (also when the answer was then held back: see `failure`). Null: nothing. */
  response: JsonObject | null;
  /** The injected failure's kind, or the error code answered. */
  failure?: string;
}

/** One thing sent to the app, with every attempt at it. */
export interface Delivery {
  at: Date;
  kind: 'events_api' | 'slash_commands' | 'interactive';
  body: JsonObject;
  /** 0 for the first, the retry's number after it. */
  retryNum: number;
  outcome: 'pending' | 'acked' | 'timeout' | 'dispatch_failed';
}

export interface StandInChange {
  kind: 'message' | 'view' | 'home' | 'user' | 'conversation';
  channel?: string;
  /** Whose view, Home or profile. For an ephemeral message: who sees it. */
  user?: string;
}
