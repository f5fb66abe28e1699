import type { types } from '@slack/bolt';
import { formatMoney, type Money } from '../../domain/money.ts';
import type { SuggestedAccount } from '../../flow/show/views.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT, MESSAGE_CHARACTERS } from '../kit/limits.ts';
import { clip, context, facts, type Message, oneLine, plain, said, section, sentence } from '../kit/text.ts';
import { type Intent, intentValue, type Said } from './intent.ts';
import type { Reading } from './readings.ts';

/** More buttons than this are a list to search, not a question. */
const MOST_OPTIONS = 10;
const NAME = 40;
/** Characters kept for what stands around the buttons. */
const BESIDE_BUTTONS = 1_000;

/** One way to understand what was typed. `account` where it is about one that is known. */
export interface Option {
  client: Intent['client'];
  account?: SuggestedAccount;
  reading: Reading;
}

/** Why somebody is asked back. */
export type Lead =
  | { kind: 'unknown'; name: string }
  /** Several bear the name. */
  | { kind: 'which'; name: string }
  /** It is clear who is meant, but not what. */
  | { kind: 'reading' }
  /** No name was typed. */
  | { kind: 'whose' };

/** Asks back with a button for each way to understand what was typed, which carries it: nothing is typed again. */
export function askBack(key: string, lead: Lead, options: readonly Option[]): Message {
  const isSame = (option: Option) =>
    options.filter((other) => other.account?.name === option.account?.name).length > 1;
  return choices(
    leadText(lead, options),
    options.map((option) => ({
      text: optionText(option, isSame(option)),
      meant: { key, client: option.client, said: option.reading.said },
    })),
  );
}

export interface Choice {
  text: string;
  meant: Intent;
}

/** A question with a button for each answer to it. One that no button can carry is left out, and said so. */
export function choices(lead: string, all: readonly Choice[]): Message {
  const carried = all.slice(0, MOST_OPTIONS).flatMap(({ text, meant }, index): types.Button[] => {
    const value = intentValue(meant);
    return value === null ? [] : [{ ...button(index, text), value }];
  });
  const buttons = fitting(carried);
  const tooLong = carried.length < Math.min(all.length, MOST_OPTIONS);
  if (buttons.length === 0 && tooLong) return givenBack(lead, all);
  if (buttons.length === 0) return sentence(lead);
  const hidden = Math.max(0, all.length - MOST_OPTIONS) + carried.length - buttons.length;
  return {
    text: lead,
    blocks: [
      section(lead),
      { type: 'actions', elements: buttons },
      ...(hidden > 0 ? [context(`${hidden} more are near: type a little more of the name.`)] : []),
    ],
  };
}

const TOO_LONG = 'It is too long for a button. Here it is again, to type with the name in quotes:';

/** Slack's composer has forgotten what was typed. */
function givenBack(lead: string, all: readonly Choice[]): Message {
  const { said: what } = all[0]?.meant ?? { said: { do: 'show' as const } };
  const words =
    'words' in what ? what.words : 'text' in what ? what.text : 'reason' in what ? what.reason : '';
  return { text: lead, blocks: [section(`${lead} ${TOO_LONG}`), section(said(words, 2_500))] };
}

/** As many as a message has room for beside its lead: each carries all that was typed. */
function fitting(buttons: readonly types.Button[]): types.Button[] {
  let room = MESSAGE_CHARACTERS - BESIDE_BUTTONS;
  return buttons.filter((each) => {
    room -= JSON.stringify(each).length + 1;
    return room >= 0;
  });
}

function button(index: number, text: string): types.Button {
  return { type: 'button', action_id: `${ACTION.meant}:${index}`, text: plain(text, BUTTON_TEXT) };
}

function leadText(lead: Lead, options: readonly Option[]): string {
  if (lead.kind === 'whose') return options.length === 0 ? NO_NAME : 'Which client is that with?';
  if (lead.kind === 'which') return `Which ${said(lead.name, 80)} do you mean?`;
  if (lead.kind === 'reading') return 'Which of these do you mean?';
  const unknown = `I don't know “${said(lead.name, 80)}”.`;
  const near = options.filter(({ account }) => account !== undefined).length;
  const isNew = options.length > near;
  if (near === 0) return isNew ? `${unknown} Is it a new client?` : unknown;
  const meant = near === 1 ? 'Did you mean this one' : 'Did you mean one of these';
  return `${unknown} ${meant}${isNew ? ', or is it a new client' : ''}?`;
}

const NO_NAME = 'Which client is that with? Put their name first, like this: `/whatsnext won Acme 4514 USD`';

function optionText({ account, client, reading }: Option, isSame: boolean): string {
  const name = clip(oneLine(account?.name ?? ('name' in client ? client.name : '')), NAME);
  const latest = account?.latest ?? null;
  const apart = isSame && latest !== null && (latest.name ?? (latest.amount && formatMoney(latest.amount)));
  const who = account === undefined ? `New client: ${name}` : name;
  return facts(who, apart, apart && latest?.owner, saidShortly(reading.said));
}

/** What would be kept, as far as a button has room for it. */
export function saidShortly(what: Said): string | null {
  switch (what.do) {
    case 'won':
      return what.amount === undefined ? null : formatMoney(what.amount);
    case 'need':
      return facts(quoted(what.words), what.estimate && formatMoney(what.estimate));
    case 'lost':
      return quoted(what.reason);
    case 'note':
      return quoted(what.text);
    case 'show':
    case 'why':
      return null;
  }
}

function quoted(words: string): string {
  return `“${clip(oneLine(words), 40)}”`;
}

/** An amount as it stands in a sentence; nothing where none is known. */
export function amountText(amount: Money | null | undefined): string | null {
  return amount == null ? null : said(formatMoney(amount), 40);
}
