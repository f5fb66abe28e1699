import { z } from 'zod';
import { argumentsFor, json } from './arguments.ts';
import { checkMessageBlocks } from './check.ts';
import { changedContent, contentOf, contentShape } from './content.ts';
import type { Method } from './office.ts';
import { Refusal } from './refusal.ts';
import { messageOnWire } from './wire.ts';
import { APP, type Message, type Workspace } from './workspace.ts';

const channel = z.string().min(1);
const ts = z.string().min(1);

const postMessage: Method = ({ workspace, echoes }, args) => {
  const given = argumentsFor({ channel, thread_ts: z.string().optional(), ...contentShape }, args);
  const to = workspace.writable(given.channel);
  const content = contentOf(given);
  const threadTs = given.thread_ts;
  if (threadTs && !workspace.message(to.id, threadTs)) throw new Refusal('thread_not_found');
  const message = workspace.post({
    channel: to.id,
    botId: APP.botId,
    ...content,
    ...(threadTs && { threadTs }),
  });
  echoes.posted(message);
  return {
    channel: to.id,
    ts: message.ts,
    message: messageOnWire(workspace, message, { metadata: true }),
  };
};

const postEphemeral: Method = ({ workspace }, args) => {
  const given = argumentsFor(
    { channel, user: z.string().min(1), thread_ts: z.string().optional(), ...contentShape },
    args,
  );
  const to = workspace.writable(given.channel);
  if (!to.members.includes(given.user)) throw new Refusal('user_not_in_channel');
  const message = workspace.post({
    channel: to.id,
    botId: APP.botId,
    ephemeralFor: given.user,
    ...contentOf(given),
    ...(given.thread_ts && { threadTs: given.thread_ts }),
  });
  return { message_ts: message.ts };
};

const update: Method = ({ workspace, echoes }, args) => {
  const given = argumentsFor({ channel, ts, ...contentShape }, args);
  const message = ownMessage(workspace, given.channel, given.ts, 'cant_update_message');
  const before = messageOnWire(workspace, message, { metadata: false });
  workspace.rewrite(message, changedContent(given));
  echoes.changed(message, before);
  const after = messageOnWire(workspace, message, { metadata: true });
  return { channel: message.channel, ts: message.ts, text: message.text, message: after };
};

const remove: Method = ({ workspace, echoes }, args) => {
  const given = argumentsFor({ channel, ts }, args);
  const message = ownMessage(workspace, given.channel, given.ts, 'cant_delete_message');
  workspace.remove(message);
  echoes.deleted(message);
  return { channel: message.channel, ts: message.ts };
};

const getPermalink: Method = ({ workspace }, args) => {
  const given = argumentsFor({ channel, message_ts: ts }, args);
  const at = workspace.visible(given.channel);
  if (!workspace.message(at.id, given.message_ts)) throw new Refusal('message_not_found');
  const permalink = `https://${workspace.domain}.slack.com/archives/${at.id}/p${given.message_ts.replace('.', '')}`;
  return { channel: at.id, permalink };
};

const validate: Method = (_office, args) => {
  checkMessageBlocks(argumentsFor({ blocks: json }, args).blocks);
  return {};
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
  'blocks.validate': validate,
};

/** Ephemeral messages cannot be found again: they are changed through their response_url only. */
function ownMessage(workspace: Workspace, channelId: string, at: string, foreign: string): Message {
  const message = workspace.message(workspace.writable(channelId).id, at);
  if (!message || message.ephemeralFor) throw new Refusal('message_not_found');
  if (message.user !== APP.botUserId) throw new Refusal(foreign);
  return message;
}
