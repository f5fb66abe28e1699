/** How long an error that keeps coming is only counted. */
const QUIET_MS = 30_000;

/**
 * Passes an error on, and the same one again only every QUIET_MS, with how often it came meanwhile: every poller of
 * every queue fails each second while the database is away, and the log is to stay readable.
 */
export function throttleErrors(
  pass: (error: Error, times: number) => void,
  clock: () => number = () => performance.now(),
): (error: Error) => void {
  const known = new Map<string, { since: number; times: number }>();
  return (error) => {
    const now = clock();
    const key = messageOf(error);
    const before = known.get(key);
    if (before !== undefined && now - before.since < QUIET_MS) {
      before.times += 1;
      return;
    }
    for (const [old, { since }] of known) if (now - since >= QUIET_MS) known.delete(old);
    known.set(key, { since: now, times: 0 });
    pass(error, (before?.times ?? 0) + 1);
  };
}

/** Without the worker's name that pg-boss adds. */
function messageOf(error: Error): string {
  return error.message.replace(/ \(Queue: .*\)$/, '');
}
