import type { BlockAction, Context } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import type { Flow } from '../../flow/ports.ts';
import type { Here } from '../prompt/why.ts';
import type { Place } from '../send/send.ts';
import { promptOfBlock } from './ids.ts';
import { type Message, sentence } from './text.ts';

/** A click on an answer to a prompt, wherever the prompt is drawn. */
export interface Click {
  workspaceId: string;
  slackUserId: string;
  promptId: string;
  /** The same for every delivery of one click, so that Slack's repeats are one answer. */
  key: string;
  /** The option or the date that was picked; empty for a plain button. */
  picked: string;
  triggerId: string;
  /** The conversation to answer in; null in a modal and in Home. */
  place: Place | null;
  /** The modal that was clicked in. */
  modal: { viewId: string; hash: string } | null;
}

/** Reads a click; null when its block belongs to no prompt, as in what nobody of us drew. */
export function readClick(body: BlockAction, context: Context): Click | null {
  const action = body.actions[0];
  const promptId = promptOfBlock(action?.block_id ?? '');
  if (action === undefined || promptId === null) return null;
  return {
    workspaceId: workspaceOf(context),
    slackUserId: body.user.id,
    promptId,
    key: `click:${body.user.id}:${action.action_ts}`,
    picked: pickedIn(action),
    triggerId: body.trigger_id,
    place: body.channel === undefined ? null : { channel: body.channel.id, user: body.user.id },
    modal: body.view?.type === 'modal' ? { viewId: body.view.id, hash: body.view.hash } : null,
  };
}

/** The workspace that an event came from. `authorize` lets nothing through that has none. */
export function workspaceOf(context: Context): string {
  if (context.teamId === undefined) throw new TypeError('An event without a workspace');
  return context.teamId;
}

/** Today in a zone, by the clock of the flow. */
export function hereIn(timeZone: string, flow: Flow): Here {
  return { timeZone, today: localDate(timeZone, flow.now()) };
}

export const GONE: Message = sentence(
  'That question is no longer there. `/whatsnext` shows what stands open now.',
);
export const NOT_YOURS: Message = sentence(
  'A colleague looks after this one, so it stays between them and me. `/whatsnext` shows what stands open for you.',
);
export const EXPIRED: Message = sentence('That took Slack a moment too long. Press the button once more.');

function pickedIn(action: BlockAction['actions'][number]): string {
  if (action.type === 'datepicker') return action.selected_date ?? '';
  if (action.type === 'static_select' || action.type === 'overflow')
    return action.selected_option?.value ?? '';
  return '';
}
