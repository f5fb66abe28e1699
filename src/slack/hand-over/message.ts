import type { types } from '@slack/bolt';
import type { HandOverMessageView, HandOverView } from '../../flow/hand-over/views.ts';
import { undoButton } from '../corrections/buttons.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT, MESSAGE_TEXT } from '../kit/limits.ts';
import { clip, context, type Message, plain, section } from '../kit/text.ts';
import { BUTTON, leadOf, movedUpSentence, outcomeOf, quoted } from './sentences.ts';

/** A DM about a hand-over as it stands now: with its buttons while it waits, else what became of it. */
export function handOverMessage(view: HandOverMessageView): Message {
  const { handOver, kind } = view;
  const lead = leadOf(view);
  const outcome = outcomeOf(handOver);
  if (outcome !== null) return { text: clip(outcome, MESSAGE_TEXT), blocks: ended(outcome, handOver) };
  const blocks: types.KnownBlock[] = [section(lead)];
  if (handOver.line !== null) blocks.push(section(quoted(handOver.line)));
  const isUp = kind === 'asked' && handOver.asked.slackUserId !== handOver.to.slackUserId;
  if (isUp) blocks.push(context(movedUpSentence(handOver)));
  return { text: clip(lead, MESSAGE_TEXT), blocks: [...blocks, choices(handOver, isUp)] };
}

/** What was taken on can be undone from every message about it. */
function ended(outcome: string, { account, ending, factId }: HandOverView): types.KnownBlock[] {
  const undo = ending === 'taken' && factId !== null ? [undoButton(factId, account.name)] : [];
  return [section(outcome), ...undo];
}

function choices({ handOverId }: HandOverView, isUp: boolean): types.ActionsBlock {
  const take = { ...button(ACTION.takeHandOver, BUTTON.take, handOverId), style: 'primary' as const };
  const decline = button(ACTION.declineHandOver, BUTTON.decline, handOverId);
  return { type: 'actions', elements: isUp ? [take] : [take, decline] };
}

export function button(actionId: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT), value };
}
