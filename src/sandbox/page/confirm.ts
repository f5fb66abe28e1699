/** "Are you sure?", asked by an element's `confirm`. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Text } from './text.ts';

export interface Question {
  dialog: types.ConfirmationDialog;
  answer(yes: boolean): void;
}

/** `ask` resolves with the person's answer; `question` is drawn with `ConfirmDialog` while it is open. */
export function useConfirm() {
  const [question, setQuestion] = useState<Question>();
  const ask = (dialog: types.ConfirmationDialog) =>
    new Promise<boolean>((resolve) => {
      const answer = (yes: boolean) => {
        setQuestion(undefined);
        resolve(yes);
      };
      setQuestion({ dialog, answer });
    });
  return { question, ask };
}

export function ConfirmDialog({ question }: { question: Question }): VNode {
  const root = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const { title, text, confirm, deny, style } = question.dialog;
  const cancel = (event: Event) => {
    event.preventDefault();
    question.answer(false);
  };
  return html`<dialog ref=${root} class="confirm" data-testid="confirm" aria-labelledby="confirm-title" onCancel=${cancel}>
    <h2 id="confirm-title">${title ? html`<${Text} of=${title} />` : 'Are you sure?'}</h2>
    <div><${Text} of=${text} /></div>
    <footer>
      <button type="button" class="button" data-testid="confirm-no" onClick=${() => question.answer(false)}>
        ${deny ? html`<${Text} of=${deny} />` : 'No'}
      </button>
      <button
        type="button"
        class=${`button button-${style ?? 'primary'}`}
        data-testid="confirm-yes"
        onClick=${() => question.answer(true)}
      >${confirm ? html`<${Text} of=${confirm} />` : 'Yes'}</button>
    </footer>
  </dialog>`;
}
