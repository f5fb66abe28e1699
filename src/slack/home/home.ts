import type { App, types } from '@slack/bolt';
import { NoRepError, type Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import type { BoardView } from '../../flow/show/views.ts';
import { BOARD_PAGE, boardMessage } from '../board/board.ts';
import type { BoardPlace } from '../board/pages.ts';
import { workspaceOf } from '../kit/click.ts';
import { HEADER_TEXT } from '../kit/limits.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { plain } from '../kit/text.ts';
import { loggable } from '../send/errors.ts';
import { type Client, publishHome } from '../send/send.ts';

/** The Home tab is drawn whenever somebody opens it. A failure goes to the app's error handler. */
export function registerHome(app: App, flow: Flow): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    await drawHome(flow, client, { workspaceId: workspaceOf(context), slackUserId: event.user });
  });
}

/**
 * Draws Home anew once a modal that lies over it has taken an answer: Slack tells of Home only when it is opened. A
 * failure is a line in the log, for the answer is kept.
 */
export async function redrawHome(flow: Flow, client: Client, who: Who): Promise<void> {
  try {
    await drawHome(flow, client, who);
  } catch (error) {
    flow.log.warn({ workspaceId: who.workspaceId, ...loggable(error) }, 'Home could not be drawn anew');
  }
}

/** Draws Home with what stands open from that place on. Throws on failure. */
export async function drawHome(
  flow: Flow,
  client: Client,
  { workspaceId, slackUserId }: Who,
  place: BoardPlace = { offset: 0 },
): Promise<void> {
  const view = await showBoard(flow, { workspaceId, slackUserId, ...place, limit: BOARD_PAGE }).then(
    homeView,
    (error: unknown): types.HomeView => {
      if (!(error instanceof NoRepError)) throw error;
      return { type: 'home', blocks: noRepMessage(error, { slackUserId }).blocks };
    },
  );
  await publishHome(client, slackUserId, view);
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
