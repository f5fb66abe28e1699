import type { Answer } from '../../domain/cycle/answer.ts';
import { formatMoney } from '../../domain/money.ts';
import type { NeedView, PromptView } from '../../flow/show/views.ts';
import { type AboutForm, type Form, modal } from '../kit/form.ts';
import { VIEW } from '../kit/ids.ts';
import { said, section } from '../kit/text.ts';

/** One look before the next order begins: from which need, and about how much. */
export const beginForm: Form = lookAt(VIEW.begin, ({ needId = '' }) => {
  return { kind: 'next', needs: [], step: { kind: 'engage', needId } };
});

/** The same on the day of a need. `anyway`: though the client waits for a repair. */
export const beginNeedForm: Form = lookAt(VIEW.beginNeed, ({ needId = '', anyway }) => {
  return { kind: 'need_taken_up', needId, anyway };
});

function lookAt(callbackId: string, answerOf: (about: AboutForm) => Answer): Form {
  return {
    callbackId,
    draw: (prompt, about, here) =>
      modal({ callbackId, title: 'Begin the next order', submit: 'Begin' }, prompt, about, here, [
        section(look(needIn(prompt, about.needId), about.anyway === true)),
      ]),
    read: (_inputs, about) => ({ answer: answerOf(about) }),
  };
}

function needIn({ need, needs }: PromptView, needId: string | undefined): NeedView | undefined {
  return [...(need === null ? [] : [need]), ...needs].find(({ id }) => id === needId);
}

function look(need: NeedView | undefined, anyway: boolean): string {
  if (need === undefined) return 'That need is no longer open.';
  const about = need.estimate === null ? '' : `, about ${said(formatMoney(need.estimate), 40)}`;
  const warning = anyway ? "They don't see yet what was promised. " : '';
  return `${warning}Begin “${said(need.words, 300)}”${about}?`;
}
