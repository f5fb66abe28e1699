import type { types } from '@slack/bolt';
import { z } from 'zod';
import { isTimeZone } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { NeedChange } from '../../flow/corrections/change-need.ts';
import type { NeedView } from '../../flow/show/views.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { dateField, type Inputs, input, selectField, textField } from '../kit/form.ts';
import { isId, VIEW } from '../kit/ids.ts';
import { VIEW_TITLE } from '../kit/limits.ts';
import { context, oneLine, plain, said } from '../kit/text.ts';

const aboutNeed = z.object({
  needId: z.string().refine(isId),
  timeZone: z.string().max(64).refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type AboutNeed = z.infer<typeof aboutNeed>;

/** Null for what no form of ours carries. */
export function readAboutNeed(privateMetadata: string): AboutNeed | null {
  try {
    return aboutNeed.safeParse(JSON.parse(privateMetadata)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What may become of a need; the id of another is what it is the same as. */
const BECAME = { open: 'open', dropped: 'dropped' } as const;

/** The form that changes a need, drops it, or calls it the same as one of `others`. */
export function needForm(
  need: NeedView,
  others: readonly NeedView[],
  account: string,
  about: AboutNeed,
): types.ModalView {
  const became = [
    { text: 'It stands open', value: BECAME.open },
    { text: 'They no longer need it', value: BECAME.dropped },
    ...others.map(({ id, words }) => ({ text: `The same as “${oneLine(words)}”`, value: id })),
  ];
  const estimate = need.estimate === null ? undefined : formatMoney(need.estimate);
  const hint = howToWriteMoney(about.currency);
  return {
    type: 'modal',
    callback_id: VIEW.changeNeed,
    private_metadata: JSON.stringify(about),
    title: plain('Change a need', VIEW_TITLE),
    submit: plain('Save', VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [
      context(`*${said(account, 80)}*`),
      input('words', { label: 'What do they need, in their words?' }, textField(need.words, { lines: true })),
      input('estimate', { label: 'About how much?', hint, optional: true }, textField(estimate, { max: 40 })),
      input('on', { label: 'By when?', optional: true }, dateField(need.neededOn ?? undefined)),
      input('became', { label: 'What became of it?' }, selectField(became, BECAME.open, 'Pick one')),
      input(
        'reason',
        { label: 'If they no longer need it: why?', optional: true },
        textField(undefined, { lines: true }),
      ),
    ],
  };
}

/** What is said of the need, or what to say under which input. A day that stood already may have passed. */
export function readNeedForm(
  inputs: Inputs,
  need: NeedView,
  { needId, currency }: AboutNeed,
  today: string,
): { change: NeedChange } | { errors: Record<string, string> } {
  const became = inputs.became ?? BECAME.open;
  if (isId(became)) return { change: { kind: 'need_same', needId, asId: became } };
  if (became === BECAME.dropped) {
    const read = readFields(z.object({ reason: needed('Why? A few words are enough.') }), inputs);
    return 'errors' in read ? read : { change: { kind: 'need_dropped', needId, reason: read.fields.reason } };
  }
  const on = inputs.on === need.neededOn ? z.iso.date() : fromTodayOn(today);
  const read = readFields(
    z.object({
      words: needed('What do they need? A few words are enough.'),
      estimate: money(currency).optional(),
      on: on.optional(),
    }),
    inputs,
  );
  if ('errors' in read) return read;
  const { words, estimate, on: neededOn } = read.fields;
  return { change: { kind: 'need_changed', needId, words, estimate, neededOn } };
}
