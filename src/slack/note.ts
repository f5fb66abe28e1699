import type { App } from '@slack/bolt';
import { keepNote } from '../flow/keep-note.ts';
import type { Flow } from '../flow/ports.ts';
import { workspaceOf } from './click.ts';
import { unescapeSlack } from './command-words.ts';
import { reply } from './send.ts';
import { said, sentence } from './text.ts';

/** What a rep writes in the DM is kept, with the account of the message it replies to. */
export function registerNotes(app: App, flow: Flow): void {
  app.event('message', async ({ event, body, context, client }) => {
    if (event.channel_type !== 'im' || (event.subtype !== undefined && event.subtype !== 'file_share'))
      return;
    const text = unescapeSlack(event.text ?? '');
    if ('bot_id' in event || text === '') return;
    const kept = await keepNote(flow, {
      workspaceId: workspaceOf(context),
      slackUserId: event.user,
      channelId: event.channel,
      threadTs: event.thread_ts ?? null,
      text,
      key: `note:${body.event_id}`,
    });
    // Slack repeats an event that was acknowledged too late: it is thanked for once.
    if (kept.again) return;
    const words = kept.account === null ? 'Kept.' : `Kept with ${said(kept.account, 80)}.`;
    await reply(
      client,
      { channel: event.channel, threadTs: event.thread_ts ?? event.ts },
      sentence(words),
      flow.log,
    );
  });
}
