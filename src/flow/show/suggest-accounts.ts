import type { Who } from '../people/ensure-rep.ts';
import { findReadableTyped, readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';

/** Clients whose name begins as typed, of those that somebody may know of; at most `limit`. */
export async function suggestAccounts(
  flow: Flow,
  who: Who & { typed: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  const reader = await readerOf(flow, who);
  const found = await flow.store.read((tx) => findReadableTyped(tx, reader, who.typed, who.limit));
  return found.map(({ id, name }) => ({ id, name }));
}
