import type { App, BlockAction, MessageShortcut, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { NoRepError, type Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { messageLink } from '../../flow/show/message-link.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { BOARD_PAGE, boardMessage } from '../board/board.ts';
import { redrawHome } from '../home/home.ts';
import { workspaceOf } from '../kit/click.ts';
import { notice, readInputs } from '../kit/form.ts';
import { ACTION, SHORTCUT, VIEW } from '../kit/ids.ts';
import { STORED_WITHIN_MS } from '../kit/limits.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import type { Message } from '../kit/text.ts';
import { within } from '../kit/waits.ts';
import { loggable } from '../send/errors.ts';
import { type Client, openModal } from '../send/send.ts';
import { carryOut } from '../typed/carry-out.ts';
import { needForm, orderForm, readTold, type Told } from './forms.ts';

const NOT_KEPT =
  "I couldn't keep that just now, so your text is still here. Press Save once more in a moment.";
const TITLE = "What's next?";

/** What a rep tells without being asked: by shortcuts everywhere in Slack, and by the buttons of Home. */
export function registerLog(app: App, flow: Flow): void {
  app.shortcut(SHORTCUT.whatsNext, async ({ body, context, client, ack }) => {
    await ack();
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const message = await boardFor(flow, who);
    await openModal(client, { triggerId: body.trigger_id, inModal: false }, notice(TITLE, message.blocks));
  });
  app.shortcut(SHORTCUT.logOrder, async ({ body, context, client, ack }) => {
    await ack();
    await openForm(flow, client, 'order', { ...body, workspaceId: workspaceOf(context) }, null);
  });
  app.shortcut<MessageShortcut>(SHORTCUT.captureNeed, async ({ body, context, client, ack }) => {
    await ack();
    const captured = { words: String(body.message.text ?? ''), link: permalink(body) };
    await openForm(flow, client, 'need', { ...body, workspaceId: workspaceOf(context) }, captured);
  });
  for (const [actionId, told] of [
    [ACTION.logOrder, 'order'],
    [ACTION.logNeed, 'need'],
  ] as const) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
      await ack();
      await openForm(flow, client, told, { ...body, workspaceId: workspaceOf(context) }, null);
    });
  }
  for (const [callbackId, told] of [
    [VIEW.logOrder, 'order'],
    [VIEW.logNeed, 'need'],
  ] as const) {
    app.view<ViewSubmitAction>(callbackId, async ({ body, context, client, ack }) => {
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      const response = await submitted(flow, told, who, body);
      await ack(response);
      if (response.response_action === 'update') await redrawHome(flow, client, who);
    });
  }
}

async function boardFor(flow: Flow, who: Who): Promise<Message> {
  return await showBoard(flow, { ...who, limit: BOARD_PAGE }).then(boardMessage, (error: unknown) => {
    if (error instanceof NoRepError) return noRepMessage(error, who);
    throw error;
  });
}

async function openForm(
  flow: Flow,
  client: Client,
  told: Told,
  {
    workspaceId,
    user,
    trigger_id: triggerId,
  }: { workspaceId: string; user: { id: string }; trigger_id: string },
  captured: { words: string; link: string } | null,
): Promise<void> {
  const settings = await readSettings(flow, { workspaceId, slackUserId: user.id });
  const view = told === 'order' ? orderForm(settings) : needForm(settings, captured);
  await openModal(client, { triggerId, inModal: false }, view);
}

/** The bot is mostly no member where a need is captured, so that Slack would not tell it the link. */
function permalink({ team, channel, message_ts: ts }: MessageShortcut): string {
  return messageLink(`https://${team?.domain ?? 'app'}.slack.com/`, channel.id, ts);
}

const carried = z.object({ link: z.url().nullable() });

async function submitted(
  flow: Flow,
  told: Told,
  who: Who,
  { view }: ViewSubmitAction,
): Promise<ViewResponseAction> {
  const settings = await readSettings(flow, who);
  const { link } = carried.parse(JSON.parse(view.private_metadata));
  const read = readTold(told, readInputs(view.state.values), settings, link);
  if ('errors' in read) return { response_action: 'errors', errors: read.errors };
  const meant = { key: `log:${view.id}`, client: read.client, said: read.said };
  try {
    const message = await within(STORED_WITHIN_MS, carryOut(flow, who, meant));
    if (message !== 'slow') return { response_action: 'update', view: notice(TITLE, message.blocks) };
  } catch (error) {
    if (error instanceof NoRepError) {
      return { response_action: 'update', view: notice(TITLE, noRepMessage(error, who).blocks) };
    }
    flow.log.error(
      { workspaceId: who.workspaceId, ...loggable(error) },
      'What was told in a form was not kept',
    );
  }
  return { response_action: 'errors', errors: { client: NOT_KEPT } };
}
