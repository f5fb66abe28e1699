/** Inputs that are typed into: text, numbers, addresses, dates and times. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { controlProps, type Field } from './field.ts';
import { whenReleased } from './press.ts';
import { plainString } from './text.ts';

type TypedText = types.PlainTextInput | types.EmailInput | types.URLInput | types.NumberInput;

const INPUT_MODES = {
  number_input: 'decimal',
  email_text_input: 'email',
  url_text_input: 'url',
  plain_text_input: 'text',
};

/** Keeps every character that is typed or pasted: what is too long is said, never cut off. */
export function TextField({ field }: { field: Field }): VNode {
  const element = field.element as TypedText;
  const value = typeof field.value === 'string' ? field.value : '';
  const multiline = element.type === 'plain_text_input' && element.multiline;
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const telling = useTelling(field);
  const onInput = (event: Event) => {
    const typed = (event.target as HTMLInputElement).value;
    field.set(typed || null);
    if (triggers.includes('on_character_entered')) telling.soon();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || !field.act || !triggers.includes('on_enter_pressed'))
      return;
    event.preventDefault();
    field.act(value || null);
  };
  const shared = {
    ...controlProps(field),
    class: 'input',
    value,
    placeholder: plainString(element.placeholder),
    onInput,
    onKeyDown,
    onBlur: telling.now,
  };
  return html`<span class="text-field">
    ${
      multiline
        ? html`<textarea rows="4" ...${shared}></textarea>`
        : html`<input type="text" inputmode=${INPUT_MODES[element.type]} autocomplete="off" ...${shared} />`
    }
    <${Remaining} element=${element} value=${value} />
  </span>`;
}

/** As Slack, tells the app what is typed once the typing rests; also when the field is left. */
const REST_MS = 300;

function useTelling(field: Field) {
  const latest = useRef(field);
  latest.current = field;
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = () => {
    waiting.current = undefined;
    latest.current.act?.(latest.current.value);
  };
  const stop = () => clearTimeout(waiting.current);
  useEffect(() => stop, []);
  return {
    soon() {
      stop();
      if (field.act) waiting.current = setTimeout(tell, REST_MS);
    },
    now() {
      if (waiting.current === undefined) return;
      stop();
      whenReleased(tell);
    },
  };
}

function Remaining({ element, value }: { element: TypedText; value: string }): VNode | null {
  if (element.type !== 'plain_text_input' || element.max_length === undefined) return null;
  const left = element.max_length - value.length;
  if (left > Math.max(20, element.max_length / 5)) return null;
  return html`<span class=${left < 0 ? 'remaining remaining-over' : 'remaining'} aria-live="polite">${left}</span>`;
}

export function DateField({ field }: { field: Field }): VNode {
  return html`<${NativePicker} field=${field} type="date" />`;
}

export function TimeField({ field }: { field: Field }): VNode {
  return html`<${NativePicker} field=${field} type="time" />`;
}

/**
 * A browser's date input reports a change for every digit that leaves a valid date (0002-11-23), so what comes
 * from the keyboard counts only once the field is left or Enter is pressed.
 */
function NativePicker({ field, type }: { field: Field; type: 'date' | 'time' }): VNode {
  const typing = useRef(false);
  const told = useRef(field.value);
  const settle = (event: Event) => {
    const value = (event.target as HTMLInputElement).value || null;
    typing.current = false;
    if (value === told.current) return;
    told.current = value;
    field.pick(value);
  };
  const onBlur = (event: Event) => whenReleased(() => settle(event));
  const onChange = (event: Event) => {
    if (!typing.current) return settle(event);
    field.set((event.target as HTMLInputElement).value || null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && field.act) {
      event.preventDefault();
      settle(event);
    }
    typing.current = event.key !== 'Enter';
  };
  const { placeholder } = field.element as types.Datepicker;
  return html`<span class="picker-field">
    <input
      type=${type}
      class=${`input picker ${field.value ? '' : 'picker-empty'}`}
      value=${field.value ?? ''}
      onChange=${onChange}
      onBlur=${onBlur}
      onKeyDown=${onKeyDown}
      ...${controlProps(field)}
    />
    <span class=${`picker-placeholder ${field.value ? 'is-hidden' : ''}`} aria-hidden="true">
      ${plainString(placeholder) || `Select a ${type}`}
    </span>
  </span>`;
}
