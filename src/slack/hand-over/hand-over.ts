import type { App, BlockAction, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import {
  type Decided,
  declineHandOver,
  takeHandOver,
  withdrawHandOver,
} from '../../flow/hand-over/decide.ts';
import { findHandingOn } from '../../flow/hand-over/find.ts';
import { type Proposed, proposeHandOver } from '../../flow/hand-over/propose.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { pickedIn, tell } from '../corrections/corrections.ts';
import { EXPIRED, GONE, hereIn, workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION, isId, TOLD, VIEW } from '../kit/ids.ts';
import { storable } from '../kit/storable.ts';
import { storeInTime } from '../kit/store-in-time.ts';
import { sentence } from '../kit/text.ts';
import { type Client, openModal } from '../send/send.ts';
import { askedMessage, handOverForm, readAboutHandOver, readHandOverForm } from './form.ts';
import { decidedSentence, FORM, NOBODY_PICKED, NOT_KEPT, WHY_NOT } from './sentences.ts';

interface Who {
  workspaceId: string;
  slackUserId: string;
}

/** "Not mine: hand to…", its form, and what a colleague says to it. */
export function registerHandOvers(app: App, flow: Flow): void {
  for (const [actionId, prefix] of [
    [ACTION.handOver, ''],
    [ACTION.toldMenu, TOLD.handOver],
  ] as const) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
      const [action] = body.actions;
      const engagementId = action === undefined ? null : pickedIn(action, prefix);
      if (engagementId === null) return;
      await ack();
      await open(flow, client, body, workspaceOf(context), engagementId);
    });
  }
  onDecision(app, flow, ACTION.takeHandOver, (click) => takeHandOver(flow, click));
  onDecision(app, flow, ACTION.declineHandOver, (click) => declineHandOver(flow, click));
  onDecision(app, flow, ACTION.withdrawHandOver, (click) => withdrawHandOver(flow, click));
  app.view<ViewSubmitAction>(VIEW.handOver, async ({ body, context, ack }) => {
    await ack(await submitted(flow, body, workspaceOf(context)));
  });
}

async function open(
  flow: Flow,
  client: Client,
  body: BlockAction,
  workspaceId: string,
  engagementId: string,
): Promise<void> {
  if (!isId(engagementId)) return await tell(flow, client, body, GONE, FORM.title);
  const who = { workspaceId, slackUserId: body.user.id };
  const found = await findHandingOn(flow, { ...who, engagementId });
  const { timeZone } = await readSettings(flow, who);
  const form = handOverForm(found, engagementId, hereIn(timeZone, flow));
  const opening = { triggerId: body.trigger_id, inModal: body.view?.type === 'modal' };
  if ((await openModal(client, opening, form)) === 'expired')
    await tell(flow, client, body, EXPIRED, FORM.title);
}

/** A click is acknowledged once what it says is stored. */
function onDecision(
  app: App,
  flow: Flow,
  actionId: string,
  decide: (click: Who & { handOverId: string; key: string }) => Promise<Decided>,
): void {
  app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
    const [action] = body.actions;
    const handOverId = action?.type === 'button' ? (action.value ?? '') : '';
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const key = `click:${body.user.id}:${action?.action_ts ?? ''}`;
    const decided: Decided = isId(handOverId) ? await decide({ ...who, handOverId, key }) : { kind: 'gone' };
    await ack();
    await tell(flow, client, body, sentence(decidedSentence(decided)), FORM.title);
  });
}

async function submitted(
  flow: Flow,
  { view, user }: ViewSubmitAction,
  workspaceId: string,
): Promise<ViewResponseAction> {
  const about = readAboutHandOver(view.private_metadata);
  if (about === null) return { response_action: 'update', view: notice(FORM.title, GONE.blocks) };
  const { to, line } = readHandOverForm(view.state.values);
  if (to === undefined) return { response_action: 'errors', errors: { to: NOBODY_PICKED } };
  const who = { workspaceId, slackUserId: user.id, ...about };
  const proposing = proposeHandOver(flow, {
    ...who,
    toSlackUserId: to,
    line: line === undefined ? undefined : storable(line),
  });
  const failed = 'A hand-over could not be stored';
  const proposed = await storeInTime(proposing, flow.log, workspaceId, failed);
  if (proposed === null) return { response_action: 'errors', errors: { to: NOT_KEPT } };
  return responseTo(proposed);
}

/** What was written stays in the form as long as nobody is asked. */
function responseTo(proposed: Proposed): ViewResponseAction {
  if (proposed.kind === 'refused')
    return { response_action: 'errors', errors: { to: WHY_NOT[proposed.why] } };
  return {
    response_action: 'update',
    view: notice(FORM.title, askedMessage(proposed.handOver).blocks),
  };
}
