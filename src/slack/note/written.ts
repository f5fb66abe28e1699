import { z } from 'zod';
import { unescapeSlack } from '../command/command-words.ts';

/** What somebody wrote to the bot, or wrote anew. */
export interface Written {
  slackUserId: string;
  channelId: string;
  ts: string;
  threadTs: string | null;
  text: string;
  writtenAt: Date;
  /** Of these words in this message: Slack tells them more than once. */
  key: string;
}

const ts = z.string().regex(/^\d{1,10}\.\d{1,6}$/);

/** A message by a person. Those that Slack writes itself (somebody joined, a call began) have other subtypes. */
const byPerson = z.object({
  subtype: z.enum(['file_share', 'thread_broadcast', 'me_message']).optional(),
  user: z.string(),
  text: z.string(),
  ts,
  thread_ts: ts.optional(),
  /** Set for what an app posted in somebody's name too. */
  bot_id: z.undefined().optional(),
  edited: z.object({ ts }).optional(),
});
const inDirect = z.object({ channel: z.string(), channel_type: z.literal('im') });
const posted = byPerson.extend(inDirect.shape);
const changed = inDirect.extend({
  subtype: z.literal('message_changed'),
  ts,
  message: byPerson,
  previous_message: z.object({ text: z.string().optional() }).optional(),
});

/**
 * Reads a message event. Null for what nobody wrote: an app's own messages, and a change in which the words stayed,
 * as when Slack shows what a link leads to.
 */
export function readWritten(event: unknown): Written | null {
  const change = changed.safeParse(event).data;
  const message = change?.message ?? posted.safeParse(event).data;
  const channelId = inDirect.safeParse(event).data?.channel;
  if (message === undefined || channelId === undefined) return null;
  if (change !== undefined && change.previous_message?.text === message.text) return null;
  const text = unescapeSlack(message.text);
  if (text === '') return null;
  const writtenTs = change === undefined ? message.ts : (message.edited?.ts ?? change.ts);
  return {
    ...{ slackUserId: message.user, channelId, ts: message.ts, threadTs: message.thread_ts ?? null, text },
    writtenAt: new Date(Math.floor(Number(writtenTs) * 1_000)),
    key: `note:${channelId}:${message.ts}:${writtenTs}`,
  };
}
