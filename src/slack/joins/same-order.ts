import type { App, BlockAction, types } from '@slack/bolt';
import { type SaidOfOrder, saySameOrder, takeBackSameOrder } from '../../flow/joins/same-order.ts';
import type { Flow } from '../../flow/ports.ts';
import { tell } from '../corrections/corrections.ts';
import { GONE, NOT_YOURS, readClick, workspaceOf } from '../kit/click.ts';
import { ACTION, isId } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { type Message, plain, section, sentence } from '../kit/text.ts';
import { whisper } from '../send/send.ts';

/** "Is that the order you told me on Monday?": answered with one click, and taken back with another. */
export function registerOrderJoins(app: App, flow: Flow): void {
  for (const [actionId, isSame] of [
    [ACTION.sameOrder, true],
    [ACTION.otherOrder, false],
  ] as const) {
    app.action<BlockAction>(actionId, async ({ body, context, client, ack }) => {
      const click = readClick(body, context);
      if (click === null) return await ack();
      const said = await saySameOrder(flow, { ...click, isSame });
      await ack();
      if (click.place !== null) await whisper(client, click.place, saidMessage(said), flow.log);
    });
  }
  app.action<BlockAction>(ACTION.takeBackOrder, async ({ body, context, client, ack, respond }) => {
    const [action] = body.actions;
    const joinId = action?.type === 'button' ? (action.value ?? '') : '';
    const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
    const taken = isId(joinId) ? await takeBackSameOrder(flow, { ...who, joinId }) : { kind: 'gone' };
    await ack();
    const message = taken.kind === 'taken_back' ? TAKEN_BACK : taken.kind === 'gone' ? GONE : NOT_YOURS;
    if (body.view === undefined)
      await respond({ ...message, response_type: 'ephemeral', replace_original: true });
    else await tell(flow, client, body, message);
  });
}

const TAKEN_BACK = sentence('Taken back: it stands as if you had not said so.');

/** What follows from it, with a way to take it back. */
export function saidMessage(said: SaidOfOrder): Message {
  if (said.kind === 'gone') return GONE;
  if (said.kind === 'not_theirs') return NOT_YOURS;
  const text = said.isSame
    ? "It's one order: I ask about it once, and count it once, with the CRM's amount."
    : 'They are two orders: I ask about each, and count both.';
  return { text, blocks: [section(text, undo(said.joinId))] };
}

function undo(value: string): types.Button {
  return { type: 'button', action_id: ACTION.takeBackOrder, text: plain('Undo', BUTTON_TEXT), value };
}
