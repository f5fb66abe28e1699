import type { types } from '@slack/bolt';
import { BOARD_GROUPS, type BoardGroup } from '../../domain/asking/board.ts';
import { localDate } from '../../domain/asking/workday.ts';
import type { BoardView, DoorView } from '../../flow/show/views.ts';
import { ACTION, promptBlock } from '../kit/ids.ts';
import { BUTTON_TEXT, HEADER_TEXT, MESSAGE_TEXT } from '../kit/limits.ts';
import { named } from '../kit/named.ts';
import { clip, context, day, fitRows, type Message, plain, said, section, sentence } from '../kit/text.ts';
import { questionText } from '../prompt/question.ts';
import { filterBlock, pagesBlock } from './pages.ts';
import { unlike } from './unlike.ts';

/** Open questions on one page of the board. */
export const BOARD_PAGE = 15;

/** So many are seen at a glance: nobody looks for one client among them. */
export const FEW = 5;

/** What is said to somebody for whom nothing stands open: how to begin. */
const NOTHING_OPEN =
  'Nothing of yours stands open. When an order comes in, or a client tells you what they need, tell me: ' +
  '`/whatsnext won Acme 4514 USD` or `/whatsnext need Acme a second line`.';

/** What each group is called. */
export const GROUP: Record<BoardGroup, string> = {
  waiting: 'Asked, and waiting for you',
  coming: 'Coming',
  quiet: "Quiet: I've stopped asking, and they stay here",
};

/** What stands open for a rep, a page of it: what waits, what comes with its day, what is quiet; each can be answered. */
export function boardMessage(board: BoardView): Message {
  if (board.total === 0 && board.account === null) return sentence(NOTHING_OPEN);
  const head: types.KnownBlock[] = [
    { type: 'header', text: plain(heading(board), HEADER_TEXT) },
    ...(board.total > FEW || board.account !== null ? [filterBlock(board)] : []),
  ];
  const hint = context('`/whatsnext Acme` tells the story of an account. `/whatsnext help` shows the rest.');
  const rows = boardRows(board);
  // Room is left for the way on at its longest: it is there whenever not all fit.
  const { shown } = fitRows(rows, [...head, pagesBlock(board, 0, BOARD_PAGE), hint]);
  const questions = board.doors.map((door) => doorQuestion(door, said(door.account.name, 80), board.now));
  return {
    text: clip([heading(board), ...questions].join('\n'), MESSAGE_TEXT),
    blocks: [...head, ...shown.flat(), ...pagesAfter(board, shown.length), hint],
  };
}

/** "3 wait for you, 12 are coming, 4 are quiet". */
export function heading({ counts, total, account }: BoardView): string {
  const name = account === null ? '' : ` at ${account.name}`;
  if (total === 0) return `Nothing stands open${name}`;
  const parts = BOARD_GROUPS.flatMap((group) => counted(group, counts[group]) ?? []);
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${name}`;
}

function counted(group: BoardGroup, count: number): string | null {
  if (count === 0) return null;
  if (group === 'waiting') return count === 1 ? '1 waits for you' : `${count} wait for you`;
  return `${count} ${group}`;
}

/** A row for each open question of the page, the first of a group under the group's title. */
function boardRows(board: BoardView): types.KnownBlock[][] {
  const { timeZone } = board.rep;
  const texts = unlike(board.doors, timeZone, board.now, (door, title) =>
    [
      title,
      doorQuestion(door, said(door.account.name, 80), board.now),
      waiting(door, timeZone, board.now),
    ].join('\n'),
  );
  return board.doors.map((door, index) => {
    const row = askable(door.promptId, texts[index] ?? '', door.account.name);
    const isFirst = board.doors[index - 1]?.group !== door.group;
    return isFirst ? [context(`*${GROUP[door.group]}*`), row] : [row];
  });
}

function pagesAfter(board: BoardView, shown: number): types.KnownBlock[] {
  return board.offset === 0 && shown >= board.total ? [] : [pagesBlock(board, shown, BOARD_PAGE)];
}

/** What a door asks; a return that was not asked about yet is only a day to come. */
export function doorQuestion(
  door: Pick<DoorView, 'question' | 'dueAt' | 'asked'>,
  name: string,
  now: Date,
): string {
  if (door.question === 'return' && door.asked === 0 && door.dueAt > now) return `You come back to ${name}.`;
  return questionText(door.question, name);
}

/** A section with the button that shows the prompt's answers to whoever clicks; `client` is read aloud with it. */
export function askable(promptId: string, text: string, client: string): types.SectionBlock {
  const button: types.Button = {
    type: 'button',
    text: plain('Answer', BUTTON_TEXT),
    action_id: ACTION.open,
    value: promptId,
  };
  return { ...section(text, named(client, button)), block_id: promptBlock(promptId, 'open') };
}

/** Since when a question waits or rests, or when it will be asked. */
export function waiting(
  door: Pick<DoorView, 'since' | 'dueAt' | 'asked' | 'quietSince'>,
  timeZone: string,
  now: Date,
): string {
  const today = localDate(timeZone, now);
  const since = (at: Date) => {
    const on = localDate(timeZone, at);
    return on === today ? 'today' : day(on, today);
  };
  if (door.quietSince !== null) return `Quiet since ${since(door.quietSince)}`;
  if (door.asked > 0 || door.dueAt <= now) return `Waiting since ${since(door.since)}`;
  const on = localDate(timeZone, door.dueAt);
  return on === today ? "I'll ask today" : `I'll ask on ${day(on, today)}`;
}
