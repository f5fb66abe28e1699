import type { types } from '@slack/bolt';
import type { AccountView } from '../../flow/show/views.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { dayOf, facts, plain, said, section } from '../kit/text.ts';

const MOST_JOINED = 3;

/** The other names of a client, by what people said, each with a way to take that back. */
export function joinedBlocks({ joined, timeZone }: AccountView, today: string): types.KnownBlock[] {
  return joined.slice(-MOST_JOINED).map(({ joinId, name, at, by }) => {
    const who = facts(said(by, 60), dayOf(at, timeZone, today));
    return section(
      `The same client as *${said(name, 80)}*\n${who}`,
      button(ACTION.partClient, 'Undo', joinId),
    );
  });
}

/** What can be put right about who the client is. */
export function joinActions({ account }: AccountView): types.ActionsBlock {
  return { type: 'actions', elements: [button(ACTION.sameClient, 'Same client as…', account.id)] };
}

function button(actionId: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT), value };
}
