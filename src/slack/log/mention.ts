import type { App } from '@slack/bolt';
import type { Flow } from '../../flow/ports.ts';
import { answerCommand } from '../command/command.ts';
import { ACCOUNT } from '../command/command-table.ts';
import { workspaceOf } from '../kit/click.ts';
import { whisper } from '../send/send.ts';

/** Named in a channel that it was invited to, the bot shows the account that is named too: to who asked, nobody else. */
export function registerMentions(app: App, flow: Flow): void {
  app.event('app_mention', async ({ event, context, client }) => {
    if (event.user === undefined) return;
    const asked = {
      ...{ workspaceId: workspaceOf(context), slackUserId: event.user, channelId: event.channel },
      key: `mention:${event.channel}:${event.ts}`,
      text: event.text.replaceAll(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ').trim(),
      at: flow.now(),
    };
    const row = asked.text === '' ? undefined : ACCOUNT;
    const message = await answerCommand(flow, asked, row);
    const place = { channel: event.channel, user: event.user, threadTs: event.thread_ts };
    await whisper(client, place, message, flow.log);
  });
}
