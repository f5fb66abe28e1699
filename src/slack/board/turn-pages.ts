import type { App, BlockAction } from '@slack/bolt';
import type { Flow } from '../../flow/ports.ts';
import { showAccount } from '../../flow/show/show-account.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { drawHome } from '../home/home.ts';
import { GONE, workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION, isId } from '../kit/ids.ts';
import { openModal, updateModal } from '../send/send.ts';
import { accountMessage } from './account-card.ts';
import { BOARD_PAGE, boardMessage } from './board.ts';
import { type BoardPlace, readPlace } from './pages.ts';

/** Turns of the cycle that a story shows at most. */
const MOST_TURNS = 45;

/** Turns the pages of what stands open, and shows one client only: in the message, or in Home. */
export function registerBoard(app: App, flow: Flow): void {
  for (const actionId of [ACTION.boardPage, ACTION.boardBack, ACTION.boardAll, ACTION.boardAccount]) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack, respond }) => {
      await ack();
      const place = placePicked(body);
      if (place === null) return;
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      if (body.view?.type === 'home') return await drawHome(flow, client, who, { place });
      const board = await showBoard(flow, { ...who, ...place, limit: BOARD_PAGE });
      if (body.view?.type === 'modal') {
        const { id: viewId, hash } = body.view;
        await updateModal(client, { viewId, hash }, notice("What's next?", boardMessage(board).blocks));
        return;
      }
      await respond({ replace_original: true, response_type: 'ephemeral', ...boardMessage(board) });
    });
  }
  app.action<BlockAction>(ACTION.boardStory, async ({ body, context, client, ack, respond }) => {
    await ack();
    const [action] = body.actions;
    const id = action?.type === 'button' ? (action.value ?? '') : '';
    if (!isId(id)) return;
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const shown = await showAccount(flow, { ...who, client: { id }, limit: MOST_TURNS });
    const message = shown.kind === 'found' ? accountMessage(shown.view) : GONE;
    if (body.view === undefined) {
      await respond({ replace_original: false, response_type: 'ephemeral', ...message });
      return;
    }
    const opening = { triggerId: body.trigger_id, inModal: body.view.type === 'modal' };
    await openModal(client, opening, notice('Their story', message.blocks));
  });
}

function placePicked({ actions: [action] }: BlockAction): BoardPlace | null {
  if (action?.type === 'button') return readPlace(action.value ?? '');
  if (action?.type !== 'external_select') return null;
  return readPlace(JSON.stringify({ offset: 0, accountId: action.selected_option?.value }));
}
