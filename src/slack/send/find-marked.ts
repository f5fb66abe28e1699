import type { webApi } from '@slack/bolt';

/** Slack's clock may differ from ours by as much when a message is looked for. */
const CLOCK_SKEW_SECONDS = 120;
const MESSAGES_A_PAGE = 200;

/** What a message is known by again: the type of its metadata, and there the field with its id. */
export interface Mark {
  type: string;
  field: string;
  id: string;
}

/**
 * The `ts` of a message, looked for by the id in its metadata; null when the channel does not have it. The
 * first page is read with a client of its own: its turn was waited for. Throws what Slack refuses.
 */
export async function findMarked(
  clients: { first: webApi.WebClient; further: webApi.WebClient },
  channelId: string,
  mark: Mark,
  since: Date,
): Promise<string | null> {
  const oldest = String(Math.floor(since.getTime() / 1_000) - CLOCK_SKEW_SECONDS);
  const asked = { channel: channelId, include_all_metadata: true, oldest, limit: MESSAGES_A_PAGE };
  let page = await clients.first.conversations.history(asked);
  for (;;) {
    const found = page.messages?.find((message) => bears(message, mark));
    if (found?.ts !== undefined) return found.ts;
    const cursor = page.response_metadata?.next_cursor;
    if (!cursor) return null;
    page = await clients.further.conversations.history({ ...asked, cursor });
  }
}

function bears(
  { metadata }: { metadata?: { event_type?: string; event_payload?: object } },
  { type, field, id }: Mark,
): boolean {
  const payload = (metadata?.event_payload ?? {}) as Record<string, unknown>;
  return metadata?.event_type === type && payload[field] === id;
}
