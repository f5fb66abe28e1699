import PQueue from 'p-queue';
import { CHANNEL_MS } from './rates.ts';

/** Messages into one channel, one after the other, and so far apart as Slack wants them. */
export class ChannelPace {
  readonly #channels = new Map<string, PQueue>();

  /** Makes the call when it is the channel's turn. Rejects with the signal's reason when that ends the wait. */
  async run<T>(channel: string, priority: number, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const queue = this.#queueOf(channel);
    const apart = async () => {
      await call().then(resolve, reject);
      // From the answer on, for nobody knows when on its way the message reached Slack.
      await new Promise((next) => setTimeout(next, CHANNEL_MS));
      if (queue.size === 0) this.#channels.delete(channel);
    };
    queue.add(apart, { signal, priority }).catch(reject);
    return await promise;
  }

  #queueOf(channel: string): PQueue {
    const known = this.#channels.get(channel) ?? new PQueue({ concurrency: 1 });
    this.#channels.set(channel, known);
    return known;
  }
}
