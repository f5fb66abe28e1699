import type { types } from '@slack/bolt';
import type { WentAway } from '../../flow/away/go-away.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { day, type Message, plain, section, sentence } from '../kit/text.ts';

/** What is said once somebody is away, or why they can't be. */
export function wentAwayMessage(went: WentAway): Message {
  if (went.kind === 'refused') return sentence(WHY_NOT[went.why]);
  const text = awaySentence(went);
  return { text, blocks: [section(text), actions(changeButton(), backButton())] };
}

function awaySentence({ from, until, today, delegate }: Extract<WentAway, { kind: 'away' }>): string {
  const on = day(until, today);
  const spell = from === today ? `until ${on}` : `from ${day(from, today)} until ${on}`;
  if (delegate === null)
    return `You're away ${spell}. I ask nothing until then, and everything waits for you.`;
  const { slackUserId, away } = delegate;
  const { from: first, until: back } = away ?? {};
  const too =
    first === undefined || back === undefined
      ? ''
      : ` They're away as well, from ${day(first, today)} until ${day(back, today)}: in those days everything waits.`;
  return `You're away ${spell}; <@${slackUserId}> looks after what can't wait, and hears of it from me. The rest waits for you.${too}`;
}

export const WHY_NOT: Record<Extract<WentAway, { kind: 'refused' }>['why'], string> = {
  not_later: 'That day is not after the first one. Which day are you back?',
  too_far: 'That is more than a year ahead. Pick a day within a year.',
  self: "That's you. Who else could look after what can't wait?",
  delegate_gone: "I can't reach them here. Who else could look after what can't wait?",
};

/** Somebody said that they are back. */
export function backMessage(wasAway: boolean): Message {
  return sentence(
    wasAway
      ? "Welcome back. What waited for you comes with your day's questions."
      : 'You are not away as far as I know, so nothing has changed.',
  );
}

/** `away` without a day. */
export function untilWhenMessage(): Message {
  const why = "Until when are you away, and who looks after what can't wait?";
  return { text: why, blocks: [section(why), actions(changeButton('Pick the days…'))] };
}

/** Somebody would rather not stand in. */
export function declinedMessage(name: string | null): Message {
  return sentence(
    name === null
      ? 'There is nothing left for you to look after there.'
      : `That's fine. I put nothing of theirs to you, and let ${name} know.`,
  );
}

function actions(...elements: types.Button[]): types.ActionsBlock {
  return { type: 'actions', elements };
}

function changeButton(text = 'Change…'): types.Button {
  return { type: 'button', action_id: ACTION.openAway, text: plain(text, BUTTON_TEXT) };
}

function backButton(): types.Button {
  return { type: 'button', action_id: ACTION.back, text: plain("I'm back", BUTTON_TEXT) };
}
