import type { App, BlockAction } from '@slack/bolt';
import type { Flow } from '../../flow/ports.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { drawHome } from '../home/home.ts';
import { workspaceOf } from '../kit/click.ts';
import { ACTION } from '../kit/ids.ts';
import { BOARD_PAGE, boardMessage } from './board.ts';
import { type BoardPlace, readPlace } from './pages.ts';

/** Turns the pages of what stands open, and shows one client only: in the message, or in Home. */
export function registerBoard(app: App, flow: Flow): void {
  for (const actionId of [ACTION.boardPage, ACTION.boardBack, ACTION.boardAll, ACTION.boardAccount]) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack, respond }) => {
      await ack();
      const place = placePicked(body);
      if (place === null) return;
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      if (body.view?.type === 'home') return await drawHome(flow, client, who, place);
      const board = await showBoard(flow, { ...who, ...place, limit: BOARD_PAGE });
      await respond({ replace_original: true, response_type: 'ephemeral', ...boardMessage(board) });
    });
  }
}

function placePicked({ actions: [action] }: BlockAction): BoardPlace | null {
  if (action?.type === 'button') return readPlace(action.value ?? '');
  if (action?.type !== 'external_select') return null;
  return readPlace(JSON.stringify({ offset: 0, accountId: action.selected_option?.value }));
}
