import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { BoardView } from '../../flow/show/views.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT, OPTION_TEXT, PLACEHOLDER } from '../kit/limits.ts';
import { plain } from '../kit/text.ts';

/** What a button that turns a page carries: from which question on, and of which account only. */
const place = z.object({ offset: z.int().min(0).max(1_000_000), accountId: z.guid().optional() });
export type BoardPlace = z.infer<typeof place>;

/** Null for what no button of ours carries. */
export function readPlace(value: string): BoardPlace | null {
  try {
    return place.safeParse(JSON.parse(value)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Buttons to what stands before and after a page of which `shown` questions found room. */
export function pagesBlock(board: BoardView, shown: number, size: number): types.ActionsBlock {
  const next = board.offset + shown;
  const before = Math.max(0, board.offset - size);
  return {
    type: 'actions',
    elements: [
      ...(board.offset > 0 ? [turn(ACTION.boardBack, `Back (${board.offset} before)`, board, before)] : []),
      ...(next < board.total ? [turn(ACTION.boardPage, `Show ${board.total - next} more`, board, next)] : []),
    ],
  };
}

/** One account only, found by typing, with the way to its story; or all again. */
export function filterBlock({ account }: BoardView): types.ActionsBlock {
  if (account === null) return { type: 'actions', elements: [accountPicker()] };
  return { type: 'actions', elements: [accountPicker(account), story(account), all()] };
}

function story({ id }: { id: string }): types.Button {
  return {
    type: 'button',
    action_id: ACTION.boardStory,
    text: plain('Their story', BUTTON_TEXT),
    value: id,
  };
}

function accountPicker(account?: { id: string; name: string }): types.ExternalSelect {
  return {
    type: 'external_select',
    action_id: ACTION.boardAccount,
    min_query_length: 1,
    placeholder: plain('Only one client…', PLACEHOLDER),
    ...(account === undefined
      ? {}
      : { initial_option: { text: plain(account.name, OPTION_TEXT), value: account.id } }),
  };
}

function all(): types.Button {
  return {
    type: 'button',
    action_id: ACTION.boardAll,
    text: plain('All clients', BUTTON_TEXT),
    value: '{"offset":0}',
  };
}

function turn(actionId: string, text: string, board: BoardView, offset: number): types.Button {
  const value: BoardPlace = { offset, ...(board.account === null ? {} : { accountId: board.account.id }) };
  return {
    type: 'button',
    action_id: actionId,
    text: plain(text, BUTTON_TEXT),
    value: JSON.stringify(value),
  };
}
