import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** Text objects, options and confirmations: what blocks and elements are composed of. */

export const plain = (max: number, min = 1) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(min).max(max),
    emoji: z.boolean().optional(),
  });

export const markdown = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });

export const anyText = (max: number) => z.discriminatedUnion('type', [plain(max), markdown(max)]);

const optionParts = {
  value: z.string().min(1).max(LIMITS.optionText),
  description: plain(LIMITS.optionText).optional(),
};

/** Menus take plain text only; radio buttons and checkboxes take mrkdwn too. */
export const menuOption = z.strictObject({ text: plain(LIMITS.optionText), ...optionParts });
export const choiceOption = z.strictObject({ text: anyText(LIMITS.optionText), ...optionParts });
export const overflowOption = menuOption.extend({ url: z.string().max(LIMITS.url).optional() });
export const optionGroup = z.strictObject({
  label: plain(LIMITS.optionText),
  options: z.array(menuOption).min(1).max(LIMITS.selectOptions),
});

export const confirmation = z.strictObject({
  title: plain(LIMITS.confirmTitle).optional(),
  text: anyText(LIMITS.confirmText),
  confirm: plain(LIMITS.confirmButton).optional(),
  deny: plain(LIMITS.confirmButton).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

export const webUrl = z
  .string()
  .max(LIMITS.url)
  .regex(/^(https?|slack|mailto|tel):/, 'must be a valid URL');
