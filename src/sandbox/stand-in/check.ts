import type { z } from 'zod';
import { home, messageBlocks, modal } from './block-schemas.ts';
import { LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Block, Json, JsonObject, View } from './types.ts';

/**
 * The blocks of a message as Slack takes them.
 * @throws Refusal `invalid_blocks` with a JSON pointer for each fault, or `msg_blocks_too_long`
 */
export function checkMessageBlocks(given: Json): Block[] {
  const faults = faultsOf(messageBlocks, given, '/blocks');
  if (faults.length === 0)
    faults.push(...sharedFaults(given as unknown as LooseBlock[], '/blocks'), ...countFaults(given));
  if (faults.length > 0) throw refusal('invalid_blocks', faults);
  if (JSON.stringify(given).length > LIMITS.messageBlockCharacters) throw new Refusal('msg_blocks_too_long');
  return given as unknown as Block[];
}

/**
 * A modal or Home view as Slack takes it.
 * @param kind what the method takes: `views.publish` only Home, the others only modals
 * @throws Refusal `invalid_arguments` with a JSON pointer for each fault, or `view_too_large`
 */
export function checkView(given: Json, kind: 'modal' | 'home'): View {
  const faults = faultsOf(kind === 'modal' ? modal : home, given, '/view');
  const view = given as unknown as { blocks: LooseBlock[] };
  if (faults.length === 0) faults.push(...sharedFaults(view.blocks, '/view/blocks'));
  if (faults.length > 0) throw refusal('invalid_arguments', faults);
  if (Buffer.byteLength(JSON.stringify(given)) > LIMITS.viewBytes) throw new Refusal('view_too_large');
  return given as unknown as View;
}

interface Fault {
  pointer: string;
  message: string;
}

interface LooseElement {
  action_id?: string;
  focus_on_load?: boolean;
}

interface LooseBlock {
  type: string;
  block_id?: string;
  elements?: LooseElement[];
  element?: LooseElement;
  accessory?: LooseElement;
}

function refusal(code: string, faults: Fault[]): Refusal {
  const said = faults.map((fault) => `${fault.message} [json-pointer:${fault.pointer}]`);
  return new Refusal(code, {
    errors: said,
    response_metadata: { messages: said.map((line) => `[ERROR] ${line}`) },
  });
}

function faultsOf(schema: z.ZodType, given: Json, root: string): Fault[] {
  const parsed = schema.safeParse(given);
  return parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given, root));
}

/** Zod's issue in Slack's words. */
function faultOf(issue: z.core.$ZodIssue, given: Json, root: string): Fault {
  const path = issue.path as (string | number)[];
  const at = (...more: (string | number)[]) => [root, ...path, ...more].join('/');
  const items = 'origin' in issue && issue.origin === 'array';
  switch (issue.code) {
    case 'too_big':
      if (items) return { pointer: at(), message: `no more than ${issue.maximum} items allowed` };
      return { pointer: at(), message: `must be less than ${Number(issue.maximum) + 1} characters` };
    case 'too_small':
      if (items) return { pointer: at(), message: `no fewer than ${issue.minimum} items allowed` };
      return { pointer: at(), message: `must be more than ${Number(issue.minimum) - 1} characters` };
    case 'unrecognized_keys':
      return { pointer: at(), message: `invalid additional property: ${issue.keys.join(', ')}` };
    case 'invalid_union':
      return { pointer: at(), message: `unsupported type: ${String(valueAt(given, path) ?? '(none)')}` };
    case 'invalid_value':
      if (path.at(-1) === 'type')
        return { pointer: at(), message: `unsupported type: ${valueAt(given, path)}` };
      return { pointer: at(), message: `must be one of: ${issue.values.join(', ')}` };
    case 'invalid_type':
      if (valueAt(given, path) !== undefined)
        return { pointer: at(), message: `must provide a ${issue.expected}` };
      return {
        pointer: [root, ...path.slice(0, -1)].join('/'),
        message: `missing required field: ${path.at(-1)}`,
      };
    default:
      return { pointer: at(), message: issue.message };
  }
}

function valueAt(given: Json, path: (string | number)[]): Json | undefined {
  let value: Json | undefined = given;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as JsonObject)[step];
  }
  return value;
}

/** Block ids are unique in a surface, action ids in a block, and one element at most takes the focus. */
function sharedFaults(blocks: LooseBlock[], root: string): Fault[] {
  const faults: Fault[] = [];
  const blockIds = new Set<string>();
  let focused = 0;
  for (const [index, block] of blocks.entries()) {
    if (block.block_id !== undefined && blockIds.has(block.block_id)) {
      faults.push({
        pointer: `${root}/${index}/block_id`,
        message: `block_id "${block.block_id}" already exists`,
      });
    }
    if (block.block_id !== undefined) blockIds.add(block.block_id);
    const actionIds = new Set<string>();
    for (const element of elementsOf(block)) {
      if (element.focus_on_load) focused += 1;
      if (element.action_id === undefined) continue;
      if (actionIds.has(element.action_id)) {
        faults.push({
          pointer: `${root}/${index}`,
          message: `action_id "${element.action_id}" already exists`,
        });
      }
      actionIds.add(element.action_id);
    }
  }
  if (focused > 1) faults.push({ pointer: root, message: 'only one element may have focus_on_load' });
  return faults;
}

function elementsOf(block: LooseBlock): LooseElement[] {
  return [...(block.elements ?? []), block.element, block.accessory].filter(
    (element) => element !== undefined,
  );
}

function countFaults(given: Json): Fault[] {
  const count = (type: string) =>
    (given as unknown as LooseBlock[]).filter((block) => block.type === type).length;
  const faults: Fault[] = [];
  if (count('data_visualization') > LIMITS.chartsPerMessage) {
    faults.push({
      pointer: '/blocks',
      message: `no more than ${LIMITS.chartsPerMessage} data_visualization blocks`,
    });
  }
  if (count('table') > LIMITS.tablesPerMessage) {
    faults.push({ pointer: '/blocks', message: 'only_one_table_allowed' });
  }
  return faults;
}
