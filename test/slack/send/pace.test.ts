import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Caller, NotItsTurnError, Pace } from '../../../src/slack/send/pace.ts';

const MINUTE_MS = 60_000;
const RATES = { 'chat.postMessage': 600, 'chat.update': 50, 'views.open': 100, 'users.list': 20 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Made {
  at: number;
  method: string;
  channel: string | undefined;
  as: Caller;
}

/** Calls a Slack that answers at once, and remembers when each call left. */
class Calls {
  readonly made: Made[] = [];
  readonly pace = new Pace();
  refused = 0;

  make(method: string, as: Caller, channel?: string): void {
    const call = async () => void this.made.push({ at: Date.now(), method, channel, as });
    this.pace.run({ method, channel, as }, call).catch((error: unknown) => {
      if (!(error instanceof NotItsTurnError)) throw error;
      this.refused += 1;
    });
  }

  of(method: string): Made[] {
    return this.made.filter((call) => call.method === method);
  }
}

/** The most calls in any window of so many ms: counted over again from each call, not as the limiter counts. */
function mostWithin(calls: readonly Made[], windowMs: number): number {
  return Math.max(
    0,
    ...calls.map(({ at: from }) => calls.filter(({ at }) => at >= from && at < from + windowMs).length),
  );
}

const arrival = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(2_000), fc.nat(90_000)),
  method: fc.constantFrom(...(Object.keys(RATES) as (keyof typeof RATES)[])),
  as: fc.constantFrom<Caller>('person', 'background'),
  channel: fc.constantFrom('D1', 'D2', 'D3'),
  times: fc.constantFrom(1, 3, 40, 150),
});

describe('whatever comes, and when', () => {
  it('leaves no more often than Slack allows, and background calls leave people a fifth', async () => {
    const story = async (arrivals: readonly (typeof arrival extends fc.Arbitrary<infer A> ? A : never)[]) => {
      const calls = new Calls();
      for (const { afterMs, method, as, channel, times } of arrivals) {
        await vi.advanceTimersByTimeAsync(afterMs);
        const isPost = method === 'chat.postMessage';
        for (let time = 0; time < times; time += 1)
          calls.make(method, as, isPost ? `${channel}${time % 20}` : undefined);
      }
      await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
      for (const [method, perMinute] of Object.entries(RATES)) {
        const made = calls.of(method);
        expect(mostWithin(made, MINUTE_MS)).toBeLessThanOrEqual(perMinute);
        const background = made.filter(({ as }) => as === 'background');
        expect(mostWithin(background, MINUTE_MS)).toBeLessThanOrEqual(perMinute * 0.8 + 1);
      }
      const byChannel = Map.groupBy(calls.of('chat.postMessage'), ({ channel }) => channel);
      for (const inOne of byChannel.values()) expect(mostWithin(inOne, 1_000)).toBe(1);
      const asked = arrivals.reduce((sum, { times }) => sum + times, 0);
      expect(calls.made.length + calls.refused).toBe(asked);
    };
    await fc.assert(fc.asyncProperty(fc.array(arrival, { maxLength: 12 }), story), { numRuns: 30 });
  });
});

describe('a click', () => {
  it('does not stand behind a morning of background calls', async () => {
    const calls = new Calls();
    for (let call = 0; call < 500; call += 1) calls.make('chat.postMessage', 'background', `D${call}`);
    await vi.advanceTimersByTimeAsync(1);
    calls.make('chat.postMessage', 'person', 'D-HERS');
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.made.at(-1)).toMatchObject({ as: 'person' });
  });

  it('goes first of all that waited for Slack', async () => {
    const calls = new Calls();
    calls.pace.hold('chat.postMessage', 3);
    for (let call = 0; call < 5; call += 1) calls.make('chat.postMessage', 'in_turn', `D${call}`);
    calls.make('chat.postMessage', 'person', 'D-HERS');
    await vi.advanceTimersByTimeAsync(3_001);
    expect(calls.made[0]).toMatchObject({ as: 'person' });
    expect(calls.made).toHaveLength(6);
  });

  it('finds its fifth of a minute when the background has taken all it may', async () => {
    const calls = new Calls();
    for (let call = 0; call < 60; call += 1) calls.make('chat.update', 'background');
    await vi.advanceTimersByTimeAsync(40_000);
    for (let call = 0; call < 10; call += 1) calls.make('chat.update', 'person');
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.made.filter(({ as }) => as === 'person')).toHaveLength(10);
  });
});

describe('a pause that Slack asks for', () => {
  it('holds up its method alone, and no longer than asked', async () => {
    const calls = new Calls();
    calls.pace.hold('chat.postMessage', 20);
    calls.make('chat.postMessage', 'background', 'D1');
    calls.make('users.list', 'background');
    await vi.advanceTimersByTimeAsync(19_999);
    expect(calls.made.map(({ method }) => method)).toEqual(['users.list']);
    await vi.advanceTimersByTimeAsync(2);
    expect(calls.of('chat.postMessage')).toHaveLength(1);
  });

  it('is not cut short by a shorter one', async () => {
    const calls = new Calls();
    calls.pace.hold('users.list', 20);
    calls.pace.hold('users.list', 1);
    calls.make('users.list', 'background');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(calls.made).toEqual([]);
  });

  it('gives up what would wait too long, before it has left', async () => {
    const calls = new Calls();
    calls.pace.hold('views.open', 60);
    calls.make('views.open', 'person');
    await vi.advanceTimersByTimeAsync(MINUTE_MS * 2);
    expect(calls).toMatchObject({ made: [], refused: 1 });
  });
});

describe('a turn', () => {
  it('comes as often as background calls may leave', async () => {
    const pace = new Pace({ 'chat.postMessage': 300 });
    let turns = 0;
    const taking = (async () => {
      while (await pace.turn('chat.postMessage', 2_000)) if (++turns === 400) return;
    })();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(turns).toBeGreaterThanOrEqual(240);
    expect(turns).toBeLessThanOrEqual(244);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    await taking;
  });

  it('that does not come in time is not taken later', async () => {
    const pace = new Pace();
    pace.hold('chat.postMessage', 10);
    const turn = pace.turn('chat.postMessage', 2_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await turn).toBe(false);
  });
});
