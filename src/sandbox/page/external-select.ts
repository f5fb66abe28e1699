/** A menu whose options the app finds while one types: Slack's external select. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import type { Suggestions } from '../stand-in/types.ts';
import { DeskContext, post } from './desk.ts';
import { controlProps, type Field } from './field.ts';
import { plainString } from './text.ts';

interface Option {
  value: string;
  text: string;
}

/** Slack's own, where the menu says nothing. */
const MIN_QUERY_LENGTH = 3;
/** As Slack, asks once the typing rests. */
const REST_MS = 200;

/** What the picked values are called; the stand-in keeps only the values. */
const names = new Map<string, string>();

export function ExternalSelect({ field }: { field: Field }): VNode {
  const element = field.element as types.ExternalSelect;
  const picked = typeof field.value === 'string' ? nameOf(element, field.value) : undefined;
  const menu = useSuggestions(field, element);
  const [at, setAt] = useState(0);
  const listId = `${field.id}-list`;
  const pick = (option: Option | undefined) => {
    if (!option) return;
    names.set(`${element.action_id} ${option.value}`, option.text);
    menu.reset();
    field.pick(option.value);
  };
  const onInput = (event: Event) => {
    setAt(0);
    if (field.value !== null) field.set(null);
    menu.type((event.target as HTMLInputElement).value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = menu.options?.length ?? 0;
    if (count === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % count);
    else if (event.key === 'ArrowUp') setAt((at - 1 + count) % count);
    else if (event.key === 'Enter') pick(menu.options?.[at]);
    else if (event.key === 'Escape') menu.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<span class="external-select">
    <input
      type="text"
      role="combobox"
      class="input"
      autocomplete="off"
      ...${controlProps(field)}
      aria-autocomplete="list"
      aria-expanded=${menu.options !== undefined}
      aria-controls=${listId}
      aria-activedescendant=${menu.options?.[at] && `${listId}-${at}`}
      placeholder=${plainString(element.placeholder) || 'Type to search'}
      value=${menu.typed ?? picked ?? ''}
      onInput=${onInput}
      onKeyDown=${onKeyDown}
      onBlur=${menu.reset}
    />
    ${menu.options && html`<${Options} options=${menu.options} at=${at} id=${listId} pick=${pick} />`}
    <span class="sr-only" role="status">${menu.options && `${menu.options.length} found`}</span>
    ${menu.trouble && html`<span class="hint" role="status">${menu.trouble}</span>`}
  </span>`;
}

interface OptionsProps {
  options: Option[];
  at: number;
  id: string;
  pick(option: Option): void;
}

/** Pressing an option must not take the focus off the input: that closes the list before the click comes. */
function Options({ options, at, id, pick }: OptionsProps): VNode {
  return html`<ul class="menu" role="listbox" id=${id} aria-label="Found">
    ${options.map(
      (option, i) => html`<li
        role="option"
        key=${option.value}
        id=${`${id}-${i}`}
        aria-selected=${i === at}
        onPointerDown=${(event: Event) => event.preventDefault()}
        onClick=${() => pick(option)}
      >${option.text}</li>`,
    )}
    ${options.length === 0 && html`<li role="option" aria-disabled="true" aria-selected="false">No matches</li>`}
  </ul>`;
}

/** What is typed, and what the app finds for it; an answer that comes after the next letter is dropped. */
function useSuggestions(field: Field, element: types.ExternalSelect) {
  const desk = useContext(DeskContext);
  const [typed, setTyped] = useState<string>();
  const [options, setOptions] = useState<Option[]>();
  const [trouble, setTrouble] = useState('');
  const asked = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = async (value: string) => {
    const click = { actionId: element.action_id ?? '', blockId: field.blockId, value };
    const found = await post<Suggestions>('/api/suggest', {
      user: desk.me,
      where: field.where,
      typed: click,
    });
    if (!found.ok) return setTrouble(found.userSees);
    setTrouble('');
    setOptions(found.options);
  };
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(asked.current);
    if (value.length < (element.min_query_length ?? MIN_QUERY_LENGTH)) return setOptions(undefined);
    const mine = setTimeout(() => void ask(value), REST_MS);
    asked.current = mine;
  };
  const reset = () => {
    clearTimeout(asked.current);
    setTyped(undefined);
    setOptions(undefined);
  };
  return { typed, options, trouble, type, reset };
}

function nameOf(element: types.ExternalSelect, value: string): string {
  const initial =
    element.initial_option?.value === value ? plainString(element.initial_option.text) : undefined;
  return names.get(`${element.action_id} ${value}`) ?? initial ?? value;
}
