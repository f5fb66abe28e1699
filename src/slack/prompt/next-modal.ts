import { FIRST_PAGE, type Form, modal, pageButtons } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { divider } from '../kit/text.ts';
import { anotherNeed, drawNeed, needPage, pageOfNeed, readNeedRows } from './need-rows.ts';
import { drawNextStep, readNextStep } from './next-step.ts';

/** What comes next at an account: needs heard meanwhile, and the way on. */
export const nextForm: Form = {
  callbackId: VIEW.next,
  pageOf: pageAfterTheFirstNeed,
  draw: (prompt, about, here, filled) => {
    const first = [
      ...drawNeed(about, filled, 0),
      divider,
      ...drawNextStep(prompt, filled, 0),
      ...pageButtons(anotherNeed(filled, 0)),
    ];
    const page = needPage(about, filled) ?? first;
    return modal({ callbackId: VIEW.next, title: "What's next" }, prompt, about, here, page);
  },
  read: (inputs, about, today) => {
    const rows = readNeedRows(inputs, about, today);
    const way = readNextStep(inputs, 'heard' in rows ? rows.heard : [], today);
    if ('errors' in rows) return { errors: { ...('errors' in way ? way.errors : {}), ...rows.errors } };
    if ('errors' in way) return way;
    return { answer: { kind: 'next', needs: rows.heard.map(({ need }) => need), step: way.step } };
  },
};

/** Where the first need stands on the first page. */
export function pageAfterTheFirstNeed(blockId: string): string {
  const page = pageOfNeed(blockId);
  return page === null || page === 'need:0' ? FIRST_PAGE : page;
}
