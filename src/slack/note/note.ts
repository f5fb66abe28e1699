import type { App } from '@slack/bolt';
import { type KeptNote, keepNote } from '../../flow/answers/keep-note.ts';
import { NoRepError } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { COMMAND } from '../command/command.ts';
import { SUBCOMMANDS } from '../command/command-table.ts';
import { splitFirst } from '../command/command-words.ts';
import { helpMessage } from '../command/help.ts';
import { workspaceOf } from '../kit/click.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { type Message, said, sentence } from '../kit/text.ts';
import { reply } from '../send/send.ts';
import { readWritten } from './written.ts';

/** What a rep writes in the DM is kept, with the account of the message it replies to. */
export function registerNotes(app: App, flow: Flow): void {
  app.event('message', async ({ event, context, client }) => {
    const written = readWritten(event);
    if (written === null) return;
    const { channelId, ts, threadTs, slackUserId, text } = written;
    const place = { channel: channelId, threadTs: threadTs ?? ts };
    if (HELP.test(text)) {
      await reply(client, place, helpMessage(SUBCOMMANDS), flow.log);
      return;
    }
    const answer = await keepNote(flow, { workspaceId: workspaceOf(context), ...written }).then(
      (kept) => (kept.again ? null : noteMessage(kept, text)),
      (error: unknown) => {
        if (error instanceof NoRepError) return noRepMessage(error, { slackUserId });
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
export function noteMessage(
  { account, isEdit }: Pick<KeptNote, 'account' | 'isEdit'>,
  text: string,
): Message {
  const verb = isEdit ? 'Changed' : 'Kept';
  const kept = account === null ? verb : `${verb} with ${said(account, 80)}`;
  if (COMMANDS.includes(splitFirst(text).word)) {
    return sentence(`${kept}, as a note. If you meant the command, type \`${COMMAND} ${said(text, 250)}\`.`);
  }
  if (account !== null) return sentence(`${kept}.`);
  const again = "Write it once more with the account's name, and it joins its story.";
  const help = `\`${COMMAND} help\` shows what else I understand.`;
  return sentence(`${kept}, but I couldn't tell for which account. ${again} ${help}`);
}
