import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { DAY_MS } from '../../domain/durations.ts';
import * as limits from './limits.ts';

/** What Slack is sent: blocks, and the text for notifications and for readers who see no blocks. */
export interface Message {
  text: string;
  blocks: types.KnownBlock[];
}

/** The text in at most `max` characters, ending in an ellipsis where it was cut, never inside a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}

/** The same on one line: names with line breaks would tear a row apart. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What a person wrote, made harmless for mrkdwn: no mentions, no links of their own making. */
export function harmless(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** A name or a client's words inside mrkdwn: one line, escaped, at most `max` characters before escaping. */
export function said(text: string, max = 300): string {
  return harmless(clip(oneLine(text), max)) || '(no name)';
}

export function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(oneLine(text), max) || '–', emoji: false };
}

/** mrkdwn that is already escaped. Cutting it can only happen to text that `said` did not bound. */
export function mrkdwn(text: string, max: number = limits.SECTION_TEXT): types.MrkdwnElement {
  return { type: 'mrkdwn', text: clip(text, max) || '–', verbatim: true };
}

export function section(text: string, accessory?: types.SectionBlockAccessory): types.SectionBlock {
  return { type: 'section', text: mrkdwn(text), ...(accessory === undefined ? {} : { accessory }) };
}

export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [mrkdwn(text, limits.CONTEXT_TEXT)] };
}

export const divider: types.DividerBlock = { type: 'divider' };

/** Facts of one line, parted the way the voice guide parts them. Empty ones are left out. */
export function facts(...parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** A link in mrkdwn, for an address that is a valid one. */
export function link(url: string, label: string): string {
  return `<${harmless(url.replaceAll('|', '%7C'))}|${label}>`;
}

/** A message of one paragraph. */
export function sentence(text: string): Message {
  return { text: clip(text, limits.MESSAGE_TEXT), blocks: [section(text)] };
}

/**
 * As many of `rows` as a message holds beside `frame`; the rest is only counted. A row is one or more blocks that
 * belong together.
 */
export function fitRows(
  rows: types.KnownBlock[][],
  frame: types.KnownBlock[],
): { shown: types.KnownBlock[][]; hidden: number } {
  let blocks = frame.length;
  let characters = size(frame);
  const shown: types.KnownBlock[][] = [];
  for (const row of rows) {
    blocks += row.length;
    characters += size(row);
    if (blocks > limits.MESSAGE_BLOCKS || characters > limits.MESSAGE_CHARACTERS) break;
    shown.push(row);
  }
  return { shown, hidden: rows.length - shown.length };
}

function size(blocks: types.KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Mon 23 Nov", with the year where it isn't today's. Both dates are YYYY-MM-DD. */
export function day(date: string, today: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${at.getUTCFullYear()}`;
  return `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${year}`;
}

/** The same for an instant, as the calendar on the wall in `timeZone` has it. */
export function dayOf(at: Date, timeZone: string, today: string): string {
  return day(localDate(timeZone, at), today);
}

/** `09:00` in a person's own zone. */
export function timeOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}

/** "today", "yesterday", else "on Mon 23 Nov". */
export function onDay(date: string, today: string): string {
  if (date === today) return 'today';
  return date === addDays(today, -1) ? 'yesterday' : `on ${day(date, today)}`;
}

/** The local date `days` after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
