import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { BoardView, DoorView } from '../../flow/show/views.ts';
import { ACTION, promptBlock } from '../kit/ids.ts';
import { BUTTON_TEXT, HEADER_TEXT, MESSAGE_TEXT } from '../kit/limits.ts';
import {
  clip,
  context,
  day,
  facts,
  fitRows,
  type Message,
  plain,
  said,
  section,
  sentence,
} from '../kit/text.ts';
import { questionText } from '../prompt/question.ts';

/** What is said to somebody without a single door: how to begin. */
const NO_DOORS =
  'No door of yours is waiting. When an order comes in, or a client tells you what they need, tell me: ' +
  '`/whatsnext won Acme 4514 USD` or `/whatsnext need Acme a second line`.';

/** A rep's open doors, most pressing first, each with a button to answer it. */
export function boardMessage(board: BoardView): Message {
  if (board.total === 0) return sentence(NO_DOORS);
  const questions = board.doors.map((door) => doorQuestion(door, said(door.account.name, 80), board.now));
  const hint = '`/whatsnext Acme` tells the story of an account. `/whatsnext help` shows the rest.';
  return {
    text: clip([doorCount(board.total), ...questions].join('\n'), MESSAGE_TEXT),
    blocks: boardBlocks(board, hint),
  };
}

/** As many doors as a message holds; the others are counted. */
function boardBlocks(board: BoardView, hint: string): types.KnownBlock[] {
  const head: types.KnownBlock[] = [
    { type: 'header', text: plain(doorCount(board.total), HEADER_TEXT) },
    ...(board.total > 1 ? [context('Most pressing first.')] : []),
  ];
  const rows = board.doors.map((door) => [
    askable(door.promptId, doorText(door, board.rep.timeZone, board.now)),
  ]);
  const { shown } = fitRows(rows, [...head, context(andMore(board.total)), context(hint)]);
  const hidden = board.total - shown.length;
  return [...head, ...shown.flat(), ...(hidden > 0 ? [context(andMore(hidden))] : []), context(hint)];
}

/** One open door: the account, its question, and since when it stands. */
function doorText(door: DoorView, timeZone: string, now: Date): string {
  const name = said(door.account.name, 80);
  const { engagement } = door;
  const title = facts(
    `*${name}*`,
    engagement?.name && said(engagement.name, 80),
    engagement?.amount && said(formatMoney(engagement.amount), 40),
  );
  return [title, doorQuestion(door, name, now), waiting(door, timeZone, now)].join('\n');
}

/** What a door asks; a return that was not asked about yet is only a day to come. */
export function doorQuestion(
  door: Pick<DoorView, 'question' | 'dueAt' | 'asked'>,
  name: string,
  now: Date,
): string {
  if (door.question === 'return' && door.asked === 0 && door.dueAt > now) {
    return `The next knock at ${name}.`;
  }
  return questionText(door.question, name);
}

/** A section with the button that shows the prompt's answers to whoever clicks. */
export function askable(promptId: string, text: string): types.SectionBlock {
  const button: types.Button = {
    type: 'button',
    text: plain('Answer', BUTTON_TEXT),
    action_id: ACTION.open,
    value: promptId,
  };
  return { ...section(text, button), block_id: promptBlock(promptId, 'open') };
}

/** Since when a door waits, or when it will be asked about. */
export function waiting(door: Pick<DoorView, 'since' | 'dueAt'>, timeZone: string, now: Date): string {
  const today = localDate(timeZone, now);
  if (door.dueAt > now) {
    const on = localDate(timeZone, door.dueAt);
    return on === today ? "I'll ask today" : `I'll ask on ${day(on, today)}`;
  }
  const since = localDate(timeZone, door.since);
  return `Waiting since ${since === today ? 'today' : day(since, today)}`;
}

/** "and 12 more". */
export function andMore(count: number): string {
  return `and ${count} more`;
}

function doorCount(count: number): string {
  return count === 1 ? 'One open door' : `${count} open doors`;
}
