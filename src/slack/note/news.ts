import { nameKey } from '../../domain/who/name.ts';

/** What a reply may be besides a note. */
export type NewsKind = 'won' | 'lost' | 'need' | 'away' | 'back' | 'undo' | 'stop' | 'account' | 'command';

/** A reply that reads like news: the command that it would be, and the button that makes it one. */
export interface News {
  kind: NewsKind;
  /** What would be typed after /whatsnext. */
  command: string;
  button: string;
}

/** A client's name is short, and ends before the verb. */
const NAME = '(?<name>\\S(?:.{0,78}?\\S)?)';
const I_HAVE = "(?:(?:i|we)(?:'ve|’ve| have)?\\s+)?(?:just\\s+)?";
const AM = "(?:(?:i'm|i’m|i am|i'll be|i’ll be|i will be|we're|we’re)\\s+)?";
const PRONOUN = /^(?:they|them|he|she|it|the client|the customer)$/i;

interface Rule {
  kind: NewsKind;
  /** What it matches, with the groups `name` and `rest`. */
  reads: RegExp;
  /** The subcommand; without one the client is shown. */
  word: string;
  button: string;
}

const rule = (kind: NewsKind, word: string, button: string, ...patterns: string[]): Rule[] =>
  patterns.map((pattern) => ({ kind, word, button, reads: new RegExp(`^${pattern}$`, 'isu') }));

/** Plain rules, the first that matches: no more is read into a reply than stands here. The help tells of them. */
export const RULES: readonly Rule[] = [
  ...rule(
    'undo',
    'undo',
    'Undo my last answer',
    'undo\\b.*',
    '(?:that|this|it) was (?:wrong|a mistake)\\W*',
    'i was wrong\\W*',
  ),
  ...rule(
    'away',
    'away',
    "Say that I'm away",
    `${AM}(?:away|on (?:vacation|holiday|holidays|leave)|out of (?:the )?office|ooo)\\b[\\s,:]*(?<rest>.*)`,
  ),
  ...rule('back', 'back', "Say that I'm back", `${AM}back(?: (?:again|at work|in the office))?\\W*`),
  ...rule(
    'stop',
    '',
    'Show the client',
    `(?:please\\s+)?(?:stop|don't|don’t|do not|no more)\\s+(?:asking|ask)(?:\\s+me)?\\s+(?:about|for)\\s+${NAME}\\W*`,
  ),
  ...rule(
    'won',
    'won',
    'Log the order',
    `${I_HAVE}(?:won|closed|signed)\\s+(?:the (?:order|deal) (?:from|with|of)\\s+)?(?<rest>\\S.*)`,
    `${NAME}\\s+(?:has |have )?(?:signed|ordered|said yes|placed the order)\\b[\\s,:.!]*(?:(?:for|at)\\s+)?(?<rest>.*)`,
  ),
  ...rule(
    'lost',
    'lost',
    'Say that it is lost',
    `${I_HAVE}lost\\s+(?:the (?:order|deal) (?:from|with|of)\\s+)?(?<rest>\\S.*)`,
    `${NAME}\\s+(?:has |have )?said no\\b[\\s,:.!]*(?:because\\s+)?(?<rest>.*)`,
  ),
  ...rule(
    'need',
    'need',
    'Note the need',
    'needs?\\s+(?<rest>\\S+\\s+\\S.*)',
    `${NAME}\\s+(?:needs?|wants?|asks? for|asked for|is asking for|are asking for|would like)\\s+(?<rest>\\S.*)`,
  ),
];

/**
 * What a reply reads like; null for a plain note. `account` is the client that it is kept with, for whom "they" stands.
 * `commands` are the words that can be typed: a reply that begins with one of them is that command.
 */
export function readNews(text: string, account: string | null, commands: readonly string[]): News | null {
  const line = text.trim();
  if (account !== null && nameKey(line) === nameKey(account)) {
    return { kind: 'account', command: account, button: 'Show the client' };
  }
  for (const { kind, word, button, reads } of RULES) {
    const groups = reads.exec(line)?.groups;
    const isTyped = word === '' || commands.includes(word);
    if (!reads.test(line) || !isTyped) continue;
    const command = commandOf(kind, word, groups ?? {}, account);
    if (command !== null) return { kind, command, button };
  }
  const [first = ''] = line.toLowerCase().split(/\s+/);
  const isCommand = commands.includes(first) && first !== '' && first !== 'account';
  return isCommand ? { kind: 'command', command: line, button: 'Do it' } : null;
}

/** Null where "they" could be anybody. */
function commandOf(
  kind: NewsKind,
  word: string,
  { name, rest = '' }: Record<string, string>,
  account: string | null,
): string | null {
  if (kind === 'undo' || kind === 'back') return word;
  if (name === undefined) return joined(word, withAccount(kind, rest, account));
  const client = PRONOUN.test(name) ? account : name;
  if (client === null) return null;
  if (kind === 'stop') return client;
  return kind === 'need' ? joined(word, `${client}: ${rest}`) : joined(word, quoted(client), rest);
}

/** "I won 7,600" in reply to a question about Acme is an order of theirs. */
function withAccount(kind: NewsKind, rest: string, account: string | null): string {
  const isOnlyAmount = /^[^\p{L}]*\d[\d.,'’ ]*(?:\s*(?:k|[a-z]{3}))?\W*$/iu.test(rest);
  const isOnlyIt = /^(?:it|this(?: one)?|the (?:deal|order))\W*$/i.test(rest);
  if (kind !== 'won' || account === null) return rest;
  if (isOnlyIt) return quoted(account);
  return isOnlyAmount ? joined(quoted(account), rest) : rest;
}

function quoted(name: string): string {
  return /[\s\d]/.test(name) ? `"${name.replaceAll('"', '')}"` : name;
}

function joined(...parts: string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}
