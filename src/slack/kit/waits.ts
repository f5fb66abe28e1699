/** Resolves after `ms`, or at once when `signal` ends the wait. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timeout = setTimeout(end, ms);
  signal.addEventListener('abort', end, { once: true });
  await promise;
  clearTimeout(timeout);
  signal.removeEventListener('abort', end);
}

/** What `work` comes to, or 'slow' when it takes longer than `ms`. The work goes on all the same. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | 'slow'> {
  const limit = new AbortController();
  const slow = pause(ms, limit.signal).then(() => 'slow' as const);
  try {
    return await Promise.race([work, slow]);
  } finally {
    limit.abort();
  }
}
