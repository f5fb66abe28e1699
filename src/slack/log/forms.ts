import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Settings } from '../../flow/show/read-settings.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { dateField, type Inputs, input, textField } from '../kit/form.ts';
import { ACTION, VIEW } from '../kit/ids.ts';
import { INPUT_TEXT, PLACEHOLDER, VIEW_TITLE } from '../kit/limits.ts';
import { clip, plain } from '../kit/text.ts';
import type { Said } from '../typed/intent.ts';

/** What is told without being asked: an order, or a need. */
export type Told = 'order' | 'need';

/** The client picked in a form: one that is known, or one that is new by the rep's own word. */
export type PickedClient = { id: string } | { name: string; isNew: true };

/** Begins the value of the option for a client who is new. */
const NEW = 'new:';
/** A need's words as a button can carry them, should it be asked back. */
const WORDS = 1_600;

export function orderForm(settings: Settings): types.ModalView {
  return form({ callbackId: VIEW.logOrder, title: 'Log an order' }, null, [
    input(
      'amount',
      { label: 'How much is the order?', hint: howToWriteMoney(settings.currency), optional: true },
      textField(undefined, { placeholder: `4,514 ${settings.currency}`, max: 40 }),
    ),
  ]);
}

/** `words` are those of a message, where one is captured; `link` leads to it. */
export function needForm(
  settings: Settings,
  captured: { words: string; link: string } | null,
): types.ModalView {
  const words = captured === null ? undefined : clip(captured.words, WORDS);
  return form({ callbackId: VIEW.logNeed, title: 'Note a need' }, captured?.link ?? null, [
    input(
      'words',
      { label: 'What do they need, in their words?' },
      textField(words, { lines: true, max: WORDS }),
    ),
    input(
      'estimate',
      { label: 'What might it be worth?', hint: howToWriteMoney(settings.currency), optional: true },
      textField(undefined, { max: 40 }),
    ),
    input('needed_on', { label: 'By when do they need it?', optional: true }, dateField(undefined)),
  ]);
}

function form(
  { callbackId, title }: { callbackId: string; title: string },
  link: string | null,
  inputs: types.InputBlock[],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify({ link }),
    title: plain(title, VIEW_TITLE),
    submit: plain('Save', VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [input('client', { label: 'Which client?' }, clientMenu()), ...inputs],
  };
}

function clientMenu(): types.ExternalSelect {
  return {
    type: 'external_select',
    action_id: ACTION.clientOrNew,
    min_query_length: 1,
    placeholder: plain('Type their name', PLACEHOLDER),
  };
}

/** The option for a client whom nobody knows under that name; none where the name is too long for it. */
export function newClientOption(typed: string, longest: number): types.PlainTextOption[] {
  const name = typed.trim();
  const value = `${NEW}${name}`;
  if (name === '' || value.length > longest) return [];
  return [{ text: plain(`New client: ${name}`, longest), value }];
}

const clientField = needed('Which client? Type a few letters of their name, and pick one.').transform(
  (value): PickedClient =>
    value.startsWith(NEW) ? { name: value.slice(NEW.length), isNew: true } : { id: value },
);

export type ToldRead = { client: PickedClient; said: Said } | { errors: Record<string, string> };

/** What a form says, or what stands under which input. */
export function readTold(
  told: Told,
  inputs: Inputs,
  { currency, today }: Settings,
  link: string | null,
): ToldRead {
  if (told === 'order') {
    const read = readFields(z.object({ client: clientField, amount: money(currency).optional() }), inputs);
    if ('errors' in read) return read;
    const { client, amount } = read.fields;
    return { client, said: { do: 'won', ...(amount === undefined ? {} : { amount }) } };
  }
  const schema = z.object({
    client: clientField,
    words: needed('What do they need? A few of their words are enough.').pipe(z.string().max(INPUT_TEXT)),
    estimate: money(currency).optional(),
    needed_on: fromTodayOn(today).optional(),
  });
  const read = readFields(schema, inputs);
  if ('errors' in read) return read;
  const { client, words, estimate, needed_on: neededOn } = read.fields;
  const said: Said = { do: 'need', words };
  if (estimate !== undefined) said.estimate = estimate;
  if (neededOn !== undefined) said.neededOn = neededOn;
  if (link !== null) said.link = link;
  return { client, said };
}
