import { z } from 'zod';
import { isCurrency, isDecimal } from '../../domain/money.ts';

/** A button's value holds so many characters in Slack. */
const BUTTON_VALUE = 2_000;
const WORDS = 1_600;

const money = z.object({ value: z.string().refine(isDecimal), currency: z.string().refine(isCurrency) });
const clientName = z.string().min(1).max(250);
const client = z.union([
  z.strictObject({ id: z.guid() }),
  z.strictObject({ name: clientName, isNew: z.literal(true) }),
]);
const order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), promptId: z.guid() }),
  z.object({ kind: z.literal('same'), engagementId: z.guid() }),
  z.object({ kind: z.literal('another') }),
]);
const words = z.string().min(1).max(WORDS);

/** What somebody typed, but for whom it is about. */
const said = z.discriminatedUnion('do', [
  z.object({ do: z.literal('won'), amount: money.optional(), order: order.optional() }),
  z.object({
    do: z.literal('need'),
    words,
    estimate: money.optional(),
    neededOn: z.iso.date().optional(),
    link: z.url().max(300).optional(),
  }),
  z.object({ do: z.literal('lost'), reason: words, promptId: z.guid().optional() }),
  /** `message`: the one in Slack in which it was written, when it was kept without a client. */
  z.object({ do: z.literal('note'), text: words, message: z.string().max(60).optional() }),
  z.object({ do: z.literal('show') }),
  z.object({ do: z.literal('why') }),
]);
export type Said = z.infer<typeof said>;

const intent = z.object({ key: z.string().min(1).max(150), client, said });

/**
 * What somebody typed, with one of the ways to understand it: a button carries it, so that nothing is typed again. `key`
 * is that of the typing, so that it is done once, whichever buttons are pressed.
 */
export type Intent = z.infer<typeof intent>;

/** Null where it is longer than a button can carry. */
export function intentValue(meant: Intent): string | null {
  const value = JSON.stringify(meant);
  return value.length <= BUTTON_VALUE && intent.safeParse(meant).success ? value : null;
}

/** Null for what no button of ours carries. */
export function readIntent(value: string): Intent | null {
  try {
    return intent.safeParse(JSON.parse(value)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
