import { MESSAGE_TEXT } from '../kit/limits.ts';
import { clip, context, type Message, said, section, sentence } from '../kit/text.ts';
import { unescapeSlack } from './command-words.ts';

/** One line of the help: what to type, and what for. */
export interface HelpLine {
  usage: string;
  says: string;
}

const WHO =
  "After every order I ask you “What's next?”, and I keep your doors open: nothing you win, hear or promise gets lost.";
const HAND_ON =
  '“Not mine: hand to…” in the menu of a question, or of a deal on its account, asks a colleague to take it on.';
const NAMES = 'Names that hold numbers, or several words, go best in quotes: `"Forever 21"`.';
const REPLIES =
  "What you reply to a message of mine is kept as a note with the client. What reads like news (“I won …”, “we lost …”, “Acme needs …”, “away until …”, “undo”, “stop asking about …”, a client's name alone) can become it with one button.";
/** Characters of a command that may have been meant. */
const TYPED = 500;

/** What `/whatsnext` understands. */
export function helpMessage(lines: readonly HelpLine[]): Message {
  const listed = lines.map(({ usage, says }) => `\`${usage}\`\n${says}`).join('\n');
  return {
    text: clip(`${WHO}\n${listed}`, MESSAGE_TEXT),
    blocks: [section(WHO), section(listed), context(`${REPLIES} ${HAND_ON} ${NAMES}`)],
  };
}

/** What was typed names nothing known, but may be a slip for a command: that is shown as it would be typed. */
export function meantMessage(typed: string, meant: string): Message {
  const lead = `I don't know “${said(typed, 80)}”. Did you mean ${command(meant)}?`;
  return sentence(`${lead} \`/whatsnext help\` shows the rest.`);
}

/** What could not be kept goes back to whoever wrote it: Slack's composer has forgotten it. `text` is as Slack sent it. */
export function withTyped(message: Message, text: string): Message {
  if (!/\s\S/.test(text)) return message;
  return {
    ...message,
    blocks: [...message.blocks, section(`You typed: /whatsnext ${said(unescapeSlack(text), 2_500)}`)],
  };
}

/** A command as it would be typed, whatever the account is called. */
function command(typed: string): string {
  return `\`/whatsnext${typed === '' ? '' : ` ${said(typed, TYPED)}`}\``;
}
