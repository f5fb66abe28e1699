import type { App, BlockAction } from '@slack/bolt';
import { findUndoable } from '../../flow/corrections/find-undoable.ts';
import { putBack } from '../../flow/corrections/put-back.ts';
import { undo } from '../../flow/corrections/undo.ts';
import type { Flow } from '../../flow/ports.ts';
import { redrawHome } from '../home/home.ts';
import { GONE, workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION, isFactId, TOLD } from '../kit/ids.ts';
import type { Message } from '../kit/text.ts';
import { type Client, openModal, updateModal, whisper } from '../send/send.ts';
import { putBackMessage, undoableMessage, undoneMessage } from './sentences.ts';

/** A click that puts something right, wherever it is drawn. `value` is what its button carries. */
interface Correcting {
  workspaceId: string;
  slackUserId: string;
  key: string;
  value: string;
}

/** The buttons that take back what was told, or put it back: acknowledged once that is stored. */
export function registerCorrections(app: App, flow: Flow): void {
  const undoing = (hanging?: 'take_back' | 'keep') => async (click: Correcting) => {
    const { value: factId, ...who } = click;
    return undoneMessage(await undo(flow, { ...who, factId, hanging }), flow.now());
  };
  onClick(app, flow, ACTION.undo, undoing());
  onClick(app, flow, ACTION.toldMenu, undoing(), TOLD.undo);
  onClick(app, flow, ACTION.undoAll, undoing('take_back'));
  onClick(app, flow, ACTION.undoKeep, undoing('keep'));
  app.action<BlockAction>(ACTION.undoLast, async ({ body, context, client, ack }) => {
    await ack();
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    await tell(flow, client, body, undoableMessage(await findUndoable(flow, who), flow.now()));
  });
  onClick(app, flow, ACTION.putBack, async ({ value: undoId, ...who }) =>
    putBackMessage(await putBack(flow, { ...who, undoId }), flow.now()),
  );
}

function onClick(
  app: App,
  flow: Flow,
  actionId: string,
  answer: (click: Correcting) => Promise<Message>,
  prefix = '',
): void {
  app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
    const [action] = body.actions;
    const picked = action === undefined ? null : pickedIn(action, prefix);
    if (action === undefined || picked === null) return;
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const key = `click:${body.user.id}:${action.action_ts}`;
    const message = isFactId(picked) ? await answer({ ...who, key, value: picked }) : GONE;
    await ack();
    await tell(flow, client, body, message);
  });
}

/** What a button carries, or the entry of a menu that begins so; null for another entry. */
export function pickedIn(action: BlockAction['actions'][number], prefix: string): string | null {
  if (action.type === 'button') return action.value ?? '';
  const value = action.type === 'overflow' ? action.selected_option.value : '';
  return value.startsWith(prefix) ? value.slice(prefix.length) : null;
}

/** Answers where the click was: in the conversation, in the modal, or over Home. */
export async function tell(
  flow: Flow,
  client: Client,
  body: BlockAction,
  message: Message,
  title = "What's next",
): Promise<void> {
  const { channel, user, view, team, trigger_id: triggerId } = body;
  if (channel !== undefined)
    return void (await whisper(client, { channel: channel.id, user: user.id }, message, flow.log));
  const modal = notice(title, message.blocks);
  if (view?.type === 'modal') await updateModal(client, { viewId: view.id, hash: view.hash }, modal);
  else await openModal(client, { triggerId, inModal: false }, modal);
  await redrawHome(flow, client, { workspaceId: team?.id ?? '', slackUserId: user.id });
}
