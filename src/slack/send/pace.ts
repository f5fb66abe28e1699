import PQueue from 'p-queue';
import { ChannelPace } from './channel-pace.ts';
import { type ConfiguredRates, KEPT_FOR_PEOPLE, type Rate, rateOf } from './rates.ts';

/**
 * Who calls: a person's own click goes before everything else; background calls leave people their share; `in_turn` is
 * a background call whose turn was waited for before (see `turn`).
 */
export type Caller = 'person' | 'background' | 'in_turn';

export interface Call {
  method: string;
  /** Where a message goes: a channel takes one a second. */
  channel?: string | undefined;
  as: Caller;
}

/** A minute, and what the calls of one minute may be nearer to each other when they reach Slack. */
const MINUTE_MS = 60_000 + 1_000;
/** How long a call waits for its turn before it is given up; whoever made it tries again later. In ms. */
const PATIENCE_MS: Record<Caller, number> = { person: 30_000, background: 45_000, in_turn: 5_000 };

/** The call was given up before it left: Slack knows nothing of it. */
export class NotItsTurnError extends Error {
  readonly code = 'NOT_ITS_TURN';
  constructor(method: string) {
    super(`no turn came for ${method} in time`);
    this.name = 'NotItsTurnError';
  }
}

/**
 * The calls to one workspace's Slack, each when its turn comes: no method more often than Slack allows, no channel
 * more than a message a second. What Slack asks to wait for holds up that method alone.
 */
export class Pace {
  readonly #configured: ConfiguredRates;
  readonly #methods = new Map<string, MethodPace>();
  readonly #channels = new ChannelPace();

  /** `configured` calls a minute stand in for Slack's own numbers. */
  constructor(configured: ConfiguredRates = {}) {
    this.#configured = configured;
  }

  /** Makes the call when its turn has come. Throws NotItsTurnError when that takes too long. */
  async run<T>({ method, channel, as }: Call, call: () => Promise<T>): Promise<T> {
    const patience = new Patience(PATIENCE_MS[as], method);
    const inMethod = () =>
      this.#paceOf(method).run(as, patience.signal, () => {
        patience.end();
        return call();
      });
    try {
      return await (channel === undefined
        ? inMethod()
        : this.#channels.run(channel, priorityOf(as), patience.signal, inMethod));
    } finally {
      patience.end();
    }
  }

  /**
   * Takes the next turn of a background call, which has to be made at once then; false when none comes within so many
   * ms.
   */
  async turn(method: string, withinMs: number): Promise<boolean> {
    const patience = new Patience(withinMs, method);
    try {
      await this.#paceOf(method).turn(patience.signal);
      return true;
    } catch (error) {
      if (error instanceof NotItsTurnError) return false;
      throw error;
    } finally {
      patience.end();
    }
  }

  /** Slack asked for a pause of this method: none of its calls is made before. */
  hold(method: string, seconds: number): void {
    this.#paceOf(method).hold(seconds * 1_000);
  }

  #paceOf(method: string): MethodPace {
    const known = this.#methods.get(method) ?? new MethodPace(rateOf(method, this.#configured));
    this.#methods.set(method, known);
    return known;
  }
}

function priorityOf(as: Caller): number {
  return as === 'person' ? 1 : 0;
}

/** The calls of one method: background ones wait for a share of their own first, then everybody for the whole. */
class MethodPace {
  readonly #all: PQueue;
  readonly #background: PQueue;
  #heldUntil = 0;
  #release: NodeJS.Timeout | undefined;

  constructor({ callsAMinute, windowSeconds }: Rate) {
    this.#all = new PQueue({ strict: true, intervalCap: callsAMinute, interval: MINUTE_MS });
    const perMinute = callsAMinute * (1 - KEPT_FOR_PEOPLE);
    const cap = Math.max(1, Math.round((perMinute * windowSeconds) / 60));
    const interval = (cap * 60_000) / perMinute;
    this.#background = new PQueue({ strict: true, intervalCap: cap, interval, concurrency: 1 });
  }

  async turn(signal: AbortSignal): Promise<void> {
    await this.#background.add(async () => undefined, { signal });
  }

  async run<T>(as: Caller, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    const inAll = (one: () => Promise<T>) => this.#all.add(one, { signal, priority: priorityOf(as) });
    if (as !== 'background') return await inAll(call);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // A turn lasts until its call leaves: turns that had waited behind people's calls would leave all at once.
    const untilItLeaves = () =>
      new Promise<void>((left) => {
        inAll(() => {
          left();
          return call();
        })
          .then(resolve, reject)
          .finally(left);
      });
    this.#background.add(untilItLeaves, { signal }).catch(reject);
    return await promise;
  }

  hold(ms: number): void {
    const until = Date.now() + ms;
    if (until <= this.#heldUntil) return;
    this.#heldUntil = until;
    const queues = [this.#all, this.#background];
    for (const queue of queues) queue.pause();
    clearTimeout(this.#release);
    this.#release = setTimeout(() => {
      for (const queue of queues) queue.start();
    }, ms);
  }
}

/** Ends a wait after so many ms, unless what was waited for has begun. */
class Patience {
  readonly #abort = new AbortController();
  readonly #timeout: NodeJS.Timeout;

  constructor(ms: number, method: string) {
    this.#timeout = setTimeout(() => this.#abort.abort(new NotItsTurnError(method)), ms);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  end(): void {
    clearTimeout(this.#timeout);
  }
}
