import type { App, types } from '@slack/bolt';
import type { BoardView } from '../flow/views.ts';
import { boardMessage } from './board.ts';
import type { CommandVerbs } from './command-verbs.ts';
import { publishHome } from './send.ts';

/** As many as fit; the rest is counted. */
const MOST_SHOWN = 45;

/** The Home tab is drawn whenever somebody opens it. A failure goes to the app's error handler. */
export function registerHome(app: App, verbs: Pick<CommandVerbs, 'showBoard'>): void {
  app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab !== 'home') return;
    const who = { workspaceId: body.team_id, slackUserId: event.user };
    await publishHome(client, event.user, homeView(await verbs.showBoard({ ...who, limit: MOST_SHOWN })));
  });
}

/** The rep's open doors, or how to begin. A view holds more than a message, so what fits there fits here. */
export function homeView(board: BoardView): types.HomeView {
  return { type: 'home', blocks: boardMessage(board).blocks };
}
