import type { webApi } from '@slack/bolt';
import { METADATA } from '../kit/ids.ts';

/** Slack's clock may differ from ours by as much when a message is looked for. */
const CLOCK_SKEW_SECONDS = 120;
const MESSAGES_A_PAGE = 200;

/**
 * The `ts` of a bundle's message, looked for by the id in its metadata; null when the channel does not have it. The
 * first page is read with a client of its own: its turn was waited for. Throws what Slack refuses.
 */
export async function findBundle(
  clients: { first: webApi.WebClient; further: webApi.WebClient },
  channelId: string,
  bundleId: string,
  since: Date,
): Promise<string | null> {
  const oldest = String(Math.floor(since.getTime() / 1_000) - CLOCK_SKEW_SECONDS);
  const asked = { channel: channelId, include_all_metadata: true, oldest, limit: MESSAGES_A_PAGE };
  let page = await clients.first.conversations.history(asked);
  for (;;) {
    const found = page.messages?.find((message) => bundleOf(message) === bundleId);
    if (found?.ts !== undefined) return found.ts;
    const cursor = page.response_metadata?.next_cursor;
    if (!cursor) return null;
    page = await clients.further.conversations.history({ ...asked, cursor });
  }
}

function bundleOf(message: { metadata?: { event_type?: string; event_payload?: object } }): unknown {
  const { event_type, event_payload } = message.metadata ?? {};
  return event_type === METADATA.bundle ? (event_payload as { bundle_id?: unknown }).bundle_id : undefined;
}
