import { type Form, modal } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { divider } from '../kit/text.ts';
import { drawNeedRows, readNeedRows } from './need-rows.ts';
import { drawNextStep, readNextStep } from './next-step.ts';

/** What comes next at an account: needs heard meanwhile, and the way on. */
export const nextForm: Form = {
  callbackId: VIEW.next,
  rows: 1,
  draw: (prompt, about, here, filled) =>
    modal({ callbackId: VIEW.next, title: "What's next" }, prompt, about, here, [
      ...drawNeedRows(about, filled),
      divider,
      ...drawNextStep(prompt, about, filled),
    ]),
  read: (inputs, about, today) => {
    const rows = readNeedRows(inputs, about, today);
    const way = readNextStep(inputs, about, 'heard' in rows ? rows.heard : [], today);
    if ('errors' in rows) return { errors: { ...('errors' in way ? way.errors : {}), ...rows.errors } };
    if ('errors' in way) return way;
    return { answer: { kind: 'next', needs: rows.heard.map(({ need }) => need), step: way.step } };
  },
};
