import { quoteName, unescapeSlack } from './command-words.ts';
import { MESSAGE_TEXT } from './limits.ts';
import { clip, context, type Message, said, section, sentence } from './text.ts';

/** One line of the help: what to type, and what for. */
export interface HelpLine {
  usage: string;
  says: string;
}

const WHO =
  "After every order I ask you “What's next?”, and I keep your doors open: nothing you win, hear or promise gets lost.";
const NAMES = 'Names that hold numbers, or several words, go best in quotes: `"Forever 21"`.';
const MOST_NEAR = 8;

/** What `/whatsnext` understands. */
export function helpMessage(lines: readonly HelpLine[]): Message {
  const listed = lines.map(({ usage, says }) => `\`${usage}\`\n${says}`).join('\n');
  return {
    text: clip(`${WHO}\n${listed}`, MESSAGE_TEXT),
    blocks: [section(WHO), section(listed), context(NAMES)],
  };
}

/** What was typed names nothing known: says so, and what may have been meant. */
export function unknownMessage(
  name: string,
  nearCommands: readonly string[],
  nearAccounts: readonly string[],
): Message {
  const near = [
    ...nearCommands.slice(0, MOST_NEAR).map((usage) => `• \`${usage}\``),
    ...nearAccounts.slice(0, MOST_NEAR).map(accountLine),
  ];
  const lead = `I know no account called “${said(name, 80)}” yet.`;
  const help = '`/whatsnext` shows your open doors, `/whatsnext help` the rest.';
  if (near.length === 0) return sentence(`${lead} ${help}`);
  const text = `${lead} Did you mean one of these?\n${near.join('\n')}`;
  return { text: clip(text, MESSAGE_TEXT), blocks: [section(text), context(help)] };
}

/** What could not be kept goes back to whoever wrote it: Slack's composer has forgotten it. `text` is as Slack sent it. */
export function withTyped(message: Message, text: string): Message {
  if (!/\s\S/.test(text)) return message;
  return {
    ...message,
    blocks: [...message.blocks, section(`You typed: /whatsnext ${said(unescapeSlack(text), 2_500)}`)],
  };
}

/** Several accounts answer to a name. */
export function whichMessage(names: readonly string[]): Message {
  return sentence(`Which one do you mean?\n${names.slice(0, MOST_NEAR).map(accountLine).join('\n')}`);
}

function accountLine(account: string): string {
  return `• \`/whatsnext ${said(quoteName(account), 80)}\``;
}
