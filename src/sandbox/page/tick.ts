import { useEffect, useState } from 'preact/hooks';

/** Draws the caller again every `everyMs` of real time. */
export function useTick(everyMs: number): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
