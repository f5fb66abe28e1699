/** The app's shortcuts: those of a message in its menu, the global ones beside the composer. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { DeskContext } from './desk.ts';
import { usePopup } from './popup.ts';

export interface ShortcutMenuProps {
  label: string;
  sign: string;
  testId: string;
  /** The message whose shortcuts they are; without it the global ones. */
  on?: { channel: string; ts: string };
}

/** Nothing where the app has no shortcut of that kind. */
export function ShortcutMenu({ label, sign, testId, on }: ShortcutMenuProps): VNode | null {
  const desk = useContext(DeskContext);
  const { root, open, toggle, close, onKeyDown } = usePopup<HTMLSpanElement>();
  const shortcuts = desk.shortcuts.filter((it) => it.type === (on ? 'message' : 'global'));
  if (shortcuts.length === 0) return null;
  const choose = (callbackId: string) => {
    close();
    void desk.perform('/api/shortcut', { callbackId, ...(on ? { on } : {}) });
  };
  return html`<span class="overflow shortcuts" ref=${root} onKeyDown=${onKeyDown}>
    <button
      type="button"
      class="tool-button"
      title=${label}
      aria-label=${label}
      aria-haspopup="menu"
      aria-expanded=${open}
      data-testid=${testId}
      onClick=${toggle}
    >${sign}</button>
    ${
      open &&
      html`<span class="menu" role="menu" aria-label=${label}>
        ${shortcuts.map(
          (it) => html`<button
            type="button"
            role="menuitem"
            key=${it.callback_id}
            data-testid=${`shortcut:${it.callback_id}`}
            onClick=${() => choose(it.callback_id)}
          >${it.name}<small>${desk.appName}</small></button>`,
        )}
      </span>`
    }
  </span>`;
}
