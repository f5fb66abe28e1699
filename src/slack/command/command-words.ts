import type { Unclear } from '../typed/read-words.ts';

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
