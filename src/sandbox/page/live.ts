/** Keeps the page's snapshot fresh: asks again whenever the server says that something changed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { fetchDesk } from './desk.ts';
import type { Desk } from './wire.ts';

export interface Live {
  desk?: Desk;
  /** `performance.now()` when the snapshot came, for the running clock. */
  fetchedAt: number;
  /** Why the sandbox cannot be reached just now. */
  lost?: string;
  /** Resolves when a snapshot begun after this call is shown. */
  refresh(): Promise<void>;
}

/** Snapshots for one person and one open conversation. At most one request is on its way at a time. */
export function useDesk(user: string, channel: string): Live {
  const [shown, setShown] = useState<Pick<Live, 'desk' | 'fetchedAt' | 'lost'>>({ fetchedAt: 0 });
  const asked = useRef({ user, channel });
  asked.current = { user, channel };
  const loop = useRef<ReturnType<typeof refresher>>(undefined);
  loop.current ??= refresher(async () => {
    const { user, channel } = asked.current;
    try {
      const desk = await fetchDesk(user, channel);
      const stale = asked.current.user !== user || asked.current.channel !== channel;
      if (!stale) setShown({ desk, fetchedAt: performance.now() });
    } catch (error) {
      setShown((was) => ({ ...was, lost: error instanceof Error ? error.message : String(error) }));
    }
  });
  const refresh = loop.current;

  useEffect(() => void refresh(), [user, channel]);
  useEffect(() => {
    const changes = new EventSource('/api/changes');
    changes.onopen = () => void refresh();
    changes.onmessage = () => void refresh();
    changes.onerror = () =>
      setShown((was) => ({ ...was, lost: 'The sandbox does not answer. Is it still running?' }));
    return () => changes.close();
  }, []);

  return { ...shown, refresh };
}

/** Runs `load` for every call, but folds all calls made during one run into a single next run. */
function refresher(load: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = () => {
    running = load().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return run();
    next ??= running.then(() => {
      next = undefined;
      return run();
    });
    return next;
  };
}
