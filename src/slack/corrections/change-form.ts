import type { types } from '@slack/bolt';
import { z } from 'zod';
import { isTimeZone } from '../../domain/asking/workday.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { SEES_VALUE } from '../../domain/cycle/verification.ts';
import { formatMoney } from '../../domain/money.ts';
import type { ToldView } from '../../flow/show/views.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { dateField, type Inputs, input, type Read, radioField, textField } from '../kit/form.ts';
import { isFactId, VIEW } from '../kit/ids.ts';
import { VIEW_TITLE } from '../kit/limits.ts';
import { context, oneLine, plain } from '../kit/text.ts';

/** What the form carries from opening to submission. */
const aboutChange = z.object({
  factId: z.string().refine(isFactId),
  timeZone: z.string().max(64).refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type AboutChange = z.infer<typeof aboutChange>;

/** Null for what no form of ours carries. */
export function readAboutChange(privateMetadata: string): AboutChange | null {
  try {
    return aboutChange.safeParse(JSON.parse(privateMetadata)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type Changeable = Extract<Answer, { kind: 'verified' | 'promised' | 'later' | 'talk' | 'won' | 'lost' }>;

const CHANGEABLE: readonly Answer['kind'][] = ['verified', 'promised', 'later', 'talk', 'won', 'lost'];

/** Whether there is a form that changes such an answer. */
export function isChangeable(answer: Answer): answer is Changeable {
  return CHANGEABLE.includes(answer.kind);
}

/** The form with what was told in it; null where there is none for it. */
export function changeForm(told: ToldView, about: AboutChange, lead: string): types.ModalView | null {
  if (told.what.kind !== 'answer' || !isChangeable(told.what.answer)) return null;
  return {
    type: 'modal',
    callback_id: VIEW.change,
    private_metadata: JSON.stringify(about),
    title: plain('Change what you told', VIEW_TITLE),
    submit: plain('Save', VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [
      context(lead),
      ...fieldsFor(told.what.answer, oneLine(told.account?.name ?? 'the client'), about),
    ],
  };
}

function fieldsFor(answer: Changeable, account: string, { currency }: AboutChange): types.KnownBlock[] {
  switch (answer.kind) {
    case 'verified': {
      const { seesValue, words, who } = answer.verification;
      const sees = [
        { text: 'Yes', value: 'yes' },
        { text: 'Partly', value: 'partly' },
        { text: 'Not yet', value: 'not_yet' },
      ];
      return [
        input('sees', { label: `Does ${account} see it?` }, radioField(sees, seesValue)),
        input('words', { label: 'What did they say, in their words?' }, textField(words, { lines: true })),
        input('who', { label: 'Who said it?', optional: true }, textField(who, { max: 200 })),
      ];
    }
    case 'promised':
      return [
        input(
          'words',
          { label: 'What did you promise them?' },
          textField(answer.promise.words, { lines: true }),
        ),
        input('by', { label: 'By when?', optional: true }, dateField(answer.promise.by)),
        input('on', { label: 'When will you talk about it?', optional: true }, dateField(answer.talkOn)),
      ];
    case 'later':
    case 'talk':
      return [input('on', { label: 'On which day?' }, dateField(answer.on))];
    case 'won': {
      const amount = answer.amount && formatMoney(answer.amount);
      const hint = howToWriteMoney(currency);
      return [input('amount', { label: 'How much is the order?', hint }, textField(amount, { max: 40 }))];
    }
    case 'lost':
      return [
        input(
          'reason',
          { label: 'What was the reason they gave?' },
          textField(answer.reason, { lines: true }),
        ),
        input('on', { label: 'When may we come back?', optional: true }, dateField(answer.returnOn)),
      ];
  }
}

const WORDS = needed('What did they say? A few of their words are enough.');

/** The answer as the form has it now, or what to say under which input. `before` is what was told. */
export function readChange(inputs: Inputs, before: Answer, today: string, currency: string): Read {
  if (!isChangeable(before)) return { errors: {} };
  switch (before.kind) {
    case 'verified': {
      const sees = z.enum(SEES_VALUE, { error: 'Do they see it? “Not yet” is an answer too.' });
      const read = readFields(z.object({ sees, words: WORDS, who: z.string().optional() }), inputs);
      if ('errors' in read) return read;
      const { words, who } = read.fields;
      const verification = { ...before.verification, seesValue: read.fields.sees, words, who };
      return { answer: { ...before, verification } };
    }
    case 'promised': {
      const words = needed('What did you promise? A few words are enough.');
      const day = z.iso.date().optional();
      const read = readFields(z.object({ words, by: day, on: day }), inputs);
      if ('errors' in read) return read;
      const promise = { ...before.promise, words: read.fields.words, by: read.fields.by };
      return { answer: { ...before, promise, talkOn: read.fields.on } };
    }
    case 'later':
    case 'talk': {
      const read = readFields(z.object({ on: fromTodayOn(today) }), inputs);
      return 'errors' in read ? read : { answer: { ...before, on: read.fields.on } };
    }
    case 'won': {
      const read = readFields(z.object({ amount: money(currency) }), inputs);
      return 'errors' in read ? read : { answer: { ...before, amount: read.fields.amount } };
    }
    case 'lost': {
      const reason = needed('What was the reason? A few words are enough.');
      const read = readFields(z.object({ reason, on: fromTodayOn(today).optional() }), inputs);
      if ('errors' in read) return read;
      return { answer: { ...before, reason: read.fields.reason, returnOn: read.fields.on } };
    }
  }
}
