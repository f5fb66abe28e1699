import type { JsonObject, LedgerEntry } from '../../src/sandbox/stand-in/types.ts';

/** One DM with prompts, as Slack has it. */
export interface Ask {
  bundleId: string;
  /** The DM that Slack put it into; the post itself may name the person. */
  channelId: string;
  at: Date;
  /** The ids of the deals it asks about: see crm.ts. */
  dealIds: string[];
}

/** The bundles that reached Slack, in order, whatever became of its answer. */
export function asksIn(ledger: readonly LedgerEntry[]): Ask[] {
  return ledger.flatMap(({ method, args, response, at }) => {
    if (method !== 'chat.postMessage' || response?.ok !== true) return [];
    const payload = ((args.metadata ?? {}) as JsonObject).event_payload as JsonObject | undefined;
    const bundleId = payload?.bundle_id;
    if (typeof bundleId !== 'string') return [];
    const dealIds = [...JSON.stringify(args.blocks).matchAll(/, deal (\w+)/g)].map(([, id = '']) => id);
    return [{ bundleId, channelId: String(response.channel ?? args.channel), at, dealIds }];
  });
}

/** Values that occur more than once. */
export function repeated(values: readonly string[]): string[] {
  const groups = Map.groupBy(values, (value) => value);
  return [...groups].filter(([, group]) => group.length > 1).map(([value]) => value);
}
