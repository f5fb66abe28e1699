import type { JsonObject } from './types.ts';

const PER_MINUTE: Record<string, number> = {
  'chat.update': 50,
  'chat.delete': 50,
  'chat.postEphemeral': 100,
  'conversations.open': 50,
  'conversations.history': 50,
  'conversations.info': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'users.info': 100,
  'users.list': 20,
  'users.lookupByEmail': 50,
  'views.open': 100,
  'views.update': 100,
  'views.push': 100,
  'views.publish': 100,
};

/** chat.postMessage: one a second in a channel (short bursts pass), some hundreds a minute in all. */
const POSTS_PER_CHANNEL = { count: 4, windowMs: 4_000 };
const POSTS_PER_MINUTE = 600;

/** Slack's documented tiers, as a log of the calls in the window before each. */
export class RateLimits {
  readonly #now: () => number;
  #calls = new Map<string, number[]>();

  /** By real time, or by a clock in ms. */
  constructor(clock: true | { now(): number }) {
    this.#now = clock === true ? () => performance.now() : clock.now;
  }

  /** Counts the call; or, where it is one too many, the seconds to wait before the next. */
  secondsToWait(method: string, args: JsonObject): number | undefined {
    const now = this.#now();
    const windows = windowsOf(method, args);
    for (const window of windows) {
      const recent = (this.#calls.get(window.key) ?? []).filter((at) => at > now - window.ms);
      this.#calls.set(window.key, recent);
      const oldest = recent[0];
      if (oldest !== undefined && recent.length >= window.count) {
        return Math.max(1, Math.ceil((oldest + window.ms - now) / 1000));
      }
    }
    for (const window of windows) this.#calls.get(window.key)?.push(now);
    return undefined;
  }
}

function windowsOf(method: string, args: JsonObject): { key: string; count: number; ms: number }[] {
  if (method === 'chat.postMessage') {
    return [
      { key: `${method} ${args.channel}`, count: POSTS_PER_CHANNEL.count, ms: POSTS_PER_CHANNEL.windowMs },
      { key: method, count: POSTS_PER_MINUTE, ms: 60_000 },
    ];
  }
  const count = PER_MINUTE[method];
  return count === undefined ? [] : [{ key: method, count, ms: 60_000 }];
}
