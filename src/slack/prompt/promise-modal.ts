import { z } from 'zod';
import { fromTodayOn, needed, readFields } from '../kit/fields.ts';
import { dateField, type Form, input, modal, textField } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { oneLine } from '../kit/text.ts';
import { drawMeasure, measureFields, readMeasure } from './measure.ts';

/** What the client was told that the order would bring, and when they will talk about it. */
export const promiseForm: Form = {
  callbackId: VIEW.promised,
  draw: (prompt, about, here, filled) => {
    const account = oneLine(prompt.account.name);
    const words = { label: `What did you promise ${account}?` };
    const talk = { label: 'When will you talk about what it brought them?', optional: true };
    return modal({ callbackId: VIEW.promised, title: 'What you promised' }, prompt, about, here, [
      input('words', words, textField(filled.words, { lines: true, placeholder: '3 hours a week' })),
      input('by', { label: 'By when?', optional: true }, dateField(filled.by)),
      ...drawMeasure(filled),
      input('talk_on', talk, dateField(filled.talk_on)),
    ]);
  },
  read: (inputs, _about, today) => {
    const read = readFields(
      z.object({
        words: needed('What did you promise? A few words are enough.'),
        by: fromTodayOn(today).optional(),
        talk_on: fromTodayOn(today).optional(),
        ...measureFields,
      }),
      inputs,
    );
    if ('errors' in read) return read;
    const measured = readMeasure(read.fields);
    if ('errors' in measured) return measured;
    const { words, by, talk_on: talkOn } = read.fields;
    return { answer: { kind: 'promised', promise: { words, by, measure: measured.measure }, talkOn } };
  },
};
