import { z } from 'zod';
import { formatMoney } from '../../domain/money.ts';
import { fromTodayOn, howToWriteMoney, money, needed, readFields } from '../kit/fields.ts';
import { dateField, type Form, input, modal, pageButtons, textField } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { context, oneLine, said } from '../kit/text.ts';
import { anotherNeed, drawNeed, needPage, readNeedRows, rowIds } from './need-rows.ts';
import { pageAfterTheFirstNeed } from './next-modal.ts';

/** The small forms: a need was caught or dropped, what will be brought, won, lost, not yet. */

export const caughtForm: Form = {
  callbackId: VIEW.caught,
  pageOf: pageAfterTheFirstNeed,
  draw: (prompt, about, here, filled) => {
    const first = [...drawNeed(about, filled, 0, true), ...pageButtons(anotherNeed(filled, 0))];
    const page = needPage(about, filled) ?? first;
    return modal({ callbackId: VIEW.caught, title: 'Caught a need' }, prompt, about, here, page);
  },
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

export const bringForm: Form = {
  callbackId: VIEW.bring,
  draw: (prompt, about, here, filled) =>
    modal({ callbackId: VIEW.bring, title: 'What will you bring?' }, prompt, about, here, [
      input(
        'what',
        { label: `What will you bring to ${oneLine(prompt.account.name)}?` },
        textField(filled.what ?? prompt.bring ?? undefined, { lines: true }),
      ),
      input('on', { label: 'When?' }, dateField(filled.on)),
    ]),
  read: (inputs, _about, today) => {
    const what = needed('What will you bring? A few words are enough.');
    const read = readFields(z.object({ what, on: fromTodayOn(today) }), inputs);
    if ('errors' in read) return read;
    return { answer: { kind: 'later', on: read.fields.on, note: read.fields.what } };
  },
};

export const dropNeedForm: Form = {
  callbackId: VIEW.dropNeed,
  draw: (prompt, about, here, filled) =>
    modal({ callbackId: VIEW.dropNeed, title: 'Drop this need' }, prompt, about, here, [
      context(`“${said(prompt.need?.words ?? '', 300)}”`),
      input('reason', { label: 'Why is it no longer needed?' }, textField(filled.reason, { lines: true })),
    ]),
  read: (inputs) => {
    const reason = needed('Why is it no longer needed? A few words are enough.');
    const read = readFields(z.object({ reason }), inputs);
    return 'errors' in read
      ? read
      : { answer: { kind: 'need_dropped', needId: '', reason: read.fields.reason } };
  },
};
