import type { App, BlockAction, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { changeNeed } from '../../flow/corrections/change-need.ts';
import { findNeed } from '../../flow/corrections/find-need.ts';
import type { Flow } from '../../flow/ports.ts';
import { readSettings } from '../../flow/show/read-settings.ts';
import { EXPIRED, GONE, workspaceOf } from '../kit/click.ts';
import { notice, readInputs } from '../kit/form.ts';
import { ACTION, isId, VIEW } from '../kit/ids.ts';
import { fingerprint, storeInTime } from '../kit/store-in-time.ts';
import { openModal, whisper } from '../send/send.ts';
import { needForm, readAboutNeed, readNeedForm } from './need-form.ts';
import { NOT_SAVED, needChangedMessage } from './sentences.ts';

/** "Change…" beside a need on an account's card, and its form: stored before the form closes. */
export function registerNeedChanges(app: App, flow: Flow): void {
  app.action<BlockAction>(ACTION.changeNeed, async ({ body, context, client, ack }) => {
    await ack();
    const [action] = body.actions;
    const needId = action?.type === 'button' ? (action.value ?? '') : '';
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const found = isId(needId) ? await findNeed(flow, { ...who, needId }) : null;
    const { currency, timeZone } = await readSettings(flow, who);
    const opening = { triggerId: body.trigger_id, inModal: body.view?.type === 'modal' };
    const form = found && needForm(found.need, found.others, found.account, { needId, timeZone, currency });
    const isOpen = form !== null && (await openModal(client, opening, form)) === 'opened';
    if (isOpen || body.channel === undefined) return;
    const place = { channel: body.channel.id, user: body.user.id };
    await whisper(client, place, form === null ? GONE : EXPIRED, flow.log);
  });
  app.view<ViewSubmitAction>(VIEW.changeNeed, async ({ body, context, ack }) => {
    await ack(await submitted(flow, body, workspaceOf(context)));
  });
}

async function submitted(
  flow: Flow,
  body: ViewSubmitAction,
  workspaceId: string,
): Promise<ViewResponseAction> {
  const { view, user } = body;
  const gone = { response_action: 'update' as const, view: notice("What's next", GONE.blocks) };
  const about = readAboutNeed(view.private_metadata);
  const who = { workspaceId, slackUserId: user.id };
  const found = about && (await findNeed(flow, { ...who, needId: about.needId }));
  if (about === null || found === null) return gone;
  const today = localDate(about.timeZone, flow.now());
  const read = readNeedForm(readInputs(view.state.values), found.need, about, today);
  if ('errors' in read) return { response_action: 'errors', errors: read.errors };
  const notSaved = { response_action: 'errors' as const, errors: { words: NOT_SAVED } };
  const changing = { ...who, change: read.change, key: `form:${view.id}:${fingerprint(read.change)}` };
  const changed = await storeInTime(
    changeNeed(flow, changing),
    flow.log,
    workspaceId,
    'A need could not be changed',
  );
  if (changed === null) return notSaved;
  const message = needChangedMessage(changed, today);
  return {
    response_action: 'update',
    view: { ...notice("What's next", message.blocks), clear_on_close: true },
  };
}
