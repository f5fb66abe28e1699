import { z } from 'zod';
import { argumentsFor, count, flag } from './arguments.ts';
import type { Method } from './office.ts';
import { Refusal } from './refusal.ts';
import type { JsonObject, StandInUser } from './types.ts';
import { channelOnWire, messageOnWire, userOnWire } from './wire.ts';
import { APP, type Channel, dmOf, type Message, type Workspace } from './workspace.ts';

const channel = z.string().min(1);
const paging = { cursor: z.string().optional(), limit: count.optional() };

const open: Method = ({ workspace }, args) => {
  const given = argumentsFor({ users: z.string().min(1), return_im: flag }, args);
  const person = workspace.people.get(given.users);
  if (!person) throw new Refusal('user_not_found');
  if (person.deleted) throw new Refusal('user_disabled');
  const dm = workspace.channel(dmOf(person.id));
  return { channel: given.return_im ? channelOnWire(dm) : { id: dm.id } };
};

const conversationInfo: Method = ({ workspace }, args) => {
  return { channel: channelOnWire(workspace.visible(argumentsFor({ channel }, args).channel)) };
};

const conversationList: Method = ({ workspace }, args) => {
  const given = argumentsFor({ types: z.string().default('public_channel'), ...paging }, args);
  const types = given.types.split(',').map((type) => type.trim());
  const listed = [...workspace.channels.values()].filter((each) => types.includes(typeOf(each)));
  const { page, response_metadata } = paged(listed, given);
  return { channels: page.map(channelOnWire), response_metadata };
};

const members: Method = ({ workspace }, args) => {
  const given = argumentsFor({ channel, ...paging }, args);
  const { page, response_metadata } = paged(membersOf(workspace.visible(given.channel)), given);
  return { members: page, response_metadata };
};

const historyShape = {
  channel,
  oldest: z.coerce.string().optional(),
  latest: z.coerce.string().optional(),
  inclusive: flag,
  include_all_metadata: flag,
  ...paging,
};

const history: Method = ({ workspace }, args) => {
  const given = argumentsFor(historyShape, args);
  const from = readable(workspace, given.channel);
  const top = workspace.messages(from.id).filter((m) => m.threadTs === undefined || m.threadTs === m.ts);
  const within = top.filter((message) => isWithin(message, given)).reverse();
  return pageOfMessages(workspace, within, given);
};

const replies: Method = ({ workspace }, args) => {
  const given = argumentsFor({ ts: z.string().min(1), ...historyShape }, args);
  const from = readable(workspace, given.channel);
  const thread = workspace.messages(from.id).filter((m) => m.ts === given.ts || m.threadTs === given.ts);
  if (thread.length === 0) throw new Refusal('thread_not_found');
  return pageOfMessages(
    workspace,
    thread.filter((message) => isWithin(message, given)),
    given,
  );
};

const userInfo: Method = ({ workspace }, args) => {
  const given = argumentsFor({ user: z.string().min(1), include_locale: flag }, args);
  const person = everybody(workspace).find((each) => each.id === given.user);
  if (!person) throw new Refusal('user_not_found');
  return { user: userOnWire(workspace, person, { locale: given.include_locale ?? false }) };
};

const userList: Method = ({ workspace }, args) => {
  const given = argumentsFor({ include_locale: flag, ...paging }, args);
  const include = { locale: given.include_locale ?? false };
  const { page, response_metadata } = paged(everybody(workspace), given);
  const cache_ts = Math.floor(workspace.ids.now().getTime() / 1000);
  return {
    members: page.map((person) => userOnWire(workspace, person, include)),
    cache_ts,
    response_metadata,
  };
};

const lookupByEmail: Method = ({ workspace }, args) => {
  const email = argumentsFor({ email: z.string().min(1) }, args).email.toLowerCase();
  const person = [...workspace.people.values()].find((each) => each.email?.toLowerCase() === email);
  if (!person || person.deleted) throw new Refusal('users_not_found');
  return { user: userOnWire(workspace, person) };
};

const authTest: Method = ({ workspace }) => ({
  url: `https://${workspace.domain}.slack.com/`,
  user: APP.handle,
  user_id: APP.botUserId,
  bot_id: APP.botId,
  ...(!workspace.team.isOrgWide && { team: workspace.team.name, team_id: workspace.team.id }),
  ...(workspace.team.enterpriseId && { enterprise_id: workspace.team.enterpriseId }),
  is_enterprise_install: workspace.team.isOrgWide ?? false,
});

const apiTest: Method = (_office, args) => {
  if (typeof args.error === 'string') throw new Refusal(args.error, { args });
  return { args };
};

export const workspaceMethods: Record<string, Method> = {
  'api.test': apiTest,
  'auth.test': authTest,
  'conversations.open': open,
  'conversations.info': conversationInfo,
  'conversations.list': conversationList,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
  'users.info': userInfo,
  'users.list': userList,
  'users.lookupByEmail': lookupByEmail,
};

/** As in every workspace: the app's own bot, and Slackbot, whose `is_bot` is false. */
function everybody(workspace: Workspace): StandInUser[] {
  const bot = { id: APP.botUserId, name: APP.handle, realName: APP.name, tz: 'UTC', isBot: true };
  const slackbot = { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', tz: 'America/Los_Angeles' };
  return [slackbot, bot, ...workspace.people.values()];
}

function membersOf(conversation: Channel): string[] {
  return [...conversation.members, ...(conversation.botIsMember ? [APP.botUserId] : [])];
}

function typeOf(conversation: Channel): string {
  if (conversation.kind === 'dm') return 'im';
  return conversation.isPrivate ? 'private_channel' : 'public_channel';
}

function readable(workspace: Workspace, channelId: string): Channel {
  const conversation = workspace.visible(channelId);
  if (!conversation.botIsMember) throw new Refusal('not_in_channel');
  return conversation;
}

interface Window {
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
}

/** Ephemeral messages are in no history. */
function isWithin(message: Message, { oldest, latest, inclusive }: Window): boolean {
  if (message.ephemeralFor) return false;
  const ts = Number(message.ts);
  if (inclusive && (message.ts === oldest || message.ts === latest)) return true;
  return ts > Number(oldest ?? 0) && (latest === undefined || ts < Number(latest));
}

interface Paging {
  cursor?: string | undefined;
  limit?: number | undefined;
}

function pageOfMessages(
  workspace: Workspace,
  messages: Message[],
  given: Paging & { include_all_metadata?: boolean | undefined },
): JsonObject {
  const { page, response_metadata } = paged(messages, given);
  const metadata = given.include_all_metadata ?? false;
  return {
    messages: page.map((message) => messageOnWire(workspace, message, { metadata })),
    has_more: response_metadata.next_cursor !== '',
    response_metadata,
  };
}

function paged<T>(all: T[], { cursor, limit = 100 }: Paging) {
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString()) : 0;
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const next_cursor = end < all.length ? Buffer.from(String(end)).toString('base64') : '';
  return { page: all.slice(start, end), response_metadata: { next_cursor } };
}
