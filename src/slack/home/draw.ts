import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { DeskView } from '../../flow/show/views.ts';
import { askable, doorQuestion, FEW, GROUP, heading, waiting } from '../board/board.ts';
import { listBlocks } from '../board/list-blocks.ts';
import { filterBlock, pagesBlock } from '../board/pages.ts';
import { unlike } from '../board/unlike.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT, HEADER_TEXT, VIEW_BLOCKS } from '../kit/limits.ts';
import { SEES } from '../kit/sees.ts';
import { context, day, divider, facts, type Message, plain, said, section } from '../kit/text.ts';
import { drawPrompt } from '../prompt/prompt.ts';
import { awayLine } from '../settings/sentences.ts';

/** Open questions on a page of Home before the one that is shown. */
const PAGE = 20;
/** Needs to begin from in one question: the form offers them all. */
const NEEDS_IN_ROW = 20;

const NOTHING_OPEN =
  'Nothing of yours stands open. When an order comes in, or a client tells you what they need, tell me here.';

/**
 * A rep's desk: what waits with its answers right there, what comes, what is quiet; open needs, promises, and what
 * clients said. `told` is what came of the answer that was just given here.
 */
export function homeView(desk: DeskView, told?: Message): types.HomeView {
  const { board } = desk;
  const isFiltered = board.account !== null;
  const blocks = [
    {
      type: 'header' as const,
      text: plain(board.total === 0 && !isFiltered ? "What's next?" : heading(board), HEADER_TEXT),
    },
    ...(told?.blocks ?? []),
    ...absence(desk),
    doing(),
    ...(board.total > FEW || isFiltered ? [filterBlock(board)] : []),
    ...(board.total === 0 && !isFiltered ? [section(NOTHING_OPEN)] : questions(desk)),
    ...pages(desk),
    ...heard(desk),
    context('`/whatsnext help` shows what else I understand.'),
  ];
  return { type: 'home', blocks: blocks.slice(0, VIEW_BLOCKS) };
}

/** What a rep can tell without being asked, and set for themselves. */
function doing(): types.ActionsBlock {
  return {
    type: 'actions',
    elements: [
      button(ACTION.logOrder, 'Log an order…'),
      button(ACTION.logNeed, 'Note a need…'),
      button(ACTION.undoLast, 'Undo the last…'),
      button(ACTION.openAway, 'Away…'),
      button(ACTION.openSettings, 'Settings…'),
    ],
  };
}

/** While a rep is away, or is to be. */
function absence({ board, away }: DeskView): types.KnownBlock[] {
  const { timeZone } = board.rep;
  if (away === null) return [];
  const line = awayLine({ away, today: localDate(timeZone, board.now) });
  return [section(line, button(ACTION.back, "I'm back"))];
}

function button(actionId: string, text: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT) };
}

/** The questions of the page, the first of a group under the group's title. */
function questions({ board, prompts }: DeskView): types.KnownBlock[] {
  const { timeZone } = board.rep;
  const here = { timeZone, today: localDate(timeZone, board.now) };
  const texts = unlike(board.doors, timeZone, board.now, (door, title) =>
    [
      title,
      doorQuestion(door, said(door.account.name, 80), board.now),
      waiting(door, timeZone, board.now),
    ].join('\n'),
  );
  return board.doors.flatMap((door, index) => {
    const prompt = prompts[door.promptId];
    const row =
      prompt === undefined
        ? [askable(door.promptId, texts[index] ?? '', door.account.name)]
        : drawPrompt(prompt, here, NEEDS_IN_ROW);
    const isFirst = board.doors[index - 1]?.group !== door.group;
    return isFirst ? [context(`*${GROUP[door.group]}*`), ...row] : row;
  });
}

function pages({ board }: DeskView): types.KnownBlock[] {
  const isAll = board.offset === 0 && board.doors.length >= board.total;
  return isAll ? [] : [pagesBlock(board, board.doors.length, PAGE)];
}

function heard({ board, needs, totalNeeds, promises, said: words }: DeskView): types.KnownBlock[] {
  const today = localDate(board.rep.timeZone, board.now);
  const name = (account: { name: string }) => `*${said(account.name, 60)}*`;
  const lists = [
    listBlocks(
      '*What you promised*',
      promises.map(({ account, words, by }) =>
        facts(`• ${name(account)}`, `“${said(words, 150)}”`, by && `by ${day(by, today)}`),
      ),
    ),
    listBlocks(
      '*What they need*',
      needs.map(({ account, words, estimate, neededOn }) =>
        facts(
          `• ${name(account)}`,
          `“${said(words, 150)}”`,
          estimate && `about ${said(formatMoney(estimate), 40)}`,
          neededOn && `by ${day(neededOn, today)}`,
        ),
      ),
      totalNeeds - needs.length,
    ),
    listBlocks(
      '*What they said lately*',
      words.map(({ account, words, who, seesValue, heldOn }) =>
        facts(
          `• ${name(account)}`,
          `${SEES[seesValue]}: “${said(words, 150)}”`,
          who && said(who, 40),
          day(heldOn, today),
        ),
      ),
    ),
  ].flat();
  return lists.length === 0 ? [] : [divider, ...lists];
}
