import type { App, SlashCommand } from '@slack/bolt';
import { ACCOUNT, type Answering, SUBCOMMANDS } from './command-table.ts';
import type { Asked, CommandOptions } from './command-verbs.ts';
import { splitFirst } from './command-words.ts';
import { loggable } from './errors.ts';
import { type Message, sentence } from './text.ts';

export const COMMAND = '/whatsnext';

const FAILED =
  'Something went wrong on my side, and I may not have kept that. Please try it again in a minute.';

/**
 * `/whatsnext`: the answer comes with the acknowledgement, which Slack awaits for 3 s, and nothing is
 * acknowledged before it is stored. Whatever fails, the person reads a sentence.
 */
export function registerCommand(app: App, options: CommandOptions): void {
  app.command(COMMAND, async ({ command, ack }) => {
    await ack({ response_type: 'ephemeral', ...(await answerCommand(askedBy(command), options)) });
  });
}

function askedBy(command: SlashCommand): Asked {
  return {
    workspaceId: command.team_id,
    slackUserId: command.user_id,
    key: `command:${command.trigger_id}`,
    channelId: command.channel_id,
    text: command.text ?? '',
  };
}

/** The answer to what somebody typed after the command; never throws. */
export async function answerCommand(asked: Asked, options: CommandOptions): Promise<Message> {
  try {
    return await subcommandFor(asked.text)(asked, options);
  } catch (error) {
    options.log.error({ workspaceId: asked.workspaceId, ...loggable(error) }, 'A command failed');
    return sentence(FAILED);
  }
}

/** What names no subcommand names an account. */
function subcommandFor(text: string): Answering {
  const { word, rest } = splitFirst(text);
  const row = SUBCOMMANDS.find(({ words, takesMore }) => words.includes(word) && (takesMore || rest === ''));
  return row === undefined ? ACCOUNT.answer(text) : row.answer(rest);
}
