import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { NextStep } from '../../domain/cycle/answer.ts';
import type { PromptView } from '../../flow/show/views.ts';
import { fromTodayOn, needed, readFields } from '../kit/fields.ts';
import { type AboutForm, type Choice, dateField, type Inputs, input, selectField } from '../kit/form.ts';
import { isId } from '../kit/ids.ts';
import { oneLine } from '../kit/text.ts';
import { type HeardRow, rowIds } from './need-rows.ts';

const WHAT_NEXT = 'What comes next? “Decide later” is fine too.';
const HEARD = 'heard:';
const OPEN = 'need:';
const RETURN = 'return';
const DECIDE_LATER = 'later';
/** With the rows heard here and the two other ways, within what a menu holds. */
const OPEN_NEEDS = 90;

/** "What comes next?": the next engagement from a need, a dated return, or to be decided later. */
export function drawNextStep(prompt: PromptView, about: AboutForm, filled: Inputs): types.KnownBlock[] {
  const returnTexts = { label: 'Come back on', hint: 'Only if you come back on a date.', optional: true };
  return [
    input(
      'step',
      { label: 'What comes next?' },
      selectField(ways(prompt, about), filled.step, 'Begin from a need, or come back'),
    ),
    input('return_on', returnTexts, dateField(filled.return_on)),
  ];
}

/** The step chosen (none when it is to be decided later), or what to say under which input. */
export function readNextStep(
  inputs: Inputs,
  about: AboutForm,
  heard: HeardRow[],
  today: string,
): { step: NextStep | undefined } | { errors: Record<string, string> } {
  const read = readFields(
    z.object({
      step: needed(WHAT_NEXT),
      return_on: fromTodayOn(today).optional(),
    }),
    inputs,
  );
  if ('errors' in read) return read;
  const { step, return_on } = read.fields;
  if (step === RETURN) {
    if (return_on === undefined) return { errors: { return_on: 'On which day do you come back?' } };
    return { step: { kind: 'return', on: return_on } };
  }
  if (return_on !== undefined) {
    return {
      errors: { step: 'You picked a day to come back. Choose “Come back on a date”, or clear the day.' },
    };
  }
  if (step === DECIDE_LATER) return { step: undefined };
  const needId = step.startsWith(OPEN) ? step.slice(OPEN.length) : '';
  if (isId(needId)) return { step: { kind: 'engage', needId } };
  const row = Number(/^heard:(\d)$/.exec(step)?.[1] ?? Number.NaN);
  if (!(row < about.rows)) return { errors: { step: WHAT_NEXT } };
  const index = heard.findIndex((need) => need.row === row);
  if (index >= 0) return { step: { kind: 'engage_heard', index } };
  return { errors: { [rowIds(row).words]: 'You begin from this need: what is it, in their words?' } };
}

function ways(prompt: PromptView, about: AboutForm): Choice[] {
  const open = prompt.needs.filter((need) => need.outcome === 'open').slice(0, OPEN_NEEDS);
  return [
    ...Array.from({ length: about.rows }, (_, row) => ({
      text: about.rows === 1 ? 'Begin from the need above' : `Begin from need ${row + 1} above`,
      value: `${HEARD}${row}`,
    })),
    ...open.map((need) => ({ text: `Begin: ${oneLine(need.words)}`, value: `${OPEN}${need.id}` })),
    { text: 'Come back on a date', value: RETURN },
    { text: 'Decide later', value: DECIDE_LATER },
  ];
}
