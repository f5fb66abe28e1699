import { localDate } from '../../domain/asking/workday.ts';
import type { HeardNeed } from '../../domain/cycle/need.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Declared } from '../../flow/answers/declare-won.ts';
import type { Subscribed } from '../../flow/digests/subscribe-digest.ts';
import type { DoorView } from '../../flow/show/views.ts';
import { andMore, askable } from '../board/board.ts';
import { ACTION, promptBlock } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import {
  context,
  day,
  dayOf,
  facts,
  fitRows,
  type Message,
  plain,
  said,
  section,
  sentence,
  timeOf,
} from '../kit/text.ts';
import { REFUSALS } from '../prompt/refusal.ts';

/** What is said once an order that a rep typed in is kept, or why it isn't. */
export function wonMessage(declared: Exclude<Declared, { kind: 'unknown' | 'unclear' }>): Message {
  if (declared.kind === 'refused') return sentence(REFUSALS[declared.why]);
  if (declared.kind === 'already_in') return sentence(orderIsIn(declared.account));
  if (declared.kind === 'not_for_guests') return sentence(ONLY_THEIR_OWN);
  if (declared.kind === 'which') return whichDoor(declared.doors);
  const { account, amount, prompt, isNew } = declared;
  const name = said(account.name, 80);
  const order = amount === null ? '' : ` for ${said(formatMoney(amount), 40)}`;
  const deal = prompt?.engagement?.name ? ` (${said(prompt.engagement.name, 80)})` : '';
  const kept = `Well done! I've kept the order from *${name}*${order}${deal}.${isNew ? ' They are new to me.' : ''}`;
  if (prompt === null) return sentence(kept);
  const text = `${kept} What's next? Tell me now, or when I ask in our messages.`;
  return { text, blocks: [askable(prompt.promptId, text)] };
}

const ONLY_THEIR_OWN =
  'As a guest here you can tell me of orders from the accounts you work on, and I know none of yours by that name.';

function orderIsIn(account: string): string {
  return `${said(account, 80)}'s order is already in. What's left is to hear whether they see the value.`;
}

/** The account has several open engagements: one button each. */
function whichDoor(doors: readonly DoorView[]): Message {
  const lead = 'Well done! Several engagements are open there. Which one said yes?';
  const rows = doors.map(({ promptId, account, engagement }) => {
    const text = facts(
      `*${engagement?.name ? said(engagement.name, 80) : said(account.name, 80)}*`,
      engagement?.amount && said(formatMoney(engagement.amount), 40),
    );
    const button = {
      type: 'button' as const,
      text: plain('This one…', BUTTON_TEXT),
      action_id: ACTION.won,
      value: promptId,
    };
    return [{ ...section(text, button), block_id: promptBlock(promptId, 'won') }];
  });
  const { shown, hidden } = fitRows(rows, [section(lead), context(andMore(doors.length))]);
  return {
    text: lead,
    blocks: [section(lead), ...shown.flat(), ...(hidden > 0 ? [context(andMore(hidden))] : [])],
  };
}

/** A need typed in is kept with its account. `today` is the date where whoever typed it is. */
export function needHeardMessage(account: string, need: HeardNeed, today: string): Message {
  const heard = facts(
    `“${said(need.words)}”`,
    need.estimate && `about ${said(formatMoney(need.estimate), 40)}`,
    need.neededOn && `by ${day(need.neededOn, today)}`,
  );
  return sentence(`Kept for *${said(account, 80)}*: ${heard}\nI'll offer it when I ask what comes next.`);
}

/** The rep's own time for the day's bundle is set. It may have been brought into the working hours: then it says so. */
export function promptTimeSetMessage(
  { nextAt, timeZone }: { nextAt: Date; timeZone: string },
  { promptAt }: { promptAt: number },
): Message {
  const time = timeOf(nextAt, timeZone);
  const isAsWished = timeOf(new Date(promptAt * 60_000), 'UTC') === time;
  const why = isAsWished ? '' : ' I write within your working hours only, and that is the nearest.';
  return sentence(`From now on your day's questions come at ${time}, in one message.${why}`);
}

export function managerSetMessage(slackUserId: string): Message {
  return sentence(`Good to know: <@${slackUserId}> leads you. Your doors pass to them if you ever leave.`);
}

/** The digest of a channel is on or off from now on. */
export function digestSetMessage(set: Subscribed, cadence: string, now: Date): Message {
  if (set.kind === 'off')
    return sentence('No more digests here. `/whatsnext digest weekly` brings them back.');
  if (set.kind === 'not_for_guests')
    return sentence(
      'A digest tells of all accounts here, so it takes somebody who works here to turn it on or off. Ask a colleague in this channel.',
    );
  const { firstAt, timeZone } = set;
  const first = `${dayOf(firstAt, timeZone, localDate(timeZone, now))} at ${timeOf(firstAt, timeZone)}`;
  const how = cadence === 'daily' ? 'every working day' : 'every week';
  return sentence(
    `The digest comes here ${how}, first on ${first}. If I'm not in this channel yet, please invite me: \`/invite @whatsnext\``,
  );
}
