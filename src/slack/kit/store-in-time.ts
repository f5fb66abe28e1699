import { createHash } from 'node:crypto';
import type { Log } from '../../flow/ports.ts';
import { loggable } from '../send/errors.ts';
import { STORED_WITHIN_MS } from './limits.ts';
import { within } from './waits.ts';

/**
 * What storing came to, as far as Slack waits for it; null where it failed, or goes on. A failure is logged as `failed`
 * whenever it comes: one that comes late has nobody else who tells of it.
 */
export async function storeInTime<T>(
  storing: Promise<T>,
  log: Log,
  workspaceId: string,
  failed: string,
): Promise<T | null> {
  const caught = storing.catch((error: unknown) => {
    log.error({ workspaceId, ...loggable(error) }, failed);
    return null;
  });
  const stored = await within(STORED_WITHIN_MS, caught);
  return stored === 'slow' ? null : stored;
}

/** Tells words that were changed while the first ones were being stored from these: they must not pass for kept. */
export function fingerprint(told: unknown): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 22);
}
