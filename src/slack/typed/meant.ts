import type { App, BlockAction } from '@slack/bolt';
import { NoRepError, type Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { workspaceOf } from '../kit/click.ts';
import { notice } from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import { noRepMessage } from '../kit/no-rep.ts';
import { type Message, sentence } from '../kit/text.ts';
import { loggable } from '../send/errors.ts';
import { updateModal } from '../send/send.ts';
import { carryOut } from './carry-out.ts';
import { readIntent } from './intent.ts';

const FAILED =
  "I couldn't keep that just now. What you typed is still in the button: press it once more in a moment.";
const STALE = 'That button is from an older version of me. Please type it once more.';

/** The buttons with which somebody is asked back what they typed: what they choose is done, then acknowledged. */
export function registerMeant(app: App, flow: Flow): void {
  app.action<BlockAction>(
    new RegExp(`^${ACTION.meant}:\\d+$`),
    async ({ body, context, client, ack, respond }) => {
      const [action] = body.actions;
      const value = action?.type === 'button' ? (action.value ?? '') : '';
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      const chosen = await choose(flow, who, value);
      await ack();
      if (body.view?.type === 'modal') {
        const { id: viewId, hash } = body.view;
        await updateModal(client, { viewId, hash }, notice("What's next?", chosen.message.blocks));
        return;
      }
      await respond({
        ...chosen.message,
        response_type: 'ephemeral',
        replace_original: chosen.isDone,
      });
    },
  );
}

/** `isDone`: the question is answered; else its buttons stay. */
async function choose(flow: Flow, who: Who, value: string): Promise<{ message: Message; isDone: boolean }> {
  const meant = readIntent(value);
  if (meant === null) return { message: sentence(STALE), isDone: false };
  try {
    return { message: await carryOut(flow, who, meant), isDone: true };
  } catch (error) {
    if (error instanceof NoRepError) return { message: noRepMessage(error, who), isDone: false };
    flow.log.error({ workspaceId: who.workspaceId, ...loggable(error) }, 'What somebody meant was not done');
    return { message: sentence(FAILED), isDone: false };
  }
}
