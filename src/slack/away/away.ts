import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import { comeBack } from '../../flow/away/come-back.ts';
import { declineStandingIn } from '../../flow/away/decline-standing-in.ts';
import { goAway } from '../../flow/away/go-away.ts';
import { showOwnTime } from '../../flow/away/show-own-time.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { redrawHome } from '../home/home.ts';
import { workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION, isId, VIEW } from '../kit/ids.ts';
import type { Message } from '../kit/text.ts';
import { type Client, openModal, whisper } from '../send/send.ts';
import { backMessage, declinedMessage, WHY_NOT, wentAwayMessage } from './away-answers.ts';
import { awayForm, readAwayForm } from './away-form.ts';

/** Going away, coming back, and declining to stand in. */
export function registerAway(app: App, flow: Flow): void {
  app.action<BlockAction>(ACTION.openAway, async ({ body, context, client, ack }) => {
    await ack();
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    await openAway(flow, client, {
      ...who,
      triggerId: body.trigger_id,
      inModal: body.view?.type === 'modal',
    });
  });
  app.action<BlockAction>(ACTION.back, async ({ body, context, client, ack }) => {
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const wasAway = await comeBack(flow, who);
    await ack();
    await answer(flow, client, body, who, backMessage(wasAway));
  });
  app.action<BlockAction>(ACTION.declineStandIn, async ({ body, context, client, ack }) => {
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const [action] = body.actions;
    const awayRepId = action?.type === 'button' ? (action.value ?? '') : '';
    const name = isId(awayRepId) ? await declineStandingIn(flow, { ...who, awayRepId }) : null;
    await ack();
    await answer(flow, client, body, who, declinedMessage(name));
  });
  app.view<ViewSubmitAction>(VIEW.away, async ({ body, context, client, ack }) => {
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const away = readAwayForm(body.view.state.values);
    if (away === null) return await ack();
    const went = await goAway(flow, { ...who, away });
    if (went.kind === 'refused') {
      const at = went.why === 'self' || went.why === 'delegate_gone' ? 'delegate' : 'until';
      return await ack({ response_action: 'errors', errors: { [at]: WHY_NOT[went.why] } });
    }
    const { blocks } = wentAwayMessage(went);
    await ack({ response_action: 'update', view: { ...notice('Away', blocks), clear_on_close: true } });
    await redrawHome(flow, client, who);
  });
}

/** Opens the form for going away: from Home, from a message, over a modal. */
export async function openAway(
  flow: Flow,
  client: Client,
  { triggerId, inModal, ...who }: Who & { triggerId: string; inModal: boolean },
): Promise<void> {
  await openModal(client, { triggerId, inModal }, awayForm(await showOwnTime(flow, who)));
}

/** Where it was clicked: under the message; in Home, which shows no messages, by drawing it anew. */
async function answer(
  flow: Flow,
  client: Client,
  body: BlockAction,
  who: Who,
  message: Message,
): Promise<void> {
  if (body.channel === undefined) return await redrawHome(flow, client, who, message);
  await whisper(client, { channel: body.channel.id, user: body.user.id }, message, flow.log);
}
