import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Answer } from '../../domain/cycle/answer.ts';
import { SEES_VALUE, type Verification } from '../../domain/cycle/verification.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { fromTodayOn, needed, readFields, upToToday } from '../kit/fields.ts';
import {
  dateField,
  FIRST_PAGE,
  type Form,
  type Inputs,
  input,
  modal,
  pageButtons,
  radioField,
  textField,
} from '../kit/form.ts';
import { ACTION, VIEW } from '../kit/ids.ts';
import { oneLine } from '../kit/text.ts';
import { drawMeasure, measureFields, readMeasure } from './measure.ts';
import { anotherNeed, BACK, needPage, pageOfNeed, readNeedRows } from './need-rows.ts';
import { drawNextStep, readNextStep } from './next-step.ts';

const MORE_PAGE = 'more';
const MORE_INPUTS: readonly string[] = ['who', 'held_on', 'measure', 'unit', 'promised'];

/**
 * The conversation about what an order brought: do they see it, in their words, and what comes next, which follows
 * whether they do. Who, when, a number and the needs are pages of their own.
 */
export const verificationForm: Form = {
  callbackId: VIEW.verification,
  pageOf: (blockId) => pageOfNeed(blockId) ?? (MORE_INPUTS.includes(blockId) ? MORE_PAGE : FIRST_PAGE),
  draw: (prompt, about, here, filled) => {
    const page =
      needPage(about, filled) ??
      (about.page === MORE_PAGE ? more(prompt, here.today, filled) : first(prompt, filled));
    return modal({ callbackId: VIEW.verification, title: 'Do they see it?' }, prompt, about, here, page);
  },
  read: (inputs, about, today) => {
    const told = readTold(inputs, today);
    const rows = readNeedRows(inputs, about, today);
    const after = readAfter(inputs, 'heard' in rows ? rows.heard : [], today);
    if ('errors' in told || 'errors' in rows || 'errors' in after) {
      return { errors: { ...errorsOf(after), ...errorsOf(rows), ...errorsOf(told) } };
    }
    const needs = rows.heard.map(({ need }) => need);
    return { answer: { kind: 'verified', verification: told.verification, needs, ...after.follows } };
  },
};

function first(prompt: PromptView, typed: Inputs): types.KnownBlock[] {
  const filled = { ...saidBy(prompt), ...typed };
  const sees = [
    { text: 'Yes', value: 'yes' },
    { text: 'Partly', value: 'partly' },
    { text: 'Not yet', value: 'not_yet' },
  ];
  const account = oneLine(prompt.account.name);
  return [
    input(
      'sees',
      { label: `Does ${account} see it?`, dispatches: true },
      radioField(sees, filled.sees, ACTION.sees),
    ),
    input('words', { label: 'What did they say, in their words?' }, textField(filled.words, { lines: true })),
    ...after(prompt, filled),
    ...pageButtons([{ page: MORE_PAGE, text: 'Add who, when, a number…' }, ...anotherNeed(filled)]),
  ];
}

/** Where the question is what was promised, the button that opens the form says that they see it. */
function saidBy({ question }: PromptView): Inputs {
  return question === 'promise' ? { sees: 'yes' } : {};
}

/** What comes next follows whether they see it. */
function after(prompt: PromptView, filled: Inputs): types.KnownBlock[] {
  if (filled.sees === undefined) return [];
  if (filled.sees === 'yes') return drawNextStep(prompt, filled);
  const by = { label: 'By when?', hint: 'On that day I ask again. Without one, in a week.', optional: true };
  return [
    input(
      'repair_what',
      { label: 'What will you do about it?' },
      textField(filled.repair_what, { lines: true }),
    ),
    input('repair_by', by, dateField(filled.repair_by)),
  ];
}

function more(prompt: PromptView, today: string, filled: Inputs): types.KnownBlock[] {
  const who = { label: 'Who did you speak with?', optional: true };
  const promised = { label: 'What did you promise them?', optional: true };
  const contact = prompt.contact === null ? undefined : oneLine(prompt.contact);
  return [
    input('who', who, textField(filled.who ?? contact, { max: 200 })),
    input('held_on', { label: 'When did you speak?', optional: true }, dateField(filled.held_on ?? today)),
    ...drawMeasure(filled),
    ...(prompt.promise === null
      ? [input('promised', promised, textField(filled.promised, { lines: true }))]
      : []),
    ...pageButtons([BACK]),
  ];
}

function readTold(
  inputs: Inputs,
  today: string,
): { verification: Verification } | { errors: Record<string, string> } {
  const read = readFields(
    z.object({
      sees: z.enum(SEES_VALUE, { error: 'Do they see it? “Not yet” is an answer too.' }),
      words: needed('What did they say? A few of their words are enough.'),
      who: z.string().optional(),
      held_on: upToToday(today).optional(),
      promised: z.string().optional(),
      ...measureFields,
    }),
    inputs,
  );
  if ('errors' in read) return read;
  const { who, sees, words, promised, held_on } = read.fields;
  const measured = readMeasure(read.fields);
  if ('errors' in measured) return measured;
  const { measure } = measured;
  return { verification: { who, seesValue: sees, words, measure, promised, heldOn: held_on ?? today } };
}

function readAfter(
  inputs: Inputs,
  heard: Parameters<typeof readNextStep>[1],
  today: string,
):
  | { follows: Pick<Extract<Answer, { kind: 'verified' }>, 'next' | 'repair'> }
  | { errors: Record<string, string> } {
  if (inputs.sees === undefined) return { follows: {} };
  if (inputs.sees === 'yes') {
    const way = readNextStep(inputs, heard, today);
    return 'errors' in way ? way : { follows: { next: way.step } };
  }
  const read = readFields(
    z.object({
      repair_what: needed('What will you do about it? A few words are enough.'),
      repair_by: fromTodayOn(today).optional(),
    }),
    inputs,
  );
  if ('errors' in read) return read;
  return { follows: { repair: { what: read.fields.repair_what, by: read.fields.repair_by } } };
}

function errorsOf(read: object): Record<string, string> {
  return 'errors' in read ? (read.errors as Record<string, string>) : {};
}
