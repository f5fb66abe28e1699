import { MESSAGE_TEXT } from '../kit/limits.ts';
import { clip, context, type Message, said, section, sentence } from '../kit/text.ts';
import { quoteName, unescapeSlack } from './command-words.ts';

/** One line of the help: what to type, and what for. */
export interface HelpLine {
  usage: string;
  says: string;
}

const WHO =
  "After every order I ask you “What's next?”, and I keep your doors open: nothing you win, hear or promise gets lost.";
const NAMES = 'Names that hold numbers, or several words, go best in quotes: `"Forever 21"`.';
const REPLIES = 'What you reply to a message of mine is kept as a note with the account.';
const MOST_NEAR = 4;
/** Characters of a command that may have been meant; with all of them escaped four still fit into a section. */
const TYPED = 120;

/** What `/whatsnext` understands. */
export function helpMessage(lines: readonly HelpLine[]): Message {
  const listed = lines.map(({ usage, says }) => `\`${usage}\`\n${says}`).join('\n');
  return {
    text: clip(`${WHO}\n${listed}`, MESSAGE_TEXT),
    blocks: [section(WHO), section(listed), context(`${REPLIES} ${NAMES}`)],
  };
}

/** What was typed names nothing known: says so, and what may have been meant, each as it would be typed. */
export function unknownMessage(name: string, near: readonly string[], ifNew?: string): Message {
  const lead = `I know no account called “${said(name, 80)}” yet.`;
  const help = '`/whatsnext` shows your open doors, `/whatsnext help` the rest.';
  const [first, ...others] = near.slice(0, MOST_NEAR).map(commandLine);
  if (first === undefined) return sentence(`${lead} ${help}`);
  const meant = others.length === 0 ? 'Did you mean this?' : 'Did you mean one of these?';
  const text = [`${lead} ${meant}`, first, ...others].join('\n');
  const hint = ifNew === undefined ? help : `If it is new, put its name in quotes: ${command(ifNew)}`;
  return { text: clip(text, MESSAGE_TEXT), blocks: [section(text), context(hint)] };
}

/** After an account's name stands something with a number in it that is no amount. */
export function unclearAmountMessage({ account, rest }: { account: string; rest: string }): Message {
  const unread = `I couldn't read the amount in “${said(rest, 80)}”.`;
  const ifNew = command(`won "${account} ${rest}"`);
  return sentence(
    `${unread} Write it like this: ${command(`won ${quoteName(account)} 4514 USD`)}. If all of it is a new account's name, put it in quotes: ${ifNew}`,
  );
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
  return sentence(
    `Which one do you mean?\n${names.slice(0, MOST_NEAR).map(quoteName).map(commandLine).join('\n')}`,
  );
}

function commandLine(typed: string): string {
  return `• ${command(typed)}`;
}

/** A command as it would be typed, whatever the account is called. */
function command(typed: string): string {
  return `\`/whatsnext${typed === '' ? '' : ` ${said(typed, TYPED)}`}\``;
}
