import { readTrailingDate } from '../kit/date-words.ts';

/** What somebody typed after `away`. */
export interface AwayReading {
  /** YYYY-MM-DD; `until` is missing where none was named. */
  from?: string;
  until?: string;
  delegateSlackUserId?: string;
}

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/;
const BESIDE_MENTION = /[\s,;]*\b(?:with|ask|to|and|delegate|stand-in:?|meanwhile)\s*$/i;

/**
 * Reads "until 15 March with @ben", "from 20 Dec until Jan 3", "@ben until Friday", as Slack sends it. `today` is
 * YYYY-MM-DD. `unclear` is for the person.
 */
export function readAway(text: string, today: string): AwayReading | { unclear: string } {
  const { rest, who } = takeMention(text.trim());
  const delegate = who === undefined ? {} : { delegateSlackUserId: who };
  if (rest === '') return delegate;
  const line = /\b(?:until|till|to|by)\s/i.test(rest)
    ? rest.replace(/\b(?:till|to)\s/i, 'until ')
    : `until ${rest}`;
  const until = readTrailingDate(line, today);
  if (until === null) return { unclear: WHICH_DAY };
  if ('why' in until) return { unclear: until.why };
  const begins = until.before.replace(/^(?:from|starting|since)\s+/i, '').replace(/[\s,–-]+$/, '');
  if (begins === '' || /^(?:now|today)$/i.test(begins)) return { ...delegate, until: until.on };
  const from = readTrailingDate(`by ${begins}`, today);
  if (from === null || 'why' in from || from.before !== '') return { unclear: WHICH_DAY };
  return { ...delegate, from: from.on, until: until.on };
}

const WHICH_DAY = 'Until when are you away? For example: `/whatsnext away until 15 March with @ben`';

function takeMention(text: string): { rest: string; who: string | undefined } {
  const found = MENTION.exec(text);
  if (found === null) return { rest: text, who: undefined };
  const before = text.slice(0, found.index).replace(BESIDE_MENTION, '');
  const after = text.slice(found.index + found[0].length).replace(/^[\s,;]+/, '');
  return { rest: `${before.trim()} ${after.trim()}`.trim(), who: found[1] };
}
