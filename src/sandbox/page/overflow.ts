/** The "⋯" menu. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Field } from './field.ts';
import { Text } from './text.ts';

export function OverflowMenu({ field }: { field: Field }): VNode {
  const { options } = field.element as types.Overflow;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const closeElsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeElsewhere);
    return () => document.removeEventListener('pointerdown', closeElsewhere);
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const choose = (option: types.PlainTextOption) => {
    close();
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, '_blank', 'noopener');
    field.act?.(option.value ?? '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (step) move(root.current, step);
    else return;
    // Within a modal, Esc closes the menu only.
    event.preventDefault();
    event.stopPropagation();
  };

  return html`<span class="overflow" ref=${root} onKeyDown=${onKeyDown}>
    <button
      type="button"
      class="button button-icon"
      id=${field.id}
      data-testid=${field.testId}
      aria-label="More actions"
      aria-haspopup="menu"
      aria-expanded=${open}
      onClick=${() => setOpen(!open)}
    >⋯</button>
    ${
      open &&
      html`<span class="menu" role="menu" aria-label="More actions">
        ${options.map(
          (
            option,
          ) => html`<button type="button" role="menuitem" key=${option.value} onClick=${() => choose(option)}>
            <${Text} of=${option.text} />
            ${option.description && html`<small><${Text} of=${option.description} /></small>`}
          </button>`,
        )}
      </span>`
    }
  </span>`;
}

function move(root: HTMLElement | null, step: number): void {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
