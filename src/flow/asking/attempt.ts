import { type Bundle, lockBundle, saveBundle } from '../../db/asking/bundle.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import type { Flow, Sent } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';

/** While one worker is at a bundle no other touches it; longer than its calls can take. */
const LEASE_MS = 30_000;

/** A bundle that one worker is at, as it was stored when that began. */
export interface Attempt {
  bundle: Bundle;
  rep: Rep;
  /** Before this attempt Slack certainly did not have it. */
  isFirst: boolean;
  begunAt: Date;
}

/** Until when the bundle is the worker's that takes it now. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/** Whose bundle it is. Throws for a bundle of nobody. */
export async function readRepOf({ tx, workspaceId }: Scope, bundle: Bundle): Promise<Rep> {
  const rep = (await readReps(tx, workspaceId, [bundle.repId])).get(bundle.repId);
  if (rep === undefined) throw new Error(`bundle ${bundle.id} is for somebody who is no rep`);
  return rep;
}

/** What is learned of a bundle is stored, unless another worker has taken it up meanwhile. */
export async function saveLearned(flow: Flow, { bundle }: Attempt, change: Partial<Bundle>): Promise<void> {
  await inScope(flow, bundle.workspaceId, async ({ tx, workspaceId }) => {
    const stored = await lockBundle(tx, workspaceId, bundle.id);
    if (stored?.status !== 'on_its_way' || stored.attempts !== bundle.attempts) return;
    await saveBundle(tx, workspaceId, bundle.id, change);
  });
}

export function secondsFrom(flow: Flow, seconds: number): Date {
  return new Date(flow.now().getTime() + seconds * 1_000);
}

/** What makes one wait mostly makes all of them wait, and was said when it began. */
export function logUnsent({ log }: Flow, { bundle }: Attempt, said: Exclude<Sent, { kind: 'sent' }>): void {
  const { workspaceId, id: bundleId } = bundle;
  if (said.kind === 'later') log.debug({ workspaceId, bundleId, ...said }, 'a bundle waits for Slack');
  else log.warn({ workspaceId, bundleId, ...said }, 'a bundle did not reach Slack');
}
