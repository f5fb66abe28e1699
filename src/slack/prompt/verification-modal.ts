import type { types } from '@slack/bolt';
import { z } from 'zod';
import { SEES_VALUE, type Verification } from '../../domain/cycle/verification.ts';
import { decimal, needed, readFields, upToToday } from '../kit/fields.ts';
import { dateField, type Form, type Inputs, input, modal, radioField, textField } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { divider, oneLine } from '../kit/text.ts';
import { drawNeedRows, readNeedRows } from './need-rows.ts';
import { drawNextStep, readNextStep } from './next-step.ts';

/** The verification conversation and what grew out of it: the whole turn in one go. */
export const verificationForm: Form = {
  callbackId: VIEW.verification,
  rows: 2,
  draw: (prompt, about, here, filled) =>
    modal({ callbackId: VIEW.verification, title: 'Tell the story' }, prompt, about, here, [
      ...story(oneLine(prompt.account.name), here.today, filled),
      divider,
      ...drawNeedRows(about, filled),
      divider,
      ...drawNextStep(prompt, about, filled),
    ]),
  read: (inputs, about, today) => {
    const told = readStory(inputs, today);
    const rows = readNeedRows(inputs, about, today);
    const way = readNextStep(inputs, about, 'heard' in rows ? rows.heard : [], today);
    if ('errors' in told || 'errors' in rows || 'errors' in way) {
      return { errors: { ...errorsOf(way), ...errorsOf(rows), ...errorsOf(told) } };
    }
    const needs = rows.heard.map(({ need }) => need);
    return { answer: { kind: 'verified', verification: told.verification, needs, next: way.step } };
  },
};

function story(account: string, today: string, filled: Inputs): types.KnownBlock[] {
  const sees = [
    { text: 'Yes', value: 'yes' },
    { text: 'Partly', value: 'partly' },
    { text: 'Not yet', value: 'not_yet' },
  ];
  return [
    input('who', { label: 'Who did you speak with?' }, textField(filled.who, { max: 200 })),
    input('sees', { label: `Does ${account} see the value?` }, radioField(sees, filled.sees)),
    input('words', { label: 'What did they say, in their words?' }, textField(filled.words, { lines: true })),
    input(
      'measure',
      { label: 'Is there a number for it?', optional: true },
      {
        type: 'number_input',
        action_id: 'value',
        is_decimal_allowed: true,
        ...(filled.measure === undefined ? {} : { initial_value: filled.measure }),
      },
    ),
    input(
      'unit',
      { label: 'A number of what?', optional: true },
      textField(filled.unit, { placeholder: 'hours a week', max: 100 }),
    ),
    input(
      'promised',
      { label: 'What did you promise them?', optional: true },
      textField(filled.promised, { lines: true }),
    ),
    input('held_on', { label: 'When did you speak?' }, dateField(filled.held_on ?? today)),
  ];
}

function readStory(
  inputs: Inputs,
  today: string,
): { verification: Verification } | { errors: Record<string, string> } {
  const read = readFields(
    z.object({
      who: needed('Who did you speak with?'),
      sees: z.enum(SEES_VALUE, { error: 'Do they see the value? “Not yet” is an answer too.' }),
      words: needed('What did they say? A few of their words are enough.'),
      measure: decimal.optional(),
      unit: z.string().optional(),
      promised: z.string().optional(),
      held_on: upToToday(today),
    }),
    inputs,
  );
  if ('errors' in read) return read;
  const { who, sees, words, measure, unit, promised, held_on } = read.fields;
  if (measure !== undefined && unit === undefined) return { errors: { unit: `${measure} of what?` } };
  if (measure === undefined && unit !== undefined) return { errors: { measure: `How many ${unit}?` } };
  return {
    verification: {
      who,
      seesValue: sees,
      words,
      measure: measure === undefined || unit === undefined ? undefined : { value: measure, unit },
      promised,
      heldOn: held_on,
    },
  };
}

function errorsOf(read: object): Record<string, string> {
  return 'errors' in read ? (read.errors as Record<string, string>) : {};
}
