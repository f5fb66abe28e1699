/** Draws blocks as Slack does. A block it does not know is named in a box, never dropped. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Block } from '../stand-in/types.ts';
import { Chart, type DataVisualizationBlock } from './chart.ts';
import { CannotDraw, Element, Picture } from './elements.ts';
import { parseRichText } from './rich-text.ts';
import type { Surface } from './surface.ts';
import { Parts, Text } from './text.ts';

export function Blocks({ blocks, surface }: { blocks: readonly Block[]; surface: Surface }): VNode {
  return html`<div class="blocks">
    ${blocks.map(
      (block, i) => html`<div
        key=${block.block_id ?? i}
        class=${`block block-${block.type}`}
        data-testid=${`block:${block.type}`}
        data-block-id=${block.block_id}
      ><${OneBlock} block=${block} surface=${surface} /></div>`,
    )}
  </div>`;
}

function OneBlock({ block, surface }: { block: Block | DataVisualizationBlock; surface: Surface }): VNode {
  switch (block.type) {
    case 'section':
      return html`<${Section} block=${block} surface=${surface} />`;
    case 'actions':
      return html`${block.elements.map(
        (element) => html`<${Element}
          key=${element.action_id}
          element=${element}
          blockId=${block.block_id ?? ''}
          surface=${surface}
          dispatch=${true}
        />`,
      )}`;
    case 'context':
      return html`${block.elements.map((it) =>
        it.type === 'image' ? html`<${Picture} image=${it} />` : html`<span><${Text} of=${it} /></span>`,
      )}`;
    case 'divider':
      return html`<hr />`;
    case 'header':
      return html`<h3><${Text} of=${block.text} /></h3>`;
    case 'image':
      return html`<figure>
        ${block.title && html`<figcaption><${Text} of=${block.title} /></figcaption>`}
        <${Picture} image=${block} />
      </figure>`;
    case 'input':
      return html`<${Input} block=${block} surface=${surface} />`;
    case 'rich_text':
      return html`<${Parts} of=${parseRichText(block)} />`;
    case 'table':
      return html`<${Table} block=${block} />`;
    case 'data_visualization':
      return html`<${Chart} block=${block} />`;
    case 'alert':
      return html`<div class=${`alert alert-${block.level ?? 'default'}`} role="note"><${Text} of=${block.text} /></div>`;
    default:
      return html`<${CannotDraw} what="block" type=${block.type} />`;
  }
}

function Section({ block, surface }: { block: types.SectionBlock; surface: Surface }): VNode {
  return html`
    <div class="section-body">
      ${block.text && html`<div><${Text} of=${block.text} /></div>`}
      ${
        block.fields &&
        html`<div class="section-fields">
          ${block.fields.map((field) => html`<div><${Text} of=${field} /></div>`)}
        </div>`
      }
    </div>
    ${
      block.accessory &&
      html`<div class="section-accessory">
        <${Element} element=${block.accessory} blockId=${block.block_id ?? ''} surface=${surface} dispatch=${true} />
      </div>`
    }
  `;
}

const GROUPS = new Set(['radio_buttons', 'checkboxes']);

function Input({ block, surface }: { block: types.InputBlock; surface: Surface }): VNode {
  const blockId = block.block_id ?? '';
  const id = `${surface.key}-${blockId}-${block.element.action_id ?? ''}`;
  const error = surface.errors[blockId];
  const optional = block.optional ?? false;
  const label = html`<${Text} of=${block.label} />${optional && html` <span class="optional">(optional)</span>`}`;
  return html`
    ${
      GROUPS.has(block.element.type)
        ? html`<div class="label" id=${`${id}-label`}>${label}</div>`
        : html`<label class="label" id=${`${id}-label`} for=${id}>${label}</label>`
    }
    <${Element}
      element=${block.element}
      blockId=${blockId}
      surface=${surface}
      dispatch=${block.dispatch_action ?? false}
      input=${{ optional, describedBy: `${id}-error ${id}-hint` }}
    />
    ${error && html`<div class="error" id=${`${id}-error`} role="alert" data-testid=${`error:${blockId}`}>${error}</div>`}
    ${block.hint && html`<div class="hint" id=${`${id}-hint`}><${Text} of=${block.hint} /></div>`}
  `;
}

/** The first row is the head, as in Slack. */
function Table({ block }: { block: types.TableBlock }): VNode {
  const [head, ...rows] = block.rows;
  const cellClass = (column: number) => {
    const settings = block.column_settings?.[column];
    return `align-${settings?.align ?? 'left'} ${settings?.is_wrapped ? '' : 'no-wrap'}`;
  };
  const cell = (it: types.TableBlock['rows'][number][number]) =>
    it.type === 'rich_text' ? html`<${Parts} of=${parseRichText(it)} />` : it.text;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>${head?.map((it, column) => html`<th scope="col" class=${cellClass(column)}>${cell(it)}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((it, column) => html`<td class=${cellClass(column)}>${cell(it)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
