import { MESSAGE_TEXT } from './limits.ts';
import { clip, context, type Message, said, section } from './text.ts';

/** One line of the help: what to type, and what for. */
export interface HelpLine {
  usage: string;
  says: string;
}

const WHO =
  "After every order I ask you “What's next?”, and I keep your doors open: nothing you win, hear or promise gets lost.";
const NAMES = 'Names of several words, or with numbers in them, go best in quotes: `"Forever 21"`.';

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
    ...nearCommands.slice(0, 3).map((usage) => `• \`${usage}\``),
    ...nearAccounts.slice(0, 8).map((account) => `• \`/whatsnext ${said(account, 80)}\``),
  ];
  const lead = `I know no account called “${said(name, 80)}”.`;
  const help = 'Type `/whatsnext` for your open doors, or `/whatsnext help`.';
  const text =
    near.length === 0 ? `${lead} ${help}` : `${lead} Did you mean one of these?\n${near.join('\n')}`;
  return {
    text: clip(text, MESSAGE_TEXT),
    blocks: [section(text), ...(near.length === 0 ? [] : [context(help)])],
  };
}
