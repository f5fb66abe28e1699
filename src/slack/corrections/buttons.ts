import type { types } from '@slack/bolt';
import { MENU_ENTRY } from '../hand-over/sentences.ts';
import { ACTION, TOLD } from '../kit/ids.ts';
import { BUTTON_TEXT, OPTION_TEXT } from '../kit/limits.ts';
import { named } from '../kit/named.ts';
import { plain } from '../kit/text.ts';

/** "Undo" beside something that was told of a client, and "Change…" where there is a form for it. */
export function undoButton(factId: string, client: string | null, hasForm = false): types.ActionsBlock {
  const all = [button(ACTION.undo, 'Undo', factId)];
  if (hasForm) all.push(button(ACTION.change, 'Change…', factId));
  return buttons(client === null ? all : all.map((one) => named<types.Button>(client, one)));
}

/** What is to become of what hangs on it. `hasDeals`: a deal that began with it may stay. */
export function hangingButtons(factId: string, hasDeals: boolean): types.ActionsBlock {
  const all = button(ACTION.undoAll, 'Take all back', factId);
  return buttons(hasDeals ? [all, button(ACTION.undoKeep, 'Keep that deal', factId)] : [all]);
}

export function putBackButton(undoId: string): types.ActionsBlock {
  return buttons([button(ACTION.putBack, 'Put it back', undoId)]);
}

/** Takes back that two clients are one. */
export function partClientButton(joinId: string): types.ActionsBlock {
  return buttons([button(ACTION.partClient, 'Undo', joinId)]);
}

/** Takes back what was said of two orders. */
export function takeBackOrderButton(joinId: string): types.ActionsBlock {
  return buttons([button(ACTION.takeBackOrder, 'Undo', joinId)]);
}

/** What can be put right of a deal on an account's card; undefined where nothing can. */
export function toldMenu(
  answerId: string | null,
  orderId: string | null,
  engagementId: string | null,
): types.Overflow | undefined {
  const entry = (text: string, value: string) => ({ text: plain(text, OPTION_TEXT), value });
  const ofAnswer =
    answerId === null
      ? []
      : [
          entry('Change what they said…', `${TOLD.change}${answerId}`),
          entry('Undo what they said', `${TOLD.undo}${answerId}`),
        ];
  const ofOrder = orderId === null ? [] : [entry('Take the order back', `${TOLD.undo}${orderId}`)];
  const ofOwner = engagementId === null ? [] : [entry(MENU_ENTRY, `${TOLD.handOver}${engagementId}`)];
  const options = [...ofAnswer, ...ofOrder, ...ofOwner];
  return options.length === 0 ? undefined : { type: 'overflow', action_id: ACTION.toldMenu, options };
}

/** "Change…" beside a need. */
export function changeNeedButton(needId: string): types.Button {
  return button(ACTION.changeNeed, 'Change…', needId);
}

function buttons(elements: types.Button[]): types.ActionsBlock {
  return { type: 'actions', elements };
}

function button(actionId: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT), value };
}
