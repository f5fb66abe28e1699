import type { Block, InputValue, JsonObject } from './types.ts';

/** An interactive element of any kind, as it stands in a block. */
export interface Element {
  type: string;
  action_id: string;
  [property: string]: unknown;
}

export interface Option {
  text: { type: string; text: string };
  value: string;
}

export interface Field {
  blockId: string;
  element: Element;
  /** The input block it stands in, with what the person's client checks before it submits. */
  input?: { optional?: boolean; dispatch_action?: boolean };
}

/** Every element that a person can act on, in reading order. */
export function fieldsOf(blocks: readonly Block[]): Field[] {
  return blocks.flatMap((block) => {
    const blockId = block.block_id ?? '';
    switch (block.type) {
      case 'actions':
        return block.elements.map((element) => ({ blockId, element: element as unknown as Element }));
      case 'input':
        return [{ blockId, element: block.element as unknown as Element, input: block }];
      case 'section':
        if (!block.accessory || block.accessory.type === 'image') return [];
        return [{ blockId, element: block.accessory as unknown as Element }];
      default:
        return [];
    }
  });
}

/** Buttons and overflow menus act, but hold nothing afterwards. */
export function holdsValue(element: Element): boolean {
  return element.type !== 'button' && element.type !== 'overflow' && element.type !== 'workflow_button';
}

/** Finds an option that the app has suggested for an external menu: its action id, its value. */
export type Suggested = (actionId: string, value: string) => Option | undefined;

/**
 * The value under the name Slack gives it: `{ selected_option: … }`, `{ value: … }`.
 * @throws Error for an option that is not offered: a person could not have picked it
 */
export function wrap(element: Element, value: InputValue, suggested: Suggested): JsonObject {
  const one = single(value);
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: one === null ? null : optionOf(element, one) };
    case 'overflow':
      return { selected_option: optionOf(element, one ?? '') };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: several(value).map((each) => optionOf(element, each)) };
    case 'external_select':
      return { selected_option: one === null ? null : suggestedOption(element, one, suggested) };
    case 'multi_external_select':
      return { selected_options: several(value).map((each) => suggestedOption(element, each, suggested)) };
    case 'datetimepicker':
      return { selected_date_time: one === null ? null : Number(one) };
    case 'rich_text_input':
      return one === null ? {} : { rich_text_value: richText(one) };
    default: {
      const name = NAMES[element.type] ?? 'value';
      return { [name]: name.endsWith('s') ? several(value) : one };
    }
  }
}

/** What an element holds before anybody touched it. */
export function initialValue(element: Element): InputValue {
  const option = element.initial_option as Option | undefined;
  const options = element.initial_options as Option[] | undefined;
  if (option) return option.value;
  if (options) return options.map((each) => each.value);
  if (typeof element.initial_date_time === 'number') return String(element.initial_date_time);
  const initial =
    element.initial_value ??
    element.initial_date ??
    element.initial_time ??
    element.initial_user ??
    element.initial_users ??
    element.initial_conversation ??
    element.initial_conversations ??
    element.initial_channel;
  return typeof initial === 'string' || Array.isArray(initial) ? initial : null;
}

export function isOffered(element: Element, value: InputValue): boolean {
  const offered = optionsOf(element);
  return offered === undefined || several(value).every((each) => offered.some((o) => o.value === each));
}

/** The one thing chosen or written; null for nothing. */
export function single(value: InputValue): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined || one === '' ? null : one;
}

/** What a person writes in Slack's own editor, as the blocks it becomes. */
export function richText(text: string): JsonObject {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: text === '' ? [] : [{ type: 'text', text }] }],
  };
}

const NAMES: Record<string, string> = {
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
};

function several(value: InputValue): string[] {
  if (value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

function optionsOf(element: Element): Option[] | undefined {
  const groups = element.option_groups as { options: Option[] }[] | undefined;
  return (element.options as Option[] | undefined) ?? groups?.flatMap((group) => group.options);
}

/** @throws Error where nothing of that value is offered: a person could not have picked it */
function optionOf(element: Element, value: string): JsonObject {
  const offered = optionsOf(element) ?? [];
  const option = offered.find((each) => each.value === value);
  if (option) return { ...option } as unknown as JsonObject;
  const values = offered.map((each) => each.value).join(', ');
  throw new Error(`${element.action_id} offers no "${value}", only: ${values}`);
}

/** @throws Error where the app neither suggested it nor put it there at first */
function suggestedOption(element: Element, value: string, suggested: Suggested): JsonObject {
  const initial = [
    element.initial_option as Option | undefined,
    ...((element.initial_options as Option[]) ?? []),
  ];
  const option = suggested(element.action_id, value) ?? initial.find((each) => each?.value === value);
  if (!option) throw new Error(`${element.action_id} was never suggested "${value}": ask \`suggest\` first`);
  return { ...option } as unknown as JsonObject;
}
