import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Measure } from '../../domain/cycle/promise.ts';
import { decimal } from '../kit/fields.ts';
import { type Inputs, input, textField } from '../kit/form.ts';

/** A number for what was promised or seen, and what it counts. */
export function drawMeasure(filled: Inputs): types.KnownBlock[] {
  const number: types.NumberInput = {
    type: 'number_input',
    action_id: 'value',
    is_decimal_allowed: true,
    ...(filled.measure === undefined ? {} : { initial_value: filled.measure }),
  };
  return [
    input('measure', { label: 'Is there a number for it?', optional: true }, number),
    input(
      'unit',
      { label: 'A number of what?', optional: true },
      textField(filled.unit, { placeholder: 'hours a week', max: 100 }),
    ),
  ];
}

export const measureFields = { measure: decimal.optional(), unit: z.string().optional() };

/** Both of them, neither, or what to say under the one that is missing. */
export function readMeasure({
  measure: value,
  unit,
}: {
  measure?: string | undefined;
  unit?: string | undefined;
}): { measure: Measure | undefined } | { errors: Record<string, string> } {
  if (value !== undefined && unit === undefined) return { errors: { unit: `${value} of what?` } };
  if (value === undefined && unit !== undefined) return { errors: { measure: `How many ${unit}?` } };
  return { measure: value === undefined || unit === undefined ? undefined : { value, unit } };
}
