import type { types } from '@slack/bolt';
import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { ACTION, promptBlock } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { facts, onDay, plain, said, section } from '../kit/text.ts';
import type { Here } from '../prompt/why.ts';

/** The questions of a deal with which it is said which order it is. */
const SAID_WITH: readonly PromptView['question'][] = ['promise', 'verify'];

/**
 * What a rep told of an order that its CRM reports too: a likely one is asked about, a certain one is said, with a way
 * to say that it is another. Empty where nothing was told.
 */
export function toldBlocks(prompt: PromptView, here: Here): types.KnownBlock[] {
  const { told, engagement, promptId, question } = prompt;
  if (told == null || engagement === null || !SAID_WITH.includes(question)) return [];
  const when = onDay(localDate(here.timeZone, told.at), here.today);
  const order = `the order${told.amount === null ? '' : ` of ${said(formatMoney(told.amount), 40)}`}`;
  if (told.certainty !== 'likely') {
    const one = `This is ${order} you told me ${when}.`;
    const other = button(ACTION.otherOrder, 'Another order', promptId);
    return [{ ...section(one, other), block_id: promptBlock(promptId, 'told') }];
  }
  const reported = facts(
    engagement.name && `*${said(engagement.name, 80)}*`,
    engagement.amount && said(formatMoney(engagement.amount), 40),
  );
  const lead = reported === '' ? 'The CRM reports an order.' : `The CRM reports ${reported}.`;
  const elements = [
    button(ACTION.sameOrder, 'Yes, the same', promptId),
    button(ACTION.otherOrder, 'Another order', promptId),
  ];
  return [
    section(`${lead} Is that ${order} you told me ${when}?`),
    { type: 'actions', block_id: promptBlock(promptId, 'told'), elements },
  ];
}

function button(actionId: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text, BUTTON_TEXT), value };
}
