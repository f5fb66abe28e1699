import { z } from 'zod';
import { json } from './arguments.ts';
import { checkMessageBlocks } from './check.ts';
import { LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Block, Json, StandInMessage } from './types.ts';

/** What a message may say, wherever it comes from: chat.*, a response_url, a command's acknowledgement. */

export interface Content {
  text: string;
  blocks?: Block[];
  metadata?: NonNullable<StandInMessage['metadata']>;
}

export const contentShape = {
  text: z.string().optional(),
  blocks: json.optional(),
  attachments: json.optional(),
  metadata: json.optional(),
};

export interface GivenContent {
  text?: string | undefined;
  blocks?: Json | undefined;
  attachments?: Json | undefined;
  metadata?: Json | undefined;
}

/** @throws Refusal `no_text`, `msg_too_long`, `invalid_blocks`, `msg_blocks_too_long`, `invalid_metadata_format` */
export function contentOf(given: GivenContent): Content {
  const blocks = given.blocks === undefined ? undefined : checkMessageBlocks(given.blocks);
  if (!given.text && !blocks?.length && !(given.attachments as Json[] | undefined)?.length) {
    throw new Refusal('no_text');
  }
  return { ...partsOf(given, blocks) };
}

/** The same for an edit, in which everything may stay as it was. */
export function changedContent(given: GivenContent): Partial<Content> {
  const blocks = given.blocks === undefined ? undefined : checkMessageBlocks(given.blocks);
  const parts = partsOf(given, blocks);
  if (given.text !== undefined) return { ...parts, ...(blocks && { blocks }) };
  const { text: _unchanged, ...rest } = parts;
  if (blocks === undefined && given.attachments === undefined) throw new Refusal('no_text');
  return { ...rest, ...(blocks && { blocks }) };
}

function partsOf(given: GivenContent, blocks: Block[] | undefined): Content {
  const text = given.text ?? '';
  if (text.length > LIMITS.messageText) throw new Refusal('msg_too_long');
  return {
    text,
    ...(blocks?.length && { blocks }),
    ...(given.metadata !== undefined && { metadata: checkedMetadata(given.metadata) }),
  };
}

const metadata = z.object({
  event_type: z.string().min(1).max(LIMITS.id),
  event_payload: z.record(z.string(), json),
});

function checkedMetadata(given: Json): NonNullable<Content['metadata']> {
  const parsed = metadata.safeParse(given);
  if (!parsed.success) throw new Refusal('invalid_metadata_format');
  if (JSON.stringify(given).length > LIMITS.metadataCharacters) throw new Refusal('metadata_too_large');
  return parsed.data;
}
