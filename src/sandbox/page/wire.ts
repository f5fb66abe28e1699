/** What the page and its server say to each other. Types only: nothing here is loaded by the browser. */
import type {
  FormValues,
  StandInConversation,
  StandInMessage,
  StandInShortcut,
  StandInView,
} from '../stand-in/types.ts';

/** A deal as the made-up CRM beside the page holds it. */
export interface SandboxDeal {
  id: string;
  name: string;
  account: string;
  /** The Slack user who owns it. */
  ownerId: string;
  /** One of the controls' `stages`. */
  stage: string;
  status: 'open' | 'won' | 'lost';
  amount: Money | null;
  /** What answers in Slack made of it, where the CRM does not say the same. */
  inSlack?: string;
}

export interface Money {
  /** An exact decimal: `4514.00`. */
  value: string;
  /** ISO 4217. */
  currency: string;
}

export type NewDeal = Omit<SandboxDeal, 'id' | 'status' | 'inSlack'>;
export type DealAct = 'win' | 'lose' | 'move';
export type ClockMove = 'hour' | 'morning' | 'week' | 'month';

/** What the product answered to a deal's hook; shown in the panel as it came. */
export interface HookAnswer {
  status: number;
  body: unknown;
}

export interface Person {
  id: string;
  handle: string;
  name: string;
  tz: string;
  /** `rep`, `manager`…; the controls say so. */
  role?: string;
  deleted: boolean;
  isBot: boolean;
  unread: number;
}

export interface CommandHint {
  command: string;
  says: string;
}

/** A message as JSON carries it, with what its inputs hold for the person who looks. */
export type WireMessage = Omit<StandInMessage, 'postedAt'> & { postedAt: string; values: FormValues };

/** All that one person sees at one moment, with one conversation open. */
export interface Desk {
  /** The sandbox's time, ISO 8601 in UTC. */
  now: string;
  /** Why the acting person does not work today: `weekend`, `holiday`, `away`. */
  dayOff?: string;
  team: string;
  /** What its address begins with, to know its permalinks by. */
  domain: string;
  me: string;
  app: { userId: string; name: string };
  people: Person[];
  /** Every channel anyone is in, to name the mentioned ones. */
  channels: { id: string; name: string }[];
  conversations: StandInConversation[];
  /** The open conversation; absent when none was asked for or the person is not in it. */
  messages?: WireMessage[];
  /** The app's shortcuts, of messages and global. */
  shortcuts: readonly StandInShortcut[];
  /** What a slash command may look like, and what it does. */
  commands: readonly CommandHint[];
  home?: StandInView;
  views: StandInView[];
  deals: SandboxDeal[];
  stages: readonly string[];
}
