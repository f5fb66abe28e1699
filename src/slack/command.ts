import type { App, SlashCommand } from '@slack/bolt';
import type { Flow } from '../flow/ports.ts';
import { workspaceOf } from './click.ts';
import { ACCOUNT, type Answering, type Asked, SUBCOMMANDS } from './command-table.ts';
import { splitFirst } from './command-words.ts';
import { loggable } from './errors.ts';
import { withTyped } from './help.ts';
import { type Message, sentence } from './text.ts';

export const COMMAND = '/whatsnext';

const FAILED =
  'Something went wrong on my side, and I may not have kept that. Please try it again in a minute.';

/**
 * `/whatsnext`: the answer comes with the acknowledgement, which Slack awaits for 3 s, and nothing is
 * acknowledged before it is stored. Whatever fails, the person reads a sentence.
 */
export function registerCommand(app: App, flow: Flow): void {
  app.command(COMMAND, async ({ command, context, ack }) => {
    await ack({
      response_type: 'ephemeral',
      ...(await answerCommand(flow, askedBy(command, workspaceOf(context), flow.now()))),
    });
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

/** The answer to what somebody typed after the command; never throws. */
export async function answerCommand(flow: Flow, asked: Asked): Promise<Message> {
  try {
    return await subcommandFor(asked.text)(flow, asked);
  } catch (error) {
    flow.log.error({ workspaceId: asked.workspaceId, ...loggable(error) }, 'A command failed');
    return withTyped(sentence(FAILED), asked.text);
  }
}

/** What names no subcommand names an account. */
function subcommandFor(text: string): Answering {
  const { word, rest } = splitFirst(text);
  const row = SUBCOMMANDS.find(({ words, takesMore }) => words.includes(word) && (takesMore || rest === ''));
  return row === undefined ? ACCOUNT.answer(text) : row.answer(rest);
}
