import type { App } from '@slack/bolt';
import { type DeskPlace, homeDrawn, showDesk } from '../../flow/home/show-desk.ts';
import { NoRepError, type Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { workspaceOf } from '../kit/click.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import type { Message } from '../kit/text.ts';
import { loggable } from '../send/errors.ts';
import { type Client, publishHome } from '../send/send.ts';
import { homeView } from './draw.ts';

/** The Home tab is drawn whenever somebody opens it. A failure goes to the app's error handler. */
export function registerHome(app: App, flow: Flow): void {
  app.event('app_home_opened', async ({ event, context, client }) => {
    if (event.tab !== 'home') return;
    const who = { workspaceId: workspaceOf(context), slackUserId: event.user };
    await drawHome(flow, client, who, { place: { offset: 0 } });
  });
}

/**
 * Draws Home anew once something was answered in it or in a modal over it: Slack tells of Home only when it is opened.
 * A failure is a line in the log, for the answer is kept.
 */
export async function redrawHome(flow: Flow, client: Client, who: Who, told?: Message): Promise<void> {
  try {
    await drawHome(flow, client, who, { told });
  } catch (error) {
    flow.log.warn({ workspaceId: who.workspaceId, ...loggable(error) }, 'Home could not be drawn anew');
  }
}

/** Draws Home, at the place that its rep turns to or else where they were. Throws on failure. */
export async function drawHome(
  flow: Flow,
  client: Client,
  who: Who,
  { place, told }: { place?: DeskPlace | undefined; told?: Message | undefined },
): Promise<void> {
  const { workspaceId, slackUserId } = who;
  try {
    const { desk, home } = await showDesk(flow, { workspaceId, slackUserId }, place);
    await publishHome(client, slackUserId, homeView(desk, told));
    await homeDrawn(flow, home);
  } catch (error) {
    if (!(error instanceof NoRepError)) throw error;
    await publishHome(client, slackUserId, { type: 'home', blocks: noRepMessage(error, who).blocks });
  }
}
