import type { Feed } from './feed.ts';
import type { Option, Suggested } from './fields.ts';
import type { Ids } from './ids.ts';
import { Refusal } from './refusal.ts';
import type { Block, FormValues, StandInChannel, StandInMessage, StandInTeam, StandInUser } from './types.ts';

/** Who the app is in this workspace, and what it shows to prove it. */
export const APP = {
  id: 'A0SANDBOX',
  name: "What's Next",
  handle: 'whatsnext',
  botId: 'B0SANDBOX',
  botUserId: 'U0WHATSNEXT',
  botToken: 'xoxb-sandbox-bot-token',
  appToken: 'xapp-1-A0SANDBOX-sandbox-app-token',
  signingSecret: 'sandbox-signing-secret',
  verificationToken: 'sandbox-verification-token',
} as const;

export interface Channel extends StandInChannel {
  kind: 'dm' | 'channel';
}

export interface Message extends StandInMessage {
  /** When it was last edited. */
  editedTs?: string;
  /** What its inputs hold, by person. */
  values: Map<string, FormValues>;
}

export type Draft = Pick<Message, 'channel' | 'text'> & Partial<Omit<Message, 'ts' | 'postedAt' | 'values'>>;

/** The people, conversations and messages. Holds no protocol. */
export class Workspace {
  readonly team: StandInTeam;
  readonly ids: Ids;
  readonly people = new Map<string, StandInUser>();
  readonly channels = new Map<string, Channel>();
  uninstalled = false;
  /** What the app has suggested for its external menus, in all: people pick of what they were shown. */
  readonly #suggested = new Map<string, Option>();
  readonly #feed: Feed;
  readonly #messages = new Map<string, Map<string, Message>>();
  readonly #readUpTo = new Map<string, string>();

  constructor(team: StandInTeam, ids: Ids, feed: Feed) {
    this.team = team;
    this.ids = ids;
    this.#feed = feed;
  }

  /** The name in its address: `sandbox` in sandbox.slack.com. */
  get domain(): string {
    return this.team.domain ?? this.team.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  }

  keepSuggested(actionId: string, options: readonly Option[]): void {
    for (const option of options) this.#suggested.set(`${actionId} ${option.value}`, option);
  }

  readonly suggested: Suggested = (actionId, value) => this.#suggested.get(`${actionId} ${value}`);

  addPerson(user: StandInUser): void {
    this.people.set(user.id, { ...user });
    const dm = dmOf(user.id);
    this.channels.set(dm, { id: dm, kind: 'dm', name: APP.name, members: [user.id], botIsMember: true });
  }

  addChannel(channel: StandInChannel): void {
    this.channels.set(channel.id, { ...channel, members: [...channel.members], kind: 'channel' });
  }

  /** @throws Error for somebody unknown: a fault of the test, not of the app */
  person(userId: string): StandInUser {
    const person = this.people.get(userId);
    if (!person) throw new Error(`The stand-in has no user ${userId}`);
    return person;
  }

  /** @throws Error for an unknown channel: a fault of the test, not of the app */
  channel(channelId: string): Channel {
    const channel = this.channels.get(channelId);
    if (!channel) throw new Error(`The stand-in has no channel ${channelId}`);
    return channel;
  }

  /**
   * The channel the app names, by its id or, for a DM, by the person's.
   * @throws Refusal what Slack answers where the app may not write there
   */
  writable(channelOrUser: string): Channel {
    const channel = this.visible(channelOrUser);
    const person = channel.kind === 'dm' ? this.people.get(channel.members[0] ?? '') : undefined;
    if (person?.deleted) throw new Refusal('user_disabled');
    if (channel.isArchived) throw new Refusal('is_archived');
    if (!channel.botIsMember) throw new Refusal('not_in_channel');
    return channel;
  }

  /** @throws Refusal `channel_not_found`, also for a private channel that the app is not in */
  visible(channelOrUser: string): Channel {
    const channel = this.channels.get(channelOrUser) ?? this.channels.get(dmOf(channelOrUser));
    if (!channel || (channel.isPrivate && !channel.botIsMember)) throw new Refusal('channel_not_found');
    return channel;
  }

  post(draft: Draft): Message {
    const message: Message = {
      user: APP.botUserId,
      ...draft,
      ...(draft.blocks && { blocks: this.withIds(draft.blocks) }),
      ts: this.ids.ts(),
      postedAt: this.ids.now(),
      values: new Map(),
    };
    this.#in(draft.channel).set(message.ts, message);
    this.#told(message);
    return message;
  }

  rewrite(message: Message, patch: Partial<Pick<Message, 'text' | 'blocks' | 'metadata'>>): void {
    Object.assign(message, patch, { edited: true, editedTs: this.ids.ts() });
    if (patch.blocks) message.blocks = this.withIds(patch.blocks);
    if (patch.blocks?.length === 0) delete message.blocks;
    this.#told(message);
  }

  remove(message: Message): void {
    this.#in(message.channel).delete(message.ts);
    this.#told(message);
  }

  message(channelId: string, ts: string): Message | undefined {
    return this.#in(channelId).get(ts);
  }

  /** Oldest first. */
  messages(channelId: string): Message[] {
    return [...this.#in(channelId).values()];
  }

  markRead(userId: string, channelId: string): void {
    this.#readUpTo.set(`${userId} ${channelId}`, this.messages(channelId).at(-1)?.ts ?? '');
  }

  unread(userId: string, channelId: string): number {
    const upTo = this.#readUpTo.get(`${userId} ${channelId}`) ?? '';
    return this.messages(channelId).filter(
      (message) => message.ts > upTo && message.user !== userId && isSeenBy(message, userId),
    ).length;
  }

  /** Slack gives an id to every block and element that came without one. */
  withIds(blocks: Block[]): Block[] {
    return structuredClone(blocks).map((block) => {
      const given = block as { block_id?: string; elements?: object[]; element?: object; accessory?: object };
      given.block_id ??= this.ids.next('b');
      const elements = [...(given.elements ?? []), given.element, given.accessory].filter(
        (e) => e !== undefined,
      );
      for (const element of elements as { type: string; action_id?: string }[]) {
        if (takesAction(element.type)) element.action_id ??= this.ids.next('a');
      }
      return block;
    });
  }

  #in(channelId: string): Map<string, Message> {
    const messages = this.#messages.get(channelId) ?? new Map<string, Message>();
    this.#messages.set(channelId, messages);
    return messages;
  }

  #told(message: Message): void {
    this.#feed.changed({
      kind: 'message',
      channel: message.channel,
      ...(message.ephemeralFor && { user: message.ephemeralFor }),
    });
  }
}

/** A person's DM with the app. */
export function dmOf(userId: string): string {
  return `D${userId.slice(1)}`;
}

export function isSeenBy(message: StandInMessage, userId: string | undefined): boolean {
  return message.ephemeralFor === undefined || message.ephemeralFor === userId;
}

function takesAction(type: string): boolean {
  return !/^(image|mrkdwn|plain_text|rich_text_.*(?<!input))$/.test(type);
}
