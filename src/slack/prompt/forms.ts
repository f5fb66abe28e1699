import type { Form } from '../kit/form.ts';
import { ACTION } from '../kit/ids.ts';
import { bringForm, caughtForm, dropNeedForm, laterForm, lostForm, wonForm } from './answer-modal.ts';
import { beginForm, beginNeedForm } from './begin-modal.ts';
import { nextForm } from './next-modal.ts';
import { promiseForm } from './promise-modal.ts';
import { verificationForm } from './verification-modal.ts';

/** The forms, by the button that opens each. */
export const FORMS: Readonly<Record<string, Form>> = {
  [ACTION.caught]: caughtForm,
  [ACTION.won]: wonForm,
  [ACTION.lost]: lostForm,
  [ACTION.later]: laterForm,
  [ACTION.verify]: verificationForm,
  [ACTION.next]: nextForm,
  [ACTION.promised]: promiseForm,
  [ACTION.dropNeed]: dropNeedForm,
  [ACTION.bring]: bringForm,
  [ACTION.begin]: beginForm,
  [ACTION.beginNeed]: beginNeedForm,
};
