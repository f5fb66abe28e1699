import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import type { Question } from '../../domain/cycle/stage.ts';
import type { DigestView, Figures } from '../../flow/show/views.ts';
import { moneyList } from '../board/account-card.ts';
import { andMore } from '../board/list-blocks.ts';
import { HEADER_TEXT, MESSAGE_TEXT } from '../kit/limits.ts';
import { clip, context, dayOf, facts, type Message, plain, said, section } from '../kit/text.ts';

/** Room for each of the two lists, in characters of its block as JSON. */
const LIST_CHARACTERS = 2_600;

/** What managers read: what came of the period, and which doors have waited longest. */
export function digestMessage(digest: DigestView): Message {
  const title = `What's next: ${period(digest)}`;
  const story = isQuiet(digest.figures) ? [quiet(digest)] : figureLines(digest.figures);
  const waiting = digest.waiting.length === 0 ? [] : [list('*Waiting longest*', waitingLines(digest))];
  const blocks: types.KnownBlock[] = [
    { type: 'header', text: plain(title, HEADER_TEXT) },
    section(story.join('\n')),
    ...waiting,
    ...unmatched(digest),
  ];
  return { text: clip([title, ...story].join('\n'), MESSAGE_TEXT), blocks };
}

/** Digests come in the morning, so the day on which a period ends has hardly begun: only its first day is named. */
function period({ figures, timeZone }: DigestView): string {
  return `since ${dayOf(figures.from, timeZone, localDate(timeZone, figures.to))}`;
}

function isQuiet({ won, verified, needs, begun }: Figures): boolean {
  return won.count === 0 && verified === 0 && needs === 0 && begun === 0;
}

function quiet({ cadence, figures }: DigestView): string {
  const open = figures.openDoors === 0 ? '' : `; ${doors(figures.openDoors)}`;
  return `A quiet ${cadence === 'daily' ? 'day' : 'week'}, with nothing new to report${open}.`;
}

function doors(count: number): string {
  return count === 1 ? 'one door stands open' : `${count} doors stand open`;
}

/** Only what happened is told. Different currencies are never added up. */
function figureLines({ won, verified, needs, begun, medianDaysToVerified, openDoors }: Figures): string[] {
  const amounts = won.amounts.length === 0 ? '' : `: ${said(moneyList(won.amounts), 1_000)}`;
  const days = medianDaysToVerified === null ? null : dayCount(medianDaysToVerified);
  const half =
    verified === 1 ? `, within ${days} of the close` : `, half of them within ${days} of the close`;
  const lines = [
    won.count > 0 && `*${won.count} closed*${amounts}`,
    verified > 0 && `*${verified} verified* with the client${days === null ? '' : half}`,
    needs > 0 && `*${needs} ${needs === 1 ? 'need' : 'needs'} heard*`,
    begun > 0 && `*${begun} next ${begun === 1 ? 'deal' : 'deals'} begun* from a need`,
    openDoors > 0 && `${openDoors} open ${openDoors === 1 ? 'door' : 'doors'}`,
  ];
  return lines.filter((line) => line !== false);
}

function dayCount(days: number): string {
  const rounded = Math.round(days * 10) / 10;
  return rounded <= 1 ? 'a day' : `${rounded} days`;
}

/** What a door waits for, as somebody says it who is not asked. */
const WAITS_FOR: Record<Question, string> = {
  discover: 'what do they need?',
  develop: 'what will we bring them?',
  deliver: 'has the order been asked for?',
  close: 'what did they answer?',
  promise: 'what was promised?',
  verify: 'do they see what it brought?',
  promised: 'do they see what was promised?',
  need: 'what about their need?',
  lost: 'why was it lost?',
  next: 'which need comes next?',
  return: 'time to come back',
};

function waitingLines(digest: DigestView): string[] {
  const today = localDate(digest.timeZone, digest.figures.to);
  return digest.waiting.map((door) => {
    const rep = door.slackUserId === null ? said(door.rep, 60) : `<@${said(door.slackUserId, 30)}>`;
    const since = `since ${dayOf(door.since, digest.timeZone, today)}`;
    return `• ${facts(`*${said(door.account, 80)}*: ${WAITS_FOR[door.question]}`, rep, since)}`;
  });
}

function list(title: string, lines: string[]): types.KnownBlock {
  const shown = fitting(lines);
  const hidden = lines.length - shown.length;
  return section([title, ...shown, ...(hidden > 0 ? [andMore(hidden)] : [])].join('\n'));
}

function unmatched(digest: DigestView): types.KnownBlock[] {
  if (digest.unmatched.length === 0) return [];
  const names = digest.unmatched.map(({ name, engagements }) => `${said(name, 60)} (${engagements})`);
  const shown = fitting(names).slice(0, 20);
  const hidden = names.length - shown.length;
  const all = [...shown, ...(hidden > 0 ? [andMore(hidden)] : [])].join(', ');
  return [context(`Not found in Slack: ${all}. Their doors are kept until they are.`)];
}

function fitting(lines: string[]): string[] {
  let room = LIST_CHARACTERS;
  const end = lines.findIndex((line) => {
    room -= JSON.stringify(line).length;
    return room < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}
