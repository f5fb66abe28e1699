import { z } from 'zod';
import { accessory, actionsElement, image, inputElement } from './element-schemas.ts';
import { LIMITS } from './limits.ts';
import { richTextParts } from './rich-text-schemas.ts';
import { anyText, markdown, plain, webUrl } from './text-schemas.ts';

/** Every block, and which of them messages, modals and Home take. */

const block_id = z.string().min(1).max(LIMITS.id).optional();

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(LIMITS.sectionText).optional(),
    fields: z.array(anyText(LIMITS.sectionField)).min(1).max(LIMITS.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .superRefine((block, context) => {
    if (block.text || block.fields) return;
    context.addIssue({ code: 'custom', message: 'missing required field: text' });
  });

const imageBlock = z
  .strictObject({
    ...image.shape,
    block_id,
    title: plain(LIMITS.altText).optional(),
    image_url: webUrl.optional(),
  })
  .superRefine((block, context) => {
    if (block.image_url || block.slack_file) return;
    context.addIssue({ code: 'custom', message: 'missing required field: image_url' });
  });

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plain(LIMITS.label),
  hint: plain(LIMITS.label).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});

const everywhere = [
  section,
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({ type: z.literal('header'), block_id, text: plain(LIMITS.header) }),
  z.strictObject({
    type: z.literal('actions'),
    block_id,
    elements: z.array(actionsElement).min(1).max(LIMITS.actionsElements),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id,
    elements: z
      .array(z.discriminatedUnion('type', [plain(LIMITS.contextText), markdown(LIMITS.contextText), image]))
      .min(1)
      .max(LIMITS.contextElements),
  }),
  imageBlock,
  input,
  z.strictObject({ ...richTextParts, block_id }),
] as const;

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  z.strictObject({ ...richTextParts, block_id }),
]);

const table = z.strictObject({
  type: z.literal('table'),
  block_id,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
});

/** Little is documented of its inside yet, so only the known limits are held. */
const chart = z.looseObject({
  type: z.literal('data_visualization'),
  block_id,
  title: z.string().max(50).optional(),
});

const alert = z.strictObject({
  type: z.literal('alert'),
  block_id,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

export const messageBlocks = z
  .array(z.discriminatedUnion('type', [...everywhere, table, chart]))
  .max(LIMITS.messageBlocks);
const modalBlocks = z.array(z.discriminatedUnion('type', [...everywhere, alert])).max(LIMITS.viewBlocks);
const homeBlocks = z.array(z.discriminatedUnion('type', [...everywhere])).max(LIMITS.viewBlocks);

const viewParts = {
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  callback_id: z.string().max(LIMITS.id).optional(),
  external_id: z.string().max(LIMITS.id).optional(),
};

export const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plain(LIMITS.viewTitle),
    blocks: modalBlocks,
    submit: plain(LIMITS.viewTitle).optional(),
    close: plain(LIMITS.viewTitle).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...viewParts,
  })
  .superRefine((view, context) => {
    if (view.submit || !view.blocks.some((block) => block.type === 'input')) return;
    context.addIssue({
      code: 'custom',
      message: 'missing required field: submit (the view has input blocks)',
    });
  });

export const home = z.strictObject({ type: z.literal('home'), blocks: homeBlocks, ...viewParts });
