import { z } from 'zod';
import { formatMoney } from '../../domain/money.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { dateField, type Form, input, modal, textField } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { drawNeedRows, readNeedRows, rowIds } from './need-rows.ts';

/** The small forms: a need was caught, won, lost, not yet. */

export const caughtForm: Form = {
  callbackId: VIEW.caught,
  rows: 1,
  draw: (prompt, about, here, filled) =>
    modal(
      { callbackId: VIEW.caught, title: 'Caught a need' },
      prompt,
      about,
      here,
      drawNeedRows(about, filled, true),
    ),
  read: (inputs, about, today) => {
    const rows = readNeedRows(inputs, about, today);
    if ('errors' in rows) return rows;
    if (rows.heard.length === 0) {
      return { errors: { [rowIds(0).words]: 'What do they need? A few words are enough.' } };
    }
    return { answer: { kind: 'moved', to: 'develop', needs: rows.heard.map(({ need }) => need) } };
  },
};

export const wonForm: Form = {
  callbackId: VIEW.won,
  rows: 0,
  draw: (prompt, about, here, filled) => {
    const known = prompt.engagement?.amount ?? null;
    const amount = filled.amount ?? (known === null ? undefined : formatMoney(known));
    return modal({ callbackId: VIEW.won, title: 'We won' }, prompt, about, here, [
      input(
        'amount',
        { label: 'How much is the order?', hint: howToWriteMoney(about.currency), optional: true },
        textField(amount, { placeholder: `4,514 ${about.currency}`, max: 40 }),
      ),
    ]);
  },
  read: (inputs, about) => {
    const read = readFields(z.object({ amount: money(about.currency).optional() }), inputs);
    return 'errors' in read ? read : { answer: { kind: 'won', amount: read.fields.amount } };
  },
};

export const lostForm: Form = {
  callbackId: VIEW.lost,
  rows: 0,
  draw: (prompt, about, here, filled) => {
    const back = { label: 'When may we come back?', hint: 'If they named a day.', optional: true };
    return modal({ callbackId: VIEW.lost, title: 'Not this time' }, prompt, about, here, [
      input('reason', { label: 'What was the reason they gave?' }, textField(filled.reason, { lines: true })),
      input('return_on', back, dateField(filled.return_on)),
    ]);
  },
  read: (inputs, _about, today) => {
    const read = readFields(
      z.object({
        reason: needed('What was the reason? A few words are enough.'),
        return_on: fromTodayOn(today).optional(),
      }),
      inputs,
    );
    if ('errors' in read) return read;
    return { answer: { kind: 'lost', reason: read.fields.reason, returnOn: read.fields.return_on } };
  },
};

export const laterForm: Form = {
  callbackId: VIEW.later,
  rows: 0,
  draw: (prompt, about, here, filled) =>
    modal({ callbackId: VIEW.later, title: 'Not yet' }, prompt, about, here, [
      input('on', { label: 'When shall I ask again?' }, dateField(filled.on)),
      input(
        'note',
        { label: 'Anything to keep in mind?', optional: true },
        textField(filled.note, { lines: true }),
      ),
    ]),
  read: (inputs, _about, today) => {
    const read = readFields(z.object({ on: fromTodayOn(today), note: z.string().optional() }), inputs);
    return 'errors' in read
      ? read
      : { answer: { kind: 'later', on: read.fields.on, note: read.fields.note } };
  },
};
