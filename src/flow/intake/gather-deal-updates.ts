import { setTimeout } from 'node:timers/promises';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import type { Flow } from '../ports.ts';
import { type Receipt, receiveDealUpdates } from './receive-deal-updates.ts';

/** Updates that are stored together at most. */
const UPDATES_AT_ONCE = 1_000;
/** How long a request waits for company: a sixth more requests a second, and nobody notices it. */
const COMPANY_MS = 2;

interface Request {
  updates: readonly DealUpdate[];
  taken: PromiseWithResolvers<Receipt>;
}

/**
 * How deal updates come in, whoever sends them: what comes in within a moment, or while a transaction is under
 * way, is stored together by the next, for a commit costs the same for one request as for a hundred. Each request is
 * answered for itself, and once it is stored; one that cannot be stored fails alone.
 */
export function gatherDealUpdates(
  flow: Flow,
): (workspaceId: string, updates: readonly DealUpdate[]) => Promise<Receipt> {
  const lines = new Map<string, Request[]>();
  const work = async (workspaceId: string, line: Request[]) => {
    while (line.length > 0) {
      await setTimeout(COMPANY_MS);
      await takeTogether(flow, workspaceId, line.splice(0, fitting(line)));
    }
    lines.delete(workspaceId);
  };
  return async (workspaceId, updates) => {
    const request = { updates, taken: Promise.withResolvers<Receipt>() };
    const line = lines.get(workspaceId);
    if (line !== undefined) line.push(request);
    else {
      const begun = [request];
      lines.set(workspaceId, begun);
      void work(workspaceId, begun);
    }
    return await request.taken.promise;
  };
}

/** How many requests from the front of the line go into one transaction: at least one. */
function fitting(line: readonly Request[]): number {
  let updates = 0;
  const tooMany = line.findIndex((request) => {
    updates += request.updates.length;
    return updates > UPDATES_AT_ONCE;
  });
  return tooMany === -1 ? line.length : Math.max(1, tooMany);
}

/** Never rejects: each request has its own answer. */
async function takeTogether(flow: Flow, workspaceId: string, requests: readonly Request[]): Promise<void> {
  try {
    const updates = requests.map((request) => request.updates);
    const receipts = await receiveDealUpdates(flow, workspaceId, updates);
    for (const [index, receipt] of receipts.entries()) requests[index]?.taken.resolve(receipt);
  } catch (error) {
    const [only, ...others] = requests;
    if (others.length === 0) only?.taken.reject(error);
    else for (const request of requests) await takeTogether(flow, workspaceId, [request]);
  }
}
