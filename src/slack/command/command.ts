import { setTimeout } from 'node:timers/promises';
import type { App, SlashCommand } from '@slack/bolt';
import { NoRepError } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { workspaceOf } from '../kit/click.ts';
import { STORED_WITHIN_MS } from '../kit/limits.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { type Message, sentence } from '../kit/text.ts';
import { within } from '../kit/waits.ts';
import { loggable } from '../send/errors.ts';
import { ACCOUNT, type Asked, SUBCOMMANDS, type Subcommand } from './command-table.ts';
import { splitFirst } from './command-words.ts';
import { withTyped } from './help.ts';

export const COMMAND = '/whatsnext';

/** How long the work on an answer lets the acknowledgements of others go first: for those Slack waits, and not long. */
const ACKS_FIRST_MS = 50;

const FAILED =
  'Something went wrong on my side, and I may not have kept that. Please try it again in a minute.';

/**
 * `/whatsnext`: what somebody tells is acknowledged once it is stored, and the answer comes with the acknowledgement;
 * what somebody only asks is acknowledged at once, and answered a moment later. Whatever fails, they read a sentence.
 */
export function registerCommand(app: App, flow: Flow): void {
  app.command(COMMAND, async ({ command, context, ack, respond }) => {
    const asked = askedBy(command, workspaceOf(context), flow.now());
    const onlyAsks = !subcommandFor(asked.text).row.stores;
    if (onlyAsks) {
      await ack();
      await setTimeout(ACKS_FIRST_MS);
    }
    const answering = answerCommand(flow, asked);
    const answered = onlyAsks ? await answering : await within(STORED_WITHIN_MS, answering);
    const message = answered === 'slow' ? withTyped(sentence(FAILED), asked.text) : answered;
    const answer = { response_type: 'ephemeral' as const, ...message };
    await (onlyAsks ? respond(answer) : ack(answer));
  });
}

function askedBy(command: SlashCommand, workspaceId: string, at: Date): Asked {
  return {
    workspaceId,
    slackUserId: command.user_id,
    key: `command:${command.trigger_id}`,
    channelId: command.channel_id,
    text: command.text ?? '',
    at,
  };
}

/** The answer to what somebody typed after the command, or to what all of it is read as; never throws. */
export async function answerCommand(flow: Flow, asked: Asked, as?: Subcommand): Promise<Message> {
  try {
    const { row, rest } = as === undefined ? subcommandFor(asked.text) : { row: as, rest: asked.text };
    return await row.answer(rest)(flow, asked);
  } catch (error) {
    if (error instanceof NoRepError) return withTyped(noRepMessage(error, asked), asked.text);
    flow.log.error({ workspaceId: asked.workspaceId, ...loggable(error) }, 'A command failed');
    return withTyped(sentence(FAILED), asked.text);
  }
}

/** What names no subcommand names an account. */
function subcommandFor(text: string): { row: Subcommand; rest: string } {
  const { word, rest } = splitFirst(text);
  const row = SUBCOMMANDS.find(({ words, takesMore }) => words.includes(word) && (takesMore || rest === ''));
  return row === undefined ? { row: ACCOUNT, rest: text } : { row, rest };
}
