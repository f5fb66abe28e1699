import {
  type Element,
  type Field,
  fieldsOf,
  holdsValue,
  initialValue,
  isOffered,
  type Suggested,
  single,
  wrap,
} from './fields.ts';
import type { Block, FormValues, InputValue, JsonObject } from './types.ts';

/**
 * What the inputs of new blocks hold: what stood in an input of the same ids before and still fits,
 * else what the app put there.
 */
export function keepValues(blocks: readonly Block[], before: FormValues): FormValues {
  const kept: FormValues = {};
  for (const { blockId, element } of fieldsOf(blocks)) {
    if (!holdsValue(element)) continue;
    const old = before[blockId]?.[element.action_id];
    const value = old !== undefined && isOffered(element, old) ? old : initialValue(element);
    kept[blockId] = { ...kept[blockId], [element.action_id]: value };
  }
  return kept;
}

/** `state.values` as Slack sends it, with every input of the surface in it. */
export function stateOf(blocks: readonly Block[], values: FormValues, suggested: Suggested): JsonObject {
  const state: { [blockId: string]: JsonObject } = {};
  for (const { blockId, element } of fieldsOf(blocks)) {
    if (!holdsValue(element)) continue;
    const value = values[blockId]?.[element.action_id] ?? null;
    state[blockId] = {
      ...state[blockId],
      [element.action_id]: { type: element.type, ...wrap(element, value, suggested) },
    };
  }
  return { values: state };
}

/**
 * The element a person acts on.
 * @throws Error where there is none, or where several share the action id and no block is named
 */
export function fieldFor(blocks: readonly Block[], actionId: string, blockId?: string): Field {
  const fields = fieldsOf(blocks);
  const meant = fields.filter(
    (field) => field.element.action_id === actionId && (blockId === undefined || field.blockId === blockId),
  );
  const [field] = meant;
  if (field && meant.length === 1) return field;
  const there = fields.map((each) => `${each.blockId}/${each.element.action_id}`).join(', ') || 'nothing';
  throw new Error(
    `${meant.length === 0 ? 'Nothing' : 'More than one thing'} to act on is called ` +
      `${blockId === undefined ? '' : `${blockId}/`}${actionId}; there is: ${there}`,
  );
}

/** @throws Error for values that no input of the surface takes: a person could not have entered them */
export function refuseUnknownInputs(
  blocks: readonly Block[],
  values: FormValues,
  suggested: Suggested,
): void {
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, value] of Object.entries(actions)) {
      wrap(fieldFor(blocks, actionId, blockId).element, value, suggested);
    }
  }
}

/** What Slack's own client says under an input before anything is sent: block id → text. */
export function complaints(blocks: readonly Block[], values: FormValues): Record<string, string> {
  const said: Record<string, string> = {};
  for (const { blockId, element, input } of fieldsOf(blocks)) {
    if (!input) continue;
    const value = values[blockId]?.[element.action_id] ?? null;
    const complaint = isEmpty(value)
      ? !input.optional && 'Please complete this required field.'
      : complaintAbout(element, single(value) ?? '');
    if (complaint) said[blockId] = complaint;
  }
  return said;
}

function isEmpty(value: InputValue): boolean {
  return single(value) === null;
}

function complaintAbout(element: Element, text: string): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return lengthComplaint(text, Number(element.min_length ?? 0), Number(element.max_length ?? 3000));
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(text) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      return numberComplaint(element, text);
    default:
      return undefined;
  }
}

function lengthComplaint(text: string, min: number, max: number): string | undefined {
  if (text.length < min) return `Please enter at least ${min} characters.`;
  if (text.length > max) return `Please enter no more than ${max} characters.`;
  return undefined;
}

function numberComplaint(element: Element, text: string): string | undefined {
  const shape = element.is_decimal_allowed ? /^-?\d*\.?\d+$/ : /^-?\d+$/;
  if (!shape.test(text)) return 'Please enter a valid number.';
  if (element.min_value !== undefined && Number(text) < Number(element.min_value)) {
    return `Please enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && Number(text) > Number(element.max_value)) {
    return `Please enter a number of at most ${element.max_value}.`;
  }
  return undefined;
}
