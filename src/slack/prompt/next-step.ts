import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { NextStep } from '../../domain/cycle/answer.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { fromTodayOn, readFields } from '../kit/fields.ts';
import { type Choice, dateField, type Inputs, input, selectField } from '../kit/form.ts';
import { isId } from '../kit/ids.ts';
import { oneLine } from '../kit/text.ts';
import { type HeardRow, heardSoFar, rowIds } from './need-rows.ts';

const WHAT_NEXT = 'What comes next? “Decide later” is fine too.';
const HEARD = 'heard:';
const OPEN = 'need:';
const RETURN = 'return';
const DECIDE_LATER = 'later';
/** With the needs heard here and the two other ways, within what a menu holds. */
const OPEN_NEEDS = 90;

/**
 * "What comes next?": the next order from a need, a day to come back, or to be decided later. `here`: the need that is
 * asked for on the same page.
 */
export function drawNextStep(prompt: PromptView, filled: Inputs, here?: number): types.KnownBlock[] {
  const returnTexts = { label: 'Come back on', hint: 'Only if you come back on a day.', optional: true };
  return [
    input(
      'step',
      { label: 'What comes next?', optional: true },
      selectField(ways(prompt, filled, here), filled.step, 'Begin from a need, or come back'),
    ),
    input('return_on', returnTexts, dateField(filled.return_on)),
  ];
}

/** The step chosen (none when it is to be decided later), or what to say under which input. */
export function readNextStep(
  inputs: Inputs,
  heard: HeardRow[],
  today: string,
): { step: NextStep | undefined } | { errors: Record<string, string> } {
  const fields = z.object({ step: z.string().optional(), return_on: fromTodayOn(today).optional() });
  const read = readFields(fields, inputs);
  if ('errors' in read) return read;
  const { return_on, step = return_on === undefined ? DECIDE_LATER : RETURN } = read.fields;
  if (step === RETURN) {
    if (return_on === undefined) return { errors: { return_on: 'On which day do you come back?' } };
    return { step: { kind: 'return', on: return_on } };
  }
  if (return_on !== undefined) {
    return {
      errors: { step: 'You picked a day to come back. Choose “Come back on a day”, or clear the day.' },
    };
  }
  if (step === DECIDE_LATER) return { step: undefined };
  const needId = step.startsWith(OPEN) ? step.slice(OPEN.length) : '';
  if (isId(needId)) return { step: { kind: 'engage', needId } };
  const row = /^heard:([0-4])$/.exec(step)?.[1];
  if (row === undefined) return { errors: { step: WHAT_NEXT } };
  const index = heard.findIndex((need) => need.row === Number(row));
  if (index >= 0) return { step: { kind: 'engage_heard', index } };
  return { errors: { [rowIds(Number(row)).words]: 'You begin from this need: what is it, in their words?' } };
}

/** Where the client waits for a repair, nothing is offered. */
function ways(prompt: PromptView, filled: Inputs, here: number | undefined): Choice[] {
  return [
    ...(prompt.waitsForRepair && prompt.question !== 'verify' && prompt.question !== 'promised'
      ? []
      : beginnings(prompt, filled, here)),
    { text: 'Come back on a day', value: RETURN },
    { text: 'Decide later', value: DECIDE_LATER },
  ];
}

function beginnings(prompt: PromptView, filled: Inputs, here: number | undefined): Choice[] {
  const open = prompt.needs.filter((need) => need.outcome === 'open').slice(0, OPEN_NEEDS);
  const heard = heardSoFar(filled).filter(({ row }) => row !== here);
  return [
    ...(here === undefined ? [] : [{ text: 'Begin from the need above', value: `${HEARD}${here}` }]),
    ...heard.map(({ row, words }) => ({ text: `Begin: ${words}`, value: `${HEARD}${row}` })),
    ...open.map((need) => ({ text: `Begin: ${oneLine(need.words)}`, value: `${OPEN}${need.id}` })),
  ];
}
