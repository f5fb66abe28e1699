import { mock } from 'node:test';
import type { Store } from '../../src/db/store.ts';

/** How far the clock moves on when nothing is left to be done at an instant, in ms. */
const STEP_MS = 10;
/** Between the end of one piece of work and the beginning of what follows from it lie fewer turns of the event loop. */
const QUIET_TURNS = 5;

/**
 * Runs `work` by a clock of its own, which stands still while the database or Slack is being spoken to: what is measured
 * by it does not depend on the machine. `setTimeout`, `setInterval` and `Date` follow it.
 */
export async function inSimulatedTime(store: Store, work: (store: Store) => Promise<void>): Promise<void> {
  const busy = { count: 0 };
  const { fetch } = globalThis;
  globalThis.fetch = counted(busy, async (...request) => await wholly(await fetch(...request)));
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: new Date() });
  let isOver = false;
  try {
    const working = work(countedStore(busy, store)).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      for (let quiet = 0; quiet < QUIET_TURNS && !isOver; quiet = busy.count === 0 ? quiet + 1 : 0) {
        await new Promise((resolve) => setImmediate(resolve));
        // What is due at this very instant: the database's client connects by a timer of 0 ms.
        mock.timers.tick(0);
      }
      mock.timers.tick(STEP_MS);
    }
    await working;
  } finally {
    mock.timers.reset();
    globalThis.fetch = fetch;
  }
}

function counted<A extends unknown[], R>(
  busy: { count: number },
  call: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    busy.count += 1;
    try {
      return await call(...args);
    } finally {
      busy.count -= 1;
    }
  };
}

function countedStore(busy: { count: number }, store: Store): Store {
  return {
    transaction: counted(busy, (work: never) => store.transaction(work)),
    read: counted(busy, (work: never) => store.read(work)),
    enqueue: store.enqueue.bind(store),
  } as unknown as Store;
}

/** With its body, so that nothing of it is on its way any more. */
async function wholly(response: Response): Promise<Response> {
  const { status, headers } = response;
  return new Response(await response.arrayBuffer(), { status, headers });
}
