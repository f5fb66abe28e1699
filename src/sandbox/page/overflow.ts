/** The "⋯" menu. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Field } from './field.ts';
import { usePopup } from './popup.ts';
import { Text } from './text.ts';

export function OverflowMenu({ field }: { field: Field }): VNode {
  const { options } = field.element as types.Overflow;
  const { root, open, toggle, close, onKeyDown } = usePopup<HTMLSpanElement>();
  const choose = (option: types.PlainTextOption) => {
    close();
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, '_blank', 'noopener');
    field.act?.(option.value ?? '');
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
      onClick=${toggle}
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
