import type { Log } from '../../flow/ports.ts';
import { errorCode, meaning, type NotSent, repairFor, toBeRepaired } from './errors.ts';

type Later = Extract<NotSent, { kind: 'later' }>;

/** Of one look-up. After a rate limit the next try waits as long as Slack asked for: see pace.ts. */
const TRIES = 3;

/** Whether the token is good for something. While it is not, Slack is not called, and then only now and again. */
export class Repair {
  readonly #log: Log;
  /** By the machine's own clock. */
  #pause = { until: 0, error: '' };

  constructor(log: Log) {
    this.#log = log;
  }

  /** The token no longer opens anything: one line in the log, however many calls meet it, and a pause for all. */
  begin(error: string): void {
    const isKnown = this.awaited() !== null;
    this.#pause = { until: performance.now() + toBeRepaired(error).afterSeconds * 1_000, error };
    if (isKnown) return;
    this.#log.error({ error }, `${repairFor(error) ?? error}. Nothing is sent until then, and all is kept`);
  }

  /** What an admin has to repair, and when Slack is called again to see; null while nothing is to be. */
  awaited(): Later | null {
    const { until, error } = this.#pause;
    const afterSeconds = Math.ceil((until - performance.now()) / 1_000);
    return afterSeconds > 0 ? { kind: 'later', error, afterSeconds } : null;
  }

  /** Begins when the refusal says that the token is good for nothing. */
  isNeededAfter(refusal: unknown): boolean {
    const error = errorCode(refusal);
    if (error === null || repairFor(error) === null) return false;
    this.begin(error);
    return true;
  }

  /**
   * Looks something up, a few times where Slack is only busy; not at all where it is known that Slack would refuse.
   * Throws what Slack refuses.
   */
  async look<T>(call: () => Promise<T>): Promise<T> {
    const awaited = this.awaited();
    if (awaited !== null) throw new Error(`Slack is not asked before this is repaired: ${awaited.error}`);
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (refusal) {
        if (this.isNeededAfter(refusal) || tries === TRIES || !isPassing(refusal)) throw refusal;
      }
    }
  }
}

function isPassing(refusal: unknown): boolean {
  const { kind, error } = meaning(refusal);
  return kind === 'ambiguous' || error === 'ratelimited';
}
