/** A person's modals: the top one of the stack, with its inputs, errors, and buttons. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FormValues, StandInView } from '../stand-in/types.ts';
import { Blocks } from './blocks.ts';
import { DeskContext } from './desk.ts';
import { type Entered, stillThere, useSurface } from './surface.ts';
import { Text } from './text.ts';

/** What is typed into each open modal, so that nothing is lost while another stands on top of it. */
type Drafts = Record<string, FormValues>;

export function Modals({ views }: { views: StandInView[] }): VNode | null {
  const [drafts, setDrafts] = useState<Drafts>({});
  const top = views.at(-1);
  const open = views.map((view) => view.id).join(' ');

  useEffect(() => {
    setDrafts((was) => Object.fromEntries(Object.entries(was).filter(([id]) => open.includes(id))));
  }, [open]);

  if (top?.view.type !== 'modal') return null;
  const entered: Entered = {
    values: drafts[top.id] ?? {},
    change: (edit) => setDrafts((was) => ({ ...was, [top.id]: edit(was[top.id] ?? {}) })),
  };
  return html`<${Modal} key=${top.id} shown=${top} view=${top.view} deep=${views.length > 1} entered=${entered} />`;
}

interface ModalProps {
  shown: StandInView;
  view: types.ModalView;
  /** Another modal lies beneath. */
  deep: boolean;
  entered: Entered;
}

function Modal({ shown, view, deep, entered }: ModalProps): VNode {
  const desk = useContext(DeskContext);
  const form = useModalForm(shown, entered);
  const dialog = useDialog(view.title.text);
  const close = useOnce((all: boolean) => desk.perform('/api/close', { viewId: shown.id, all }));

  return html`<dialog
    ref=${dialog}
    class="modal"
    data-testid="modal"
    data-view-id=${shown.id}
    aria-labelledby="modal-title"
    aria-busy=${form.sending}
    onCancel=${(event: Event) => {
      event.preventDefault();
      close(false);
    }}
  >
    <form novalidate onSubmit=${form.onSubmit}>
      <header>
        ${deep && html`<button type="button" class="button-plain" aria-label="Back" onClick=${() => close(false)}>←</button>`}
        <img src="/page/door.svg" alt="" width="24" height="24" />
        <h2 id="modal-title"><${Text} of=${view.title} /></h2>
        <button type="button" class="button-plain" aria-label="Close all" data-testid="modal-dismiss" onClick=${() => close(true)}>✕</button>
      </header>
      <div class="modal-body" tabindex="-1">
        ${form.trouble && html`<div class="alert alert-error" role="alert" data-testid="modal-trouble">${form.trouble}</div>`}
        <${Blocks} blocks=${view.blocks} surface=${form.surface} />
      </div>
      <footer>
        <button type="button" class="button" data-testid="modal-close" onClick=${() => close(false)}>
          ${view.close ? html`<${Text} of=${view.close} />` : view.submit ? 'Cancel' : 'Close'}
        </button>
        ${
          view.submit &&
          html`<button
            type="submit"
            class=${`button button-primary ${form.sending ? 'is-busy' : ''}`}
            data-testid="modal-submit"
            aria-busy=${form.sending}
          ><${Text} of=${view.submit} /></button>`
        }
      </footer>
    </form>
  </dialog>`;
}

/** Submits; what Slack or the app refuses stays in the form, with the reason. */
function useModalForm(shown: StandInView, entered: Entered) {
  const desk = useContext(DeskContext);
  const [trouble, setTrouble] = useState('');
  const [sending, setSending] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const surface = useSurface({ viewId: shown.id }, shown.values, entered, shown.errors);

  useEffect(() => {
    document.querySelector<HTMLElement>('.modal [aria-invalid=true]:is(input, textarea, select)')?.focus();
  }, [attempts]);

  const submit = async () => {
    setTrouble('');
    setSending(true);
    const values = stillThere(entered.values, shown.values);
    await desk.perform('/api/submit', { viewId: shown.id, values }, setTrouble);
    setSending(false);
    setAttempts((n) => n + 1);
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (!sending) void submit();
  };
  return { surface, trouble, sending, onSubmit };
}

/** Does it once at a time: Esc may ask to close twice, and so may whoever is in a hurry. */
function useOnce<Of>(act: (of: Of) => Promise<unknown>): (of: Of) => void {
  const busy = useRef(false);
  return async (of) => {
    if (busy.current) return;
    busy.current = true;
    await act(of);
    busy.current = false;
  };
}

/** Opens as a true modal (focus stays inside, Esc asks to close) and looks at the first input. */
function useDialog(title: string) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!element.open) element.showModal();
    const first = element.querySelector<HTMLElement>('.modal-body :is(input, textarea, select)');
    (first ?? element.querySelector<HTMLElement>('.modal-body'))?.focus();
  }, [title]);
  // Closed rather than just taken away, so that the focus goes back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  return dialog;
}
