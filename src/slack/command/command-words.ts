import type { HeardNeed } from '../../domain/cycle/need.ts';
import type { Money } from '../../domain/money.ts';
import { readTrailingAmount, whichAmount } from '../kit/amount-words.ts';
import { readTrailingDate } from '../kit/date-words.ts';

/** What was typed can't be read; `why` is for the person, and says what would work. */
export interface Unclear {
  unclear: string;
}

/** What was won, as typed. Names may end in numbers, so there can be a second way to read it: see `readWon`. */
export interface WonReading {
  accountName: string;
  /** The name stood in quotes: it is meant as it is written. */
  asWritten?: boolean;
  amount?: Money;
  /** What it means when there is no account of that name. */
  orElse?: WonReading;
}

/** One way to tell the account's name from the need that follows it. */
export interface NeedReading {
  accountName: string;
  need: HeardNeed;
}

/** Names of accounts rarely have more words than this; longer ones can be put in quotes. */
const LONGEST_NAME = 6;

/**
 * Turns what Slack sends (with `should_escape`) into what the person typed: `&amp;` is `&`, a link is its label,
 * a mention is `@name`. Whoever needs the id in a mention reads it before: see `readMention`.
 */
export function unescapeSlack(text: string): string {
  return text
    .replace(/<[@!][^|>]*\|([^>]*)>/g, '@$1')
    .replace(/<#[^|>]*\|([^>]*)>/g, '#$1')
    .replace(/<(?:https?:|mailto:)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?:|mailto:)[^|>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** The first word, in lower case, and what follows it. */
export function splitFirst(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return { word: word.toLowerCase(), rest: rest.trim() };
}

/** An account's name as typed, out of its quotes if it stands in some. */
export function readName(text: string): string {
  const quoted = readQuoted(text);
  return quoted !== null && quoted.rest === '' ? quoted.name : text.trim();
}

/** Writes a name so that it is read as that name and nothing else, whatever words and numbers it holds. */
export function quoteName(name: string): string {
  return /^\p{L}[\p{L}&'-]*$/u.test(name) && withoutJoint(name) === name ? name : `"${name}"`;
}

/** What was typed after a subcommand, with another name, as it is to be written, for the account's that stood there. */
export function withAccount(rest: string, typed: string, written: string): string {
  const begins = rest.toLowerCase().startsWith(typed.toLowerCase());
  return `${written}${begins ? rest.slice(typed.length) : ` ${rest}`}`;
}

/**
 * Reads "Acme", "Acme 4514 USD", "Acme for $4,514.00". A bare number may be part of the name ("Forever 21"): then
 * the whole is the name if there is such an account, or else a name with an amount.
 */
export function readWon(text: string, currency: string): WonReading | Unclear {
  if (text === '') return { unclear: 'Which account said yes? For example: `/whatsnext won Acme 4514 USD`' };
  const quoted = readQuoted(text);
  const found = readTrailingAmount(quoted?.rest ?? text, currency);
  if (found !== null && 'unsure' in found) return { unclear: whichAmount(found) };
  if (quoted !== null) return readWonAfterName(quoted, found);
  if (found === null) return { accountName: text };
  const accountName = withoutJoint(found.before);
  if (accountName !== '') {
    const parted = { accountName, amount: found.amount };
    return found.named ? parted : { accountName: text, orElse: parted };
  }
  if (!found.named) return { accountName: text };
  return { unclear: 'Which account was that with? For example: `/whatsnext won Acme 4514 USD`' };
}

function readWonAfterName(
  quoted: { name: string; rest: string },
  found: { before: string; amount: Money } | null,
): WonReading | Unclear {
  if (quoted.rest === '') return { accountName: quoted.name, asWritten: true };
  if (found === null || withoutJoint(found.before) !== '') {
    return { unclear: `I couldn't read the amount in “${quoted.rest}”. Write it like this: 4514 USD` };
  }
  return { accountName: quoted.name, asWritten: true, amount: found.amount };
}

/**
 * Reads "Acme they need a second line 20000 EUR by 2027-01-15". Where the name ends only the accounts can tell:
 * the readings come with the longest name first. An estimate counts only with its currency ("grow to 500" is none).
 */
export function readNeed(text: string, currency: string, today: string): NeedReading[] | Unclear {
  const example = 'For example: `/whatsnext need Acme a second line 20000 EUR by 2027-01-15`';
  if (text === '') return { unclear: `Who needs what? ${example}` };
  const quoted = readQuoted(text);
  const taken = takeEnds(quoted?.rest ?? text, currency, today);
  if ('unclear' in taken) return taken;
  const { words, ...ends } = taken;
  const splits =
    quoted === null ? splitsOf(words) : [{ accountName: quoted.name, words: withoutJoint(words) }];
  const readings = splits.filter((split) => split.accountName !== '' && split.words !== '');
  if (readings.length === 0) return { unclear: `What do they need? ${example}` };
  return readings.map((split) => ({ accountName: split.accountName, need: { words: split.words, ...ends } }));
}

/** Takes the date and the estimate off the end, in whichever order they stand. */
function takeEnds(text: string, currency: string, today: string): HeardNeed | Unclear {
  const need: HeardNeed = { words: text.trim() };
  for (let turn = 0; turn < 2; turn += 1) {
    const date = need.neededOn === undefined ? readTrailingDate(need.words, today) : null;
    if (date !== null && 'why' in date) return { unclear: date.why };
    if (date !== null) Object.assign(need, { words: date.before, neededOn: date.on });
    const found = need.estimate === undefined ? readTrailingAmount(need.words, currency) : null;
    if (found !== null && 'unsure' in found) return { unclear: whichAmount(found) };
    if (found?.named) Object.assign(need, { words: withoutJoint(found.before), estimate: found.amount });
  }
  return need;
}

function splitsOf(words: string): { accountName: string; words: string }[] {
  const marked = /^(?<name>[^:]{1,80}):\s+(?<need>\S[\s\S]*)$/.exec(words)?.groups;
  const splits = [...words.matchAll(/\s+/g)].slice(0, LONGEST_NAME).map((gap) => ({
    accountName: withoutJoint(words.slice(0, gap.index)),
    words: withoutJoint(words.slice(gap.index)),
  }));
  const byLength = splits.reverse();
  if (marked === undefined) return byLength;
  return [{ accountName: marked.name ?? '', words: marked.need ?? '' }, ...byLength];
}

/** The Slack user id in a mention; `text` is as Slack sent it. */
export function readMention(text: string): { slackUserId: string } | Unclear {
  const id = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text.trim())?.[1];
  if (id !== undefined) return { slackUserId: id };
  const who = text.trim() === '' ? 'Who leads you?' : `I couldn't tell who “${unescapeSlack(text)}” is.`;
  return { unclear: `${who} Pick the person from Slack's list after typing @: \`/whatsnext manager @dana\`` };
}

/** How often a channel wants the digest. */
export function readCadence(text: string): { cadence: 'weekly' | 'daily' | 'off' } | Unclear {
  const word = text.trim().toLowerCase();
  if (word === 'weekly' || word === 'daily' || word === 'off') return { cadence: word };
  if (['stop', 'none', 'never', 'no'].includes(word)) return { cadence: 'off' };
  const lead = word === '' ? 'How often?' : `I can't do “${unescapeSlack(text)}” yet.`;
  return {
    unclear: `${lead} Say \`/whatsnext digest weekly\`, \`daily\` or \`off\`, in the channel that wants it.`,
  };
}

/** A time of day, in minutes after midnight: 8:30, 08.30, 9, 2pm, 2:15 pm. */
export function readTimeOfDay(text: string): { promptAt: number } | Unclear {
  const [, hour = '', minute = '0', half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i.exec(text.trim()) ?? [];
  const noon = half?.toLowerCase() === 'pm' ? 12 : 0;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + noon;
  if (hour === '' || hours > 23 || Number(minute) > 59 || (half !== undefined && Number(hour) > 12)) {
    return { unclear: 'When shall I ask you? For example: `/whatsnext at 9:30`' };
  }
  return { promptAt: hours * 60 + Number(minute) };
}

function readQuoted(text: string): { name: string; rest: string } | null {
  const [, name, rest = ''] = /^["“”„]([^"“”„]+)["“”](?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  return name === undefined || name.trim() === '' ? null : { name: name.trim(), rest: rest.trim() };
}

/** Without the little words and marks that join a name, an amount and a need. */
function withoutJoint(text: string): string {
  return text
    .replace(/^[\s:,–—-]+/, '')
    .replace(/(?:[\s:,–—-]+|(?:^|\s)(?:for|at|about|around|worth))+$/i, '');
}
