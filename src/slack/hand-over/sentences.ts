import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Decided } from '../../flow/hand-over/decide.ts';
import type { NotProposed } from '../../flow/hand-over/propose.ts';
import type { ColleagueInSlack, HandOverMessageView, HandOverView } from '../../flow/hand-over/views.ts';
import { facts, onDay, said } from '../kit/text.ts';
import type { Here } from '../prompt/why.ts';

/** Everything that is said of a deal that a rep would like a colleague to take on. */

export const MENU_ENTRY = 'Not mine: hand to…';
export const FORM = {
  title: 'Hand to a colleague',
  who: 'Who takes it on?',
  pick: 'Pick a colleague',
  line: 'A line for them',
  lineHint: 'What they should know of this client, in your words.',
  submit: 'Ask them',
};
export const BUTTON = { take: 'Take it', decline: 'Not me', withdraw: 'Ask them no more' };

/** Under the field of the form that it is about. */
export const WHY_NOT: Record<NotProposed, string> = {
  self: "That's you. Who else could take it on?",
  theirs: 'It is theirs already. Who else could take it on?',
  no_rep: "They don't sell here: I can only ask people of your own workspace. Who else could take it on?",
  left: 'They have left, so I can’t reach them. Who else could take it on?',
  not_yours: 'A colleague has it by now, so it is theirs to hand on.',
  gone: 'That deal has come to its end, so there is nothing to hand on.',
};
export const NOBODY_PICKED = 'Who takes it on? Pick a colleague.';
export const NOT_KEPT =
  "I couldn't keep this just now. Your text is still here: press the button once more in a moment.";

/** Above the fields of the form. */
export function formLead(handOver: Pick<HandOverView, 'account' | 'engagement'>): string {
  return `${dealInWords(handOver)}\nIt stays yours until your colleague takes it on.`;
}

/** Said where it was proposed. */
export function askedSentence(handOver: HandOverView): string {
  return `I ask ${who(handOver.asked)} to take on ${dealInWords(handOver)}. Until they do it stays with ${who(handOver.from)}.`;
}

/** Said where somebody is asked already. */
export function waitsSentence(handOver: HandOverView, here: Here): string {
  const since = onDay(localDate(here.timeZone, handOver.proposedAt), here.today);
  const above =
    handOver.asked.slackUserId === handOver.to.slackUserId ? '' : `${who(handOver.to)} hasn't answered. `;
  return `${dealInWords(handOver)}\n${above}${who(handOver.asked)} is asked to take it on, since ${since}. Until they do it stays with ${who(handOver.from)}.`;
}

/** The first line of a DM about a hand-over, for whoever reads it. */
export function leadOf({ kind, handOver }: HandOverMessageView): string {
  const { from, by, to } = handOver;
  const deal = dealInWords(handOver);
  const whose = by.slackUserId === from.slackUserId ? '' : `, which is with ${who(from)}`;
  switch (kind) {
    case 'asked':
      return `${who(by)} asks whether you take on ${deal}${whose}.`;
    case 'asked_above':
      return `${who(by)} asked ${who(to)} to take on ${deal}${whose}. There is no answer so far. Do you take it on?`;
    case 'told':
      return outcomeOf(handOver) ?? deal;
  }
}

/** The giver's own line, as a quotation. */
export function quoted(line: string): string {
  return `> ${said(line, 500)}`;
}

/** What became of it; null while it waits. */
export function outcomeOf(handOver: HandOverView): string | null {
  const { ending, endedBy, from, to } = handOver;
  const deal = dealInWords(handOver);
  const decider = endedBy === null ? who(to) : who(endedBy);
  switch (ending) {
    case null:
      return null;
    case 'taken':
      return handOver.factId === null
        ? `${decider} had taken on ${deal}; that was undone since.`
        : `${decider} has taken on ${deal}. I ask them from now on.`;
    case 'declined':
      return `${decider} can't take on ${deal}. It stays with ${who(from)}.`;
    case 'unanswered':
      return `There was no answer about ${deal}, and nobody is left whom I could ask. It stays with ${who(from)}.`;
    case 'withdrawn':
      return `${decider} asks no more about ${deal}. It stays with ${who(from)}.`;
    case 'overtaken':
      return `${deal} has moved on meanwhile, so nobody is asked any more.`;
  }
}

/** What a colleague who was asked first reads once it is with somebody else. */
export function movedUpSentence(handOver: HandOverView): string {
  return `${who(handOver.asked)} is asked by now; you can still take it on.`;
}

/** What a click came to, said to whoever clicked. */
export function decidedSentence(decided: Decided): string {
  if (decided.kind === 'not_theirs') return 'That is for whoever is asked to say, or for whoever asked.';
  if (decided.kind === 'gone') return 'That one is no longer there.';
  const { handOver } = decided;
  if (decided.kind === 'done' && handOver.ending === 'taken')
    return `It's yours now: ${dealInWords(handOver)}. I ask you from now on.`;
  if (decided.kind === 'done' && handOver.ending === 'declined')
    return `I'll tell ${who(handOver.from)}, and it stays with them.`;
  return outcomeOf(handOver) ?? movedUpSentence(handOver);
}

/** "*Acme* · GTX Pro · 4,514 USD". */
export function dealInWords({ account, engagement }: Pick<HandOverView, 'account' | 'engagement'>): string {
  const { name, amount } = engagement;
  return facts(
    `*${said(account.name, 80)}*`,
    name !== null && said(name, 80),
    amount !== null && said(formatMoney(amount), 40),
  );
}

function who({ name, slackUserId }: ColleagueInSlack): string {
  return slackUserId === null ? said(name, 60) : `<@${slackUserId}>`;
}
