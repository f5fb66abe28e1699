import type { Courier } from './courier.ts';
import type { Feed } from './feed.ts';
import { changedEvent } from './message-events.ts';
import type { JsonObject, Shown, StandInMessage, StandInUser } from './types.ts';
import { messageOnWire, userOnWire } from './wire.ts';
import { APP, type Workspace } from './workspace.ts';

/** What happens in the workspace without the app: people come, change and go; the app is invited or removed. */
export class Happenings {
  readonly #workspace: Workspace;
  readonly #courier: Courier;
  readonly #feed: Feed;

  constructor(workspace: Workspace, courier: Courier, feed: Feed) {
    this.#workspace = workspace;
    this.#courier = courier;
    this.#feed = feed;
  }

  addUser(user: StandInUser): Promise<Shown> {
    this.#workspace.addPerson(user);
    this.#feed.changed({ kind: 'user', user: user.id });
    return this.event({ type: 'team_join', user: userOnWire(this.#workspace, user) });
  }

  changeUser(userId: string, patch: Partial<StandInUser>): Promise<Shown> {
    const person = Object.assign(this.#workspace.person(userId), patch, { id: userId });
    this.#feed.changed({ kind: 'user', user: userId });
    const user = userOnWire(this.#workspace, person);
    return this.event({ type: 'user_change', user, cache_ts: Number(user.updated) });
  }

  inviteApp(channelId: string, byUserId: string): Promise<Shown> {
    this.#workspace.channel(channelId).botIsMember = true;
    this.#feed.changed({ kind: 'conversation', channel: channelId });
    return this.event({
      type: 'member_joined_channel',
      user: APP.botUserId,
      channel: channelId,
      channel_type: 'C',
      team: this.#workspace.team.id,
      inviter: byUserId,
    });
  }

  removeApp(channelId: string): Promise<Shown> {
    this.#workspace.channel(channelId).botIsMember = false;
    this.#feed.changed({ kind: 'conversation', channel: channelId });
    return this.event({
      type: 'member_left_channel',
      user: APP.botUserId,
      channel: channelId,
      channel_type: 'C',
      team: this.#workspace.team.id,
    });
  }

  postMetadata(channelId: string, metadata: NonNullable<StandInMessage['metadata']>): Promise<Shown> {
    const other = { user: 'U0OTHERAPP', botId: 'B0OTHERAPP' };
    const message = this.#workspace.post({
      channel: channelId,
      ...other,
      text: metadata.event_type,
      metadata,
    });
    return this.event({
      type: 'message_metadata_posted',
      app_id: 'A0OTHERAPP',
      bot_id: other.botId,
      user_id: other.user,
      team_id: this.#workspace.team.id,
      channel_id: channelId,
      metadata,
      message_ts: message.ts,
    });
  }

  /** The token is dead before the app hears of it. */
  async uninstall(): Promise<Shown> {
    this.#workspace.uninstalled = true;
    const revoked = await this.event({ type: 'tokens_revoked', tokens: { bot: [APP.botUserId], oauth: [] } });
    const uninstalled = await this.event({ type: 'app_uninstalled' });
    return revoked.ok ? uninstalled : revoked;
  }

  unfurl(channelId: string, ts: string): Promise<Shown> {
    const message = this.#workspace.message(channelId, ts);
    if (!message) throw new Error(`There is no message ${ts} in ${channelId}`);
    const before = messageOnWire(this.#workspace, message, { metadata: false });
    const attachment = { id: 1, from_url: 'https://example.com', title: 'Example', fallback: 'Example' };
    const changed = changedEvent(this.#workspace, message, before);
    const after = { ...(changed.message as JsonObject), attachments: [attachment] };
    return this.event({ ...changed, message: after });
  }

  async event(event: JsonObject): Promise<Shown> {
    const ack = await this.#courier.event(event);
    return ack.ok ? { ok: true } : { ok: false, error: ack.error, userSees: '', detail: ack.detail };
  }
}
