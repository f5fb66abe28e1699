import type { Form } from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import { caughtForm, laterForm, lostForm, wonForm } from './answer-modal.ts';
import { nextForm } from './next-modal.ts';
import { verificationForm } from './verification-modal.ts';

/** The forms, by the button that opens each. */
export const FORMS: Readonly<Record<string, Form>> = {
  [ACTION.caught]: caughtForm,
  [ACTION.won]: wonForm,
  [ACTION.lost]: lostForm,
  [ACTION.later]: laterForm,
  [ACTION.verify]: verificationForm,
  [ACTION.next]: nextForm,
};
