import type { HeardNeed } from '../../domain/cycle/need.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Declared } from '../../flow/answers/declare-won.ts';
import type { DoorView, OrderView } from '../../flow/show/views.ts';
import { askable } from '../board/board.ts';
import { clip, day, facts, type Message, oneLine, said, sentence } from '../kit/text.ts';

type Told = Extract<Declared, { kind: 'taken' | 'already_in' | 'not_for_guests' }>;

/** What is said once an order that a rep typed in is stored, or why it isn't. */
export function wonMessage(declared: Told): Message {
  if (declared.kind === 'not_for_guests') return sentence(ONLY_THEIR_OWN);
  const name = said(declared.account.name, 80);
  if (declared.kind === 'already_in')
    return sentence(
      `That order of *${name}*'s is in already. What's left is to hear whether they see its value.`,
    );
  const { amount, prompt, isNew, isMended } = declared;
  if (isMended)
    return sentence(`The order from *${name}* is now ${amount && said(formatMoney(amount), 40)}.`);
  const order = amount === null ? '' : ` for ${said(formatMoney(amount), 40)}`;
  const deal = prompt?.engagement?.name ? ` (${said(prompt.engagement.name, 80)})` : '';
  const taken = `Well done! The order from *${name}*${order}${deal} is in.${isNew ? ' They are new to me.' : ''}`;
  if (prompt === null) return sentence(taken);
  const text = `${taken} What's next? Tell me now, or when I ask in our messages.`;
  return { text, blocks: [askable(prompt.promptId, text, prompt.account.name)] };
}

const ONLY_THEIR_OWN =
  'As a guest here you can tell me of orders from the accounts you work on, and I know none of yours by that name.';

/** A need typed in is stored with its account. `today` is the date where whoever typed it is. */
export function needHeardMessage(account: string, need: HeardNeed, today: string): Message {
  const heard = facts(
    `“${said(need.words)}”`,
    need.estimate && `about ${said(formatMoney(need.estimate), 40)}`,
    need.neededOn && `by ${day(need.neededOn, today)}`,
  );
  return sentence(`*${said(account, 80)}* needs: ${heard}\nI'll offer it when I ask what comes next.`);
}

/** A deal as a button names it. */
export function doorText({ engagement, account }: DoorView): string {
  const name = clip(oneLine(engagement?.name ?? account.name), 40);
  return facts(name, engagement?.amount && formatMoney(engagement.amount));
}

/** An order as a button names it: "of Mon 23 Nov · GTX Pro · 4,514 USD". Both dates are YYYY-MM-DD. */
export function orderText({ name, amount }: OrderView, on: string, today: string): string {
  return `of ${facts(day(on, today), name && clip(oneLine(name), 30), amount && formatMoney(amount))}`;
}
