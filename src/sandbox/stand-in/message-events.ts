import type { Courier } from './courier.ts';
import type { JsonObject } from './types.ts';
import { messageOnWire } from './wire.ts';
import { APP, type Message, type Workspace } from './workspace.ts';

/** The events that messages give rise to, the app's own messages included. */

export function messageEvent(workspace: Workspace, message: Message): JsonObject {
  return {
    ...messageOnWire(workspace, message, { metadata: false }),
    channel: message.channel,
    event_ts: message.ts,
    channel_type: channelType(workspace, message.channel),
  };
}

/** Somebody names the app in a channel that it is in: told beside the message itself, and without its kind of channel. */
export function mentionEvent(workspace: Workspace, message: Message): JsonObject | undefined {
  const { kind, botIsMember } = workspace.channel(message.channel);
  if (kind === 'dm' || !botIsMember || !message.text.includes(`<@${APP.botUserId}>`)) return undefined;
  const { channel_type: _unsaid, ...event } = messageEvent(workspace, message);
  return { ...event, type: 'app_mention' };
}

/** `before` is the message as it was on the wire. */
export function changedEvent(workspace: Workspace, message: Message, before: JsonObject): JsonObject {
  const after = messageOnWire(workspace, message, { metadata: false });
  return { ...hidden(workspace, message, 'message_changed'), message: after, previous_message: before };
}

/**
 * Slack tells an app of its own posts, edits and deletions. Bolt drops the posts (`ignoreSelf`), but not the
 * edits and deletions: they carry no user of their own.
 */
export class Echoes {
  readonly #workspace: Workspace;
  readonly #courier: Courier;

  constructor(workspace: Workspace, courier: Courier) {
    this.#workspace = workspace;
    this.#courier = courier;
  }

  posted(message: Message): void {
    this.#courier.echo(messageEvent(this.#workspace, message));
  }

  changed(message: Message, before: JsonObject): void {
    this.#courier.echo(changedEvent(this.#workspace, message, before));
  }

  deleted(message: Message): void {
    const before = messageOnWire(this.#workspace, message, { metadata: false });
    const parts = hidden(this.#workspace, message, 'message_deleted');
    this.#courier.echo({ ...parts, previous_message: before, deleted_ts: message.ts });
  }
}

function hidden(workspace: Workspace, message: Message, subtype: string): JsonObject {
  const ts = workspace.ids.ts();
  const channel_type = channelType(workspace, message.channel);
  return { type: 'message', subtype, hidden: true, channel: message.channel, ts, event_ts: ts, channel_type };
}

function channelType(workspace: Workspace, channelId: string): string {
  const channel = workspace.channel(channelId);
  if (channel.kind === 'dm') return 'im';
  return channel.isPrivate ? 'group' : 'channel';
}
