import { type Field, wrap } from './fields.ts';
import { stateOf } from './inputs.ts';
import type { OpenView } from './modals.ts';
import type { InputValue, JsonObject } from './types.ts';
import { messageOnWire, viewOnWire } from './wire.ts';
import { APP, type Message, type Workspace } from './workspace.ts';

/** What Slack sends the app about something a person did. */

export interface Leave {
  triggerId: string;
  responseUrl?: string;
}

export function commandBody(
  workspace: Workspace,
  userId: string,
  channelId: string,
  typed: { command: string; text: string },
  leave: Required<Leave>,
): JsonObject {
  const channel = workspace.channel(channelId);
  return {
    token: APP.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.domain,
    channel_id: channelId,
    channel_name: channel.kind === 'dm' ? 'directmessage' : channel.name,
    user_id: userId,
    user_name: workspace.person(userId).name,
    command: typed.command,
    text: typed.text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: leave.responseUrl,
    trigger_id: leave.triggerId,
  };
}

export function messageActionsBody(
  workspace: Workspace,
  userId: string,
  message: Message,
  action: JsonObject,
  leave: Leave,
): JsonObject {
  return {
    type: 'block_actions',
    ...common(workspace, userId),
    ...inMessage(workspace, message),
    trigger_id: leave.triggerId,
    state: stateOf(message.blocks ?? [], message.values.get(userId) ?? {}, workspace.suggested),
    ...(leave.responseUrl !== undefined && { response_url: leave.responseUrl }),
    actions: [action],
  };
}

export function viewActionsBody(
  workspace: Workspace,
  open: OpenView,
  action: JsonObject,
  leave: Leave,
): JsonObject {
  return {
    type: 'block_actions',
    ...common(workspace, open.userId),
    container: { type: 'view', view_id: open.id },
    trigger_id: leave.triggerId,
    view: viewOnWire(workspace, open),
    actions: [action],
  };
}

/** What a person types into an external menu, to which the app suggests options. */
export function suggestionBody(
  workspace: Workspace,
  userId: string,
  typed: { actionId: string; blockId: string; value: string },
  source: OpenView | Message,
): JsonObject {
  return {
    type: 'block_suggestion',
    ...common(workspace, userId),
    action_id: typed.actionId,
    block_id: typed.blockId,
    value: typed.value,
    ...('view' in source
      ? { container: { type: 'view', view_id: source.id }, view: viewOnWire(workspace, source) }
      : inMessage(workspace, source)),
  };
}

export function submissionBody(workspace: Workspace, open: OpenView, leave: Leave): JsonObject {
  return {
    type: 'view_submission',
    ...common(workspace, open.userId),
    trigger_id: leave.triggerId,
    view: viewOnWire(workspace, open),
    response_urls: [],
  };
}

/** Without what was typed: Slack does not promise it here. */
export function closedBody(workspace: Workspace, open: OpenView, isCleared: boolean): JsonObject {
  return {
    type: 'view_closed',
    ...common(workspace, open.userId),
    view: { ...viewOnWire(workspace, open), state: { values: {} } },
    is_cleared: isCleared,
  };
}

export function shortcutBody(
  workspace: Workspace,
  userId: string,
  callbackId: string,
  leave: Leave,
  on?: Message,
): JsonObject {
  const shared = {
    ...common(workspace, userId),
    action_ts: workspace.ids.ts(),
    callback_id: callbackId,
    trigger_id: leave.triggerId,
  };
  if (!on) return { type: 'shortcut', ...shared };
  return {
    type: 'message_action',
    ...shared,
    response_url: leave.responseUrl ?? '',
    message_ts: on.ts,
    channel: channelNamed(workspace, on.channel),
    message: messageOnWire(workspace, on, { metadata: true }),
  };
}

/** One entry of `actions`. A button brings its own text and value, everything else what was picked. */
export function actionOf(workspace: Workspace, field: Field, picked: InputValue): JsonObject {
  const { element, blockId } = field;
  const own = element as unknown as JsonObject;
  const shared = { type: element.type, action_id: element.action_id, block_id: blockId };
  const action_ts = workspace.ids.ts();
  if (element.type === 'button') {
    const { text, value, style, url } = own;
    return {
      ...shared,
      ...(text && { text: { emoji: true, ...(text as JsonObject) } }),
      ...(value !== undefined && { value }),
      ...(style && { style }),
      ...(url && { url }),
      action_ts,
    };
  }
  return { ...shared, ...wrap(element, picked, workspace.suggested), ...initials(own), action_ts };
}

/** Where in a message something was done; of an ephemeral one Slack sends no more than that. */
function inMessage(workspace: Workspace, message: Message): JsonObject {
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(message.threadTs && { thread_ts: message.threadTs }),
    },
    channel: channelNamed(workspace, message.channel),
    ...(!ephemeral && { message: messageOnWire(workspace, message, { metadata: true }) }),
  };
}

function channelNamed(workspace: Workspace, channelId: string): JsonObject {
  const channel = workspace.channel(channelId);
  return { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name };
}

/** Slack repeats the placeholder and what was chosen at first. */
function initials(element: JsonObject): JsonObject {
  const names = Object.keys(element).filter((name) => name === 'placeholder' || name.startsWith('initial_'));
  return Object.fromEntries(names.map((name) => [name, element[name] ?? null]));
}

/** Somebody of another workspace clicks under that one's id. */
function common(workspace: Workspace, userId: string): JsonObject {
  const { name, teamId = workspace.team.id } = workspace.person(userId);
  const { enterpriseId } = workspace.team;
  return {
    user: { id: userId, username: name, name, team_id: teamId },
    api_app_id: APP.id,
    token: APP.verificationToken,
    team: { id: teamId, domain: workspace.domain, ...(enterpriseId && { enterprise_id: enterpriseId }) },
    enterprise: enterpriseId === undefined ? null : { id: enterpriseId, name: 'Organisation' },
    is_enterprise_install: false,
  };
}
