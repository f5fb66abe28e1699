import type { App } from '@slack/bolt';
import { type KeptNote, keepNote } from '../../flow/answers/keep-note.ts';
import { NoRepError } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { COMMAND } from '../command/command.ts';
import { SUBCOMMANDS } from '../command/command-table.ts';
import { splitFirst, unescapeSlack } from '../command/command-words.ts';
import { helpMessage } from '../command/help.ts';
import { workspaceOf } from '../kit/click.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { type Message, said, sentence } from '../kit/text.ts';
import { reply } from '../send/send.ts';

/** What a rep writes in the DM is kept, with the account of the message it replies to. */
export function registerNotes(app: App, flow: Flow): void {
  app.event('message', async ({ event, body, context, client }) => {
    if (event.channel_type !== 'im' || (event.subtype !== undefined && event.subtype !== 'file_share'))
      return;
    const text = unescapeSlack(event.text ?? '');
    if ('bot_id' in event || text === '') return;
    const place = { channel: event.channel, threadTs: event.thread_ts ?? event.ts };
    if (HELP.test(text)) {
      await reply(client, place, helpMessage(SUBCOMMANDS), flow.log);
      return;
    }
    const answer = await keepNote(flow, {
      workspaceId: workspaceOf(context),
      slackUserId: event.user,
      channelId: event.channel,
      threadTs: event.thread_ts ?? null,
      text,
      key: `note:${body.event_id}`,
    }).then(
      (kept) => (kept.again ? null : noteMessage(kept, text)),
      (error: unknown) => {
        if (error instanceof NoRepError) return noRepMessage(error, { slackUserId: event.user });
        throw error;
      },
    );
    // Slack repeats an event that was acknowledged too late: it is thanked for once.
    if (answer !== null) await reply(client, place, answer, flow.log);
  });
}

/** Nothing to keep: somebody wants to know what to write. */
const HELP = /^(help|\?)\s*[?!.]*$/i;

/** Commands that somebody in a hurry may write without the slash. */
const COMMANDS = ['won', 'need', 'digest', 'manager'];

/** What is said to a note: where it went, or what would make it go somewhere. */
export function noteMessage({ account }: Pick<KeptNote, 'account'>, text: string): Message {
  const kept = account === null ? 'Kept' : `Kept with ${said(account, 80)}`;
  if (COMMANDS.includes(splitFirst(text).word)) {
    return sentence(`${kept}, as a note. If you meant the command, type \`${COMMAND} ${said(text, 250)}\`.`);
  }
  if (account !== null) return sentence(`${kept}.`);
  const again = "Write it once more with the account's name, and it joins its story.";
  const help = `\`${COMMAND} help\` shows what else I understand.`;
  return sentence(`${kept}, but I couldn't tell for which account. ${again} ${help}`);
}
