import type { App, types } from '@slack/bolt';
import type { Flow } from '../flow/ports.ts';
import { showBoard } from '../flow/show-board.ts';
import type { BoardView } from '../flow/views.ts';
import { boardMessage } from './board.ts';
import { workspaceOf } from './click.ts';
import { HEADER_TEXT } from './limits.ts';
import { publishHome } from './send.ts';
import { plain } from './text.ts';

/** As many as fit; the rest is counted. */
const MOST_SHOWN = 45;

/** The Home tab is drawn whenever somebody opens it. A failure goes to the app's error handler. */
export function registerHome(app: App, flow: Flow): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const who = { workspaceId: workspaceOf(context), slackUserId: event.user };
    await publishHome(client, event.user, homeView(await showBoard(flow, { ...who, limit: MOST_SHOWN })));
  });
}

/** The rep's open doors, or how to begin. A view holds more than a message, so what fits there fits here. */
export function homeView(board: BoardView): types.HomeView {
  const { blocks } = boardMessage(board);
  if (board.total > 0) return { type: 'home', blocks };
  return {
    type: 'home',
    blocks: [{ type: 'header', text: plain("What's next?", HEADER_TEXT) }, ...blocks],
  };
}
