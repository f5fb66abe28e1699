import { stateOf } from './inputs.ts';
import type { OpenView } from './modals.ts';
import type { JsonObject, StandInUser } from './types.ts';
import { APP, type Channel, type Message, type Workspace } from './workspace.ts';

/** People, conversations, messages and views in the shapes Slack gives them on the wire. */

/** As `users.info` gives it, the locale only where asked for; deactivated people come without a zone, as in Slack. */
export function userOnWire(workspace: Workspace, user: StandInUser, include = { locale: false }): JsonObject {
  return {
    id: user.id,
    team_id: user.teamId ?? workspace.team.id,
    name: user.name,
    deleted: user.deleted ?? false,
    ...(!user.deleted && zone(user.tz, workspace.ids.now())),
    real_name: user.realName,
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.displayName ?? '',
      display_name_normalized: user.displayName ?? '',
      ...(user.email && { email: user.email }),
      team: user.teamId ?? workspace.team.id,
    },
    is_bot: user.isBot ?? false,
    is_app_user: false,
    ...(!user.deleted && {
      is_admin: user.isAdmin ?? false,
      is_owner: false,
      is_restricted: user.isGuest ?? false,
    }),
    ...(include.locale && { locale: user.locale ?? 'en-US' }),
    updated: Math.floor(workspace.ids.now().getTime() / 1000),
  };
}

export function channelOnWire(channel: Channel): JsonObject {
  const member = channel.members[0] ?? '';
  if (channel.kind === 'dm') {
    return {
      id: channel.id,
      is_im: true,
      is_channel: false,
      user: member,
      is_open: true,
      is_archived: false,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate ?? false,
    is_archived: channel.isArchived ?? false,
    is_member: channel.botIsMember ?? false,
    num_members: channel.members.length + (channel.botIsMember ? 1 : 0),
  };
}

export function messageOnWire(
  workspace: Workspace,
  message: Message,
  include: { metadata: boolean },
): JsonObject {
  const { team } = workspace;
  return {
    type: 'message',
    ...(message.subtype && { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    ...(message.botId
      ? { bot_id: message.botId, app_id: APP.id }
      : { client_msg_id: `client-${message.channel}-${message.ts}` }),
    text: message.text,
    team: team.id,
    ...(message.blocks && { blocks: structuredClone(message.blocks) as unknown as JsonObject[] }),
    ...(message.threadTs && { thread_ts: message.threadTs, ...parentOf(workspace, message) }),
    ...(message.editedTs && { edited: { user: message.user, ts: message.editedTs } }),
    ...(include.metadata && message.metadata && { metadata: structuredClone(message.metadata) }),
  };
}

/** With its state: what the inputs hold now. */
export function viewOnWire(workspace: Workspace, open: OpenView): JsonObject {
  const { view } = open;
  const modal = view.type === 'modal' ? view : undefined;
  return {
    id: open.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: structuredClone(view.blocks) as unknown as JsonObject[],
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: stateOf(view.blocks, open.values, workspace.suggested),
    hash: open.hash,
    title: (modal?.title ?? { type: 'plain_text', text: 'View Title', emoji: true }) as unknown as JsonObject,
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    close: (modal?.close ?? null) as unknown as JsonObject | null,
    submit: (modal?.submit ?? null) as unknown as JsonObject | null,
    previous_view_id: open.previousId ?? null,
    root_view_id: open.rootId,
    app_id: APP.id,
    bot_id: APP.botId,
    app_installed_team_id: workspace.team.id,
  };
}

function parentOf(workspace: Workspace, reply: Message): JsonObject {
  const parent = workspace.message(reply.channel, reply.threadTs ?? '');
  return parent && parent !== reply ? { parent_user_id: parent.user } : {};
}

function zone(tz: string, at: Date): JsonObject {
  const name = (style: 'long' | 'longOffset') =>
    new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: style })
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value ?? tz;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name('longOffset')) ?? [];
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
  return { tz, tz_label: name('long'), tz_offset: sign === '-' ? -seconds : seconds };
}
