import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { richTextParts } from './rich-text-schemas.ts';
import {
  choiceOption,
  confirmation,
  menuOption,
  optionGroup,
  overflowOption,
  plain,
  webUrl,
} from './text-schemas.ts';

/** Every interactive element, and which of them each block takes. */

const actionId = z.string().min(1).max(LIMITS.id).optional();
const confirm = confirmation.optional();
const placeholder = plain(LIMITS.placeholder).optional();
const focus_on_load = z.boolean().optional();
const min_query_length = z.number().int().min(0).optional();
const max_selected_items = z.number().int().min(1).optional();
const acted = { action_id: actionId, confirm };
const field = { ...acted, placeholder, focus_on_load };
const typed = { action_id: actionId, placeholder, focus_on_load };
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date in the format YYYY-MM-DD');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time in the format HH:mm');
const menuOptions = z.array(menuOption).min(1).max(LIMITS.selectOptions).optional();
const groups = z.array(optionGroup).min(1).max(LIMITS.selectOptions).optional();
const choices = z.array(choiceOption).min(1).max(LIMITS.choiceOptions);
const dispatch_action_config = z
  .strictObject({
    trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
  })
  .optional();
const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();

interface Offered {
  options?: readonly { value: string }[] | undefined;
  option_groups?: readonly { options: readonly { value: string }[] }[] | undefined;
  initial_option?: { value: string } | undefined;
  initial_options?: readonly { value: string }[] | undefined;
}

/** What is chosen at first must be among what is offered: Slack refuses the whole message otherwise. */
function initialIsOffered(element: Offered, context: z.RefinementCtx): void {
  const offered = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((g) => g.options)];
  const same = (chosen: unknown) =>
    offered.some((option) => JSON.stringify(option) === JSON.stringify(chosen));
  if (element.initial_option && !same(element.initial_option)) {
    context.addIssue({
      code: 'custom',
      message: 'initial_option must match one of the options',
      path: ['initial_option'],
    });
  }
  if (element.initial_options?.some((chosen) => !same(chosen))) {
    context.addIssue({
      code: 'custom',
      message: 'initial_options must match the options',
      path: ['initial_options'],
    });
  }
}

function optionsOrGroups(element: Offered, context: z.RefinementCtx): void {
  if (Boolean(element.options) === Boolean(element.option_groups)) {
    context.addIssue({ code: 'custom', message: 'must provide either options or option_groups' });
  }
  initialIsOffered(element, context);
}

const button = z.strictObject({
  type: z.literal('button'),
  ...acted,
  text: plain(LIMITS.buttonText),
  value: z.string().max(LIMITS.buttonValue).optional(),
  url: webUrl.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(LIMITS.buttonText).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...acted,
  options: z.array(overflowOption).min(1).max(LIMITS.overflowOptions),
});

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...acted,
    focus_on_load,
    options: choices,
    initial_option: choiceOption.optional(),
  })
  .superRefine(initialIsOffered);

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...acted,
    focus_on_load,
    options: choices,
    initial_options: z.array(choiceOption).min(1).optional(),
  })
  .superRefine(initialIsOffered);

const menus = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...field,
      options: menuOptions,
      option_groups: groups,
      initial_option: menuOption.optional(),
    })
    .superRefine(optionsOrGroups),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...field,
      options: menuOptions,
      option_groups: groups,
      initial_options: z.array(menuOption).optional(),
      max_selected_items,
    })
    .superRefine(optionsOrGroups),
  z.strictObject({
    type: z.literal('external_select'),
    ...field,
    min_query_length,
    initial_option: menuOption.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...field,
    min_query_length,
    initial_options: z.array(menuOption).min(1).optional(),
    max_selected_items,
  }),
  z.strictObject({ type: z.literal('users_select'), ...field, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...field,
    initial_users: z.array(z.string()).optional(),
    max_selected_items,
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...field,
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...field,
    initial_conversations: z.array(z.string()).optional(),
    default_to_current_conversation: z.boolean().optional(),
    max_selected_items,
    filter,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...field,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
] as const;

const pickers = [
  z.strictObject({ type: z.literal('datepicker'), ...field, initial_date: date.optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...field,
    initial_time: time.optional(),
    timezone: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    ...acted,
    focus_on_load,
    initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
  }),
] as const;

const typedText = {
  ...typed,
  dispatch_action_config,
  initial_value: z.string().max(LIMITS.inputText).optional(),
};

const typing = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typedText,
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(LIMITS.inputText).optional(),
    max_length: z.number().int().min(1).max(LIMITS.inputText).optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typedText }),
  z.strictObject({ type: z.literal('url_text_input'), ...typedText }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typedText,
    is_decimal_allowed: z.boolean(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
] as const;

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: webUrl.optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
  alt_text: z.string().min(1).max(LIMITS.altText),
});

const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  dispatch_action_config,
  initial_value: z.strictObject({ ...richTextParts, block_id: z.string().optional() }).optional(),
});

const acting = [button, overflow, radioButtons, checkboxes, ...menus, ...pickers] as const;

export const actionsElement = z.discriminatedUnion('type', [...acting]);
export const accessory = z.discriminatedUnion('type', [...acting, image]);
export const inputElement = z.discriminatedUnion('type', [
  radioButtons,
  checkboxes,
  ...menus,
  ...pickers,
  ...typing,
  richTextInput,
]);
