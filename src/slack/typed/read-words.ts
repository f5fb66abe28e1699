import type { HeardNeed } from '../../domain/cycle/need.ts';
import { readTrailingAmount, type TrailingAmount, type UnsureAmount } from '../kit/amount-words.ts';
import { readTrailingDate } from '../kit/date-words.ts';
import type { Said } from './intent.ts';
import { readQuoted, withoutJoint } from './name-words.ts';
import type { Reading, Readings } from './readings.ts';

/** Names of accounts rarely have more words than this; longer ones can be put in quotes. */
const LONGEST_NAME = 6;

/** What was typed can't be read; `unclear` is for the person, and says what would work. */
export interface Unclear {
  unclear: string;
}

/**
 * Reads "Acme they need a second line 20000 EUR by 2027-01-15". Where the name ends only the accounts can tell. An
 * estimate counts only with its currency ("grow to 500" is none). `today` is the date where whoever typed it is.
 */
export function readNeed(text: string, currency: string, today: string): Readings | Unclear {
  const example = 'For example: `/whatsnext need Acme a second line 20000 EUR by 2027-01-15`';
  if (text.trim() === '') return { unclear: `Who needs what? ${example}` };
  const quoted = readQuoted(text);
  const taken = takeEnds(quoted?.rest ?? text, currency, today);
  if ('unclear' in taken) return taken;
  const readings = taken.flatMap(({ need: { words, ...ends }, isUnsure }) => {
    const said = (rest: string): Said => ({ do: 'need', words: rest, ...ends });
    return readingsOf(quoted, words, said).map((reading) => (isUnsure ? { ...reading, isUnsure } : reading));
  });
  return readings.length === 0
    ? { unclear: `What do they need? ${example}` }
    : { readings, longestWins: true };
}

/** Reads "Acme too expensive". */
export function readLost(text: string): Readings | Unclear {
  const example = 'For example: `/whatsnext lost Acme too expensive`';
  return readAbout(text, (reason) => ({ do: 'lost', reason }), `Which deal is lost, and why? ${example}`);
}

/** Reads "Acme their new buyer is Ms Silva". */
export function readNote(text: string): Readings | Unclear {
  const example = 'For example: `/whatsnext note Acme their new buyer is Ms Silva`';
  return readAbout(text, (words) => ({ do: 'note', text: words }), `What shall I note, of whom? ${example}`);
}

function readAbout(text: string, said: (rest: string) => Said, unclear: string): Readings | Unclear {
  const quoted = readQuoted(text);
  const readings = readingsOf(quoted, quoted?.rest ?? text.trim(), said);
  return readings.length === 0 ? { unclear } : { readings, longestWins: true };
}

function readingsOf(quoted: { name: string } | null, words: string, said: (rest: string) => Said): Reading[] {
  const splits = quoted === null ? splitsOf(words) : [{ name: quoted.name, rest: withoutJoint(words) }];
  return splits
    .filter(({ name, rest }) => rest !== '' && (name !== '' || quoted !== null))
    .map(({ name, rest }) => ({ name, said: said(rest) }));
}

interface Taken {
  need: HeardNeed;
  isUnsure: boolean;
}

/** Takes the date and the estimate off the end, in whichever order they stand; twice where the amount can be two. */
function takeEnds(text: string, currency: string, today: string): Taken[] | Unclear {
  const need: HeardNeed = { words: text.trim() };
  let unsure: UnsureAmount | null = null;
  for (let turn = 0; turn < 2; turn += 1) {
    const date = need.neededOn === undefined ? readTrailingDate(need.words, today) : null;
    if (date !== null && 'why' in date) return { unclear: date.why };
    if (date !== null) Object.assign(need, { words: date.before, neededOn: date.on });
    if (need.estimate !== undefined || unsure !== null) continue;
    const found: TrailingAmount | UnsureAmount | null = readTrailingAmount(need.words, currency);
    if (found === null || !found.named) continue;
    need.words = withoutJoint(found.before);
    if ('unsure' in found) unsure = found;
    else need.estimate = found.amount;
  }
  if (unsure === null) return [{ need, isUnsure: false }];
  return unsure.amounts.map((estimate) => ({ need: { ...need, estimate }, isUnsure: true }));
}

function splitsOf(words: string): { name: string; rest: string }[] {
  const marked = /^(?<name>[^:]{1,80}):\s+(?<rest>\S[\s\S]*)$/.exec(words)?.groups;
  const splits = [...words.matchAll(/\s+/g)].slice(0, LONGEST_NAME).map((gap) => ({
    name: withoutJoint(words.slice(0, gap.index)),
    rest: withoutJoint(words.slice(gap.index)),
  }));
  const byLength = splits.reverse();
  if (marked === undefined) return byLength;
  return [{ name: marked.name ?? '', rest: marked.rest ?? '' }, ...byLength];
}

/** Words with which a sentence goes on after a name. */
const GOES_ON = new Set(
  'a an the they their them he she we it its is are was has have had need needs want wants would wish wishes ask asks asked to for in on at by with some more another new too no not very'.split(
    ' ',
  ),
);

/** Of the names that nobody bears, those that can be a new client's, the most likely first. */
export function likelyNames(readings: readonly Reading[]): string[] {
  const longest = readings.map(({ name }) => name).sort((a, b) => b.length - a.length)[0] ?? '';
  const words = longest.split(' ');
  const upTo = (isPast: (word: string) => boolean) => {
    const end = words.findIndex(
      (word, index) => index > 0 && (isPast(word) || words[index - 1]?.endsWith(':')),
    );
    return words.slice(0, end < 0 ? words.length : end).join(' ');
  };
  const likely = [
    upTo((word) => GOES_ON.has(word.toLowerCase())),
    upTo((word) => !/^[\p{Lu}\d&]/u.test(word)),
  ];
  const names = readings.map(({ name }) => name);
  return [...new Set(likely.map(withoutJoint))].filter((name) => names.includes(name));
}
