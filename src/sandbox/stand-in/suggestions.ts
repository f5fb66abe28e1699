import { z } from 'zod';
import type { Element, Option } from './fields.ts';
import { LIMITS } from './limits.ts';
import { menuOption, optionGroup } from './text-schemas.ts';
import type { Ack } from './transport.ts';
import type { Suggestions } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Slack's own, where the menu says nothing. */
const MIN_QUERY_LENGTH = 3;

const answer = z.union([
  z.strictObject({ options: z.array(menuOption).max(LIMITS.selectOptions) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(LIMITS.selectOptions) }),
]);

/** @throws Error where nothing would be asked: not an external menu, or too little typed */
export function mustAskFor(element: Element, value: string): void {
  if (!element.type.endsWith('external_select')) throw new Error(`${element.action_id} is no external menu`);
  const least = Number(element.min_query_length ?? MIN_QUERY_LENGTH);
  if (value.length < least) throw new Error(`${element.action_id} asks from ${least} characters on`);
}

/** Keeps what the app suggested, so that it can be picked; what Slack would not take is said. */
export function followSuggestion(workspace: Workspace, actionId: string, ack: Ack): Suggestions {
  const userSees = 'Error loading results';
  if (!ack.ok) return { ok: false, error: ack.error, userSees, detail: ack.detail };
  const said = answer.safeParse(ack.payload);
  if (!said.success) return { ok: false, error: 'invalid_response', userSees, detail: said.error.message };
  const { data } = said;
  const options: Option[] =
    'options' in data ? data.options : data.option_groups.flatMap((group) => group.options);
  workspace.keepSuggested(actionId, options);
  return { ok: true, options: options.map(({ text, value }) => ({ text: text.text, value })) };
}
