/** Every interactive element, drawn by its type. An unknown one is named aloud. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { InputValue } from '../stand-in/types.ts';
import { ExternalSelect } from './external-select.ts';
import type { AnyElement, Field } from './field.ts';
import { DateField, TextField, TimeField } from './fields.ts';
import { OverflowMenu } from './overflow.ts';
import { MultiSelect, Select } from './selects.ts';
import type { Surface } from './surface.ts';
import { plainString, Text } from './text.ts';

export interface ElementProps {
  element: AnyElement;
  blockId: string;
  surface: Surface;
  /** The app hears of every pick: always so outside input blocks. */
  dispatch: boolean;
  /** Set by an input block. */
  input?: { label: string; optional: boolean; describedBy: string };
}

export function Element({ element, blockId, surface, dispatch, input }: ElementProps): VNode {
  const actionId = ('action_id' in element ? element.action_id : undefined) ?? '';
  const set = (value: InputValue) => surface.set(blockId, actionId, value);
  const act = dispatch ? (value?: InputValue) => void surface.act(element, blockId, value) : undefined;
  const field: Field = {
    element,
    value: surface.held(blockId, actionId),
    blockId,
    where: surface.where,
    id: `${surface.key}-${blockId}-${actionId}`,
    testId: `element:${actionId}`,
    ...(input ? { describedBy: input.describedBy } : { ariaLabel: nameOf(element) }),
    invalid: Boolean(input && surface.errors[blockId]),
    required: Boolean(input && !input.optional),
    busy: surface.busy === `${blockId}/${actionId}`,
    set,
    pick: act ?? set,
    ...(act ? { act } : {}),
  };
  return html`<${Drawn} field=${field} />`;
}

export function CannotDraw({ what, type }: { what: string; type: string }): VNode {
  return html`<div class="cannot-draw" role="alert" data-testid="cannot-draw">cannot draw ${what} “${type}”</div>`;
}

function Drawn({ field }: { field: Field }): VNode {
  const { element } = field;
  switch (element.type) {
    case 'button':
      return html`<${Button} field=${field} />`;
    case 'overflow':
      return html`<${OverflowMenu} field=${field} />`;
    case 'radio_buttons':
    case 'checkboxes':
      return html`<${Choices} field=${field} />`;
    case 'datepicker':
      return html`<${DateField} field=${field} />`;
    case 'timepicker':
      return html`<${TimeField} field=${field} />`;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return html`<${TextField} field=${field} />`;
    case 'image':
      return html`<${Picture} image=${element} />`;
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return html`<${Select} field=${field} />`;
    case 'external_select':
      return html`<${ExternalSelect} field=${field} />`;
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return html`<${MultiSelect} field=${field} />`;
    default:
      return html`<${CannotDraw} what="element" type=${element.type} />`;
  }
}

function Button({ field }: { field: Field }): VNode {
  const { text, style, url, accessibility_label: label } = field.element as types.Button;
  const press = () => {
    if (url && /^https?:/i.test(url)) window.open(url, '_blank', 'noopener');
    field.act?.();
  };
  return html`<button
    type="button"
    class=${`button ${style ? `button-${style}` : ''} ${field.busy ? 'is-busy' : ''}`}
    id=${field.id}
    data-testid=${field.testId}
    aria-label=${label}
    aria-busy=${field.busy}
    onClick=${press}
  ><${Text} of=${text} /></button>`;
}

export function Picture({ image }: { image: types.ImageElement }): VNode {
  if (!('image_url' in image)) return html`<${CannotDraw} what="image" type="slack_file" />`;
  return html`<img class="picture" src=${image.image_url} alt=${image.alt_text} referrerpolicy="no-referrer" />`;
}

/** Radio buttons and checkboxes. */
function Choices({ field }: { field: Field }): VNode {
  const element = field.element as types.RadioButtons | types.Checkboxes;
  const many = element.type === 'checkboxes';
  const chosen = Array.isArray(field.value) ? field.value : field.value === null ? [] : [field.value];
  const toggle = (value: string, on: boolean) => {
    if (!many) return field.pick(value);
    const now = new Set(on ? [...chosen, value] : chosen.filter((it) => it !== value));
    field.pick(element.options.map((it) => it.value ?? '').filter((it) => now.has(it)));
  };
  return html`<div
    class="choices"
    role=${many ? 'group' : 'radiogroup'}
    id=${field.id}
    data-testid=${field.testId}
    aria-label=${field.ariaLabel}
    aria-labelledby=${field.ariaLabel ? undefined : `${field.id}-label`}
    aria-describedby=${field.describedBy}
    aria-invalid=${field.invalid}
  >
    ${element.options.map((option) => {
      const value = option.value ?? '';
      return html`<label class="choice" key=${value}>
        <input
          type=${many ? 'checkbox' : 'radio'}
          name=${field.id}
          value=${value}
          checked=${chosen.includes(value)}
          onChange=${(event: Event) => toggle(value, (event.target as HTMLInputElement).checked)}
        />
        <span>
          <${Text} of=${option.text} />
          ${option.description && html`<span class="choice-description"><${Text} of=${option.description} /></span>`}
        </span>
      </label>`;
    })}
  </div>`;
}

function nameOf(element: AnyElement): string {
  if ('placeholder' in element && element.placeholder) return plainString(element.placeholder);
  if (element.type === 'button') return element.accessibility_label ?? plainString(element.text);
  return element.type.replaceAll('_', ' ');
}
