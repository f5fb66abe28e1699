import type { App } from '@slack/bolt';
import { NoRepError } from '../flow/ensure-rep.ts';
import { type KeptNote, keepNote } from '../flow/keep-note.ts';
import type { Flow } from '../flow/ports.ts';
import { workspaceOf } from './click.ts';
import { unescapeSlack } from './command-words.ts';
import { noRepMessage } from './no-rep.ts';
import { reply } from './send.ts';
import { type Message, said, sentence } from './text.ts';

/** What a rep writes in the DM is kept, with the account of the message it replies to. */
export function registerNotes(app: App, flow: Flow): void {
  app.event('message', async ({ event, body, context, client }) => {
    if (event.channel_type !== 'im' || (event.subtype !== undefined && event.subtype !== 'file_share'))
      return;
    const text = unescapeSlack(event.text ?? '');
    if ('bot_id' in event || text === '') return;
    const answer = await keepNote(flow, {
      workspaceId: workspaceOf(context),
      slackUserId: event.user,
      channelId: event.channel,
      threadTs: event.thread_ts ?? null,
      text,
      key: `note:${body.event_id}`,
    }).then(thanks, (error: unknown) => {
      if (error instanceof NoRepError) return noRepMessage(error, { slackUserId: event.user });
      throw error;
    });
    if (answer === null) return;
    const place = { channel: event.channel, threadTs: event.thread_ts ?? event.ts };
    await reply(client, place, answer, flow.log);
  });
}

/** Slack repeats an event that was acknowledged too late: it is thanked for once. */
function thanks({ account, again }: KeptNote): Message | null {
  if (again) return null;
  return sentence(account === null ? 'Kept.' : `Kept with ${said(account, 80)}.`);
}
