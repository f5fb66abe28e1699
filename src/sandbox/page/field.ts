import type { types } from '@slack/bolt';
import type { InputValue, Where } from '../stand-in/types.ts';

export type AnyElement =
  | types.InputBlock['element']
  | types.ActionsBlock['elements'][number]
  | NonNullable<types.SectionBlock['accessory']>;

/** An element in its place, and what happens when a person uses it. */
export interface Field {
  element: AnyElement;
  value: InputValue;
  blockId: string;
  where: Where;
  /** The DOM id, for labels. */
  id: string;
  testId: string;
  /** Given where no visible label belongs to the element. */
  ariaLabel?: string;
  /** The input block's label, for groups of choices. */
  describedBy?: string;
  invalid: boolean;
  required: boolean;
  busy: boolean;
  /** Remembers what is typed. */
  set(value: InputValue): void;
  /** Remembers what is picked and, where the app wants to know at once, tells it. */
  pick(value: InputValue): void;
  /** Tells the app; undefined where it does not want to know. */
  act?: (value?: InputValue) => void;
}

/** What every control of a form says about itself. */
export function controlProps(field: Field): Record<string, unknown> {
  return {
    id: field.id,
    'data-testid': field.testId,
    'aria-label': field.ariaLabel,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid,
    'aria-required': field.required,
    'aria-busy': field.busy,
  };
}
