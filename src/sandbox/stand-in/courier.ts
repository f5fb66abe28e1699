import type { Feed } from './feed.ts';
import type { SignedHttp } from './signed-http.ts';
import type { Sockets } from './sockets.ts';
import type { Ack, Attempt, RetryReason } from './transport.ts';
import type { Delivery, JsonObject } from './types.ts';
import { APP, type Workspace } from './workspace.ts';

/** What an app of this kind mostly subscribes to. Messages in channels it is not told of. */
const USUAL_SUBSCRIPTIONS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'function_executed',
  'member_joined_channel',
  'member_left_channel',
  'message.im',
  'message_metadata_posted',
  'team_join',
  'tokens_revoked',
  'user_change',
];

/** Takes everything to the app, whichever way it listens; events again where it did not answer. */
export class Courier {
  requestUrl: string | undefined;
  readonly deliveries: Delivery[] = [];
  readonly #workspace: Workspace;
  readonly #feed: Feed;
  readonly #ways: { sockets: Sockets; http: SignedHttp };
  readonly #retryDelaysMs: number[];
  readonly #subscriptions: Set<string>;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;
  #repeat = { events: 0, copies: 1 };

  constructor(
    workspace: Workspace,
    feed: Feed,
    ways: { sockets: Sockets; http: SignedHttp },
    retryDelaysMs: number[],
    subscriptions: string[] = USUAL_SUBSCRIPTIONS,
  ) {
    this.#subscriptions = new Set(subscriptions);
    this.#workspace = workspace;
    this.#feed = feed;
    this.#ways = ways;
    this.#retryDelaysMs = retryDelaysMs;
  }

  /** A command or an interaction: one attempt, somebody is looking at a spinner. */
  async ask(kind: 'slash_commands' | 'interactive', body: JsonObject): Promise<Ack> {
    return this.#attempt({ kind, body });
  }

  /** Resolves with the first attempt's outcome, once the copies asked for are through as well. */
  async event(event: JsonObject): Promise<Ack> {
    if (!this.#isSubscribed(event)) return { ok: true, payload: {} };
    const body = this.#wrapped(event);
    const copies = this.#repeat.events > 0 ? this.#repeat.copies : 1;
    this.#repeat.events -= 1;
    const ack = await this.#attempt({ kind: 'events_api', body });
    for (let num = 1; num < copies; num += 1) {
      await this.#attempt({ kind: 'events_api', body, retry: { num, reason: 'timeout' } });
    }
    if (!ack.ok && !ack.final) this.#retryLater(body, 1, ack.reason);
    return ack;
  }

  /** The app hears of its own posts too. Nobody waits for that, and copies are not spent on it. */
  echo(event: JsonObject): void {
    if (!this.#isSubscribed(event)) return;
    const body = this.#wrapped(event);
    void this.#attempt({ kind: 'events_api', body });
  }

  repeatNextEvents(events: number, copies: number): void {
    this.#repeat = { events, copies };
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #attempt(attempt: Attempt): Promise<Ack> {
    const delivery: Delivery = {
      at: this.#workspace.ids.now(),
      kind: attempt.kind,
      body: attempt.body,
      retryNum: attempt.retry?.num ?? 0,
      outcome: 'pending',
    };
    this.deliveries.push(delivery);
    const way = this.requestUrl === undefined ? this.#ways.sockets : this.#ways.http;
    const ack = await way.deliver(attempt);
    delivery.outcome = ack.ok ? 'acked' : ack.error;
    this.#feed.stirred();
    return ack;
  }

  #retryLater(body: JsonObject, num: number, reason: RetryReason): void {
    const delay = this.#retryDelaysMs[num - 1];
    if (delay === undefined || this.#stopped) return;
    const timer = setTimeout(async () => {
      this.#timers.delete(timer);
      const ack = await this.#attempt({ kind: 'events_api', body, retry: { num, reason } });
      if (!ack.ok && !ack.final) this.#retryLater(body, num + 1, ack.reason);
    }, delay);
    this.#timers.add(timer);
  }

  #isSubscribed(event: JsonObject): boolean {
    if (event.type !== 'message') return this.#subscriptions.has(String(event.type));
    return this.#subscriptions.has(
      `message.${event.channel_type === 'channel' ? 'channels' : event.channel_type}`,
    );
  }

  #wrapped(event: JsonObject): JsonObject {
    const { ids, team } = this.#workspace;
    return {
      token: APP.verificationToken,
      team_id: team.id,
      api_app_id: APP.id,
      event: { ...event, event_ts: event.event_ts ?? ids.ts() },
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: Math.floor(ids.now().getTime() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: APP.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: ids.next('4-'),
    };
  }
}
