import type { webApi } from '@slack/bolt';
import type { Caller, Pace } from './pace.ts';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/** How long Slack may take for one call, in ms. */
export const CALL_WITHIN_MS = 10_000;
/** Where Slack says 429 without saying for how long. */
const HOLD_SECONDS = 30;

/**
 * One try each: a client that tries again by itself posts twice. For clients that are not paced, such as the one that
 * asks Slack who we are.
 */
export const ONE_TRY: webApi.WebClientOptions = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: CALL_WITHIN_MS,
};

/** One try each, at a pace that Slack allows. The time limit begins when the call leaves, not while it waits. */
export function paced(pace: Pace, as: Caller): webApi.WebClientOptions {
  return { ...ONE_TRY, timeout: 0, fetch: pacedFetch(pace, as) };
}

function pacedFetch(pace: Pace, as: Caller): Fetch {
  return async (url, init) => {
    const send = async () =>
      await fetch(url as string, { ...(init as RequestInit), signal: AbortSignal.timeout(CALL_WITHIN_MS) });
    const method = methodIn(String(url));
    // Answers to a response_url have no rate: Slack counts them by the click.
    if (method === null) return await send();
    const channel = method === 'chat.postMessage' ? channelIn(init?.body) : undefined;
    return await pace.run({ method, channel, as }, async () => {
      const response = await send();
      if (response.status === 429) pace.hold(method, retryAfter(response) ?? HOLD_SECONDS);
      return response;
    });
  };
}

function methodIn(url: string): string | null {
  return /\/([a-z]+(?:\.[A-Za-z]+)+)$/.exec(new URL(url).pathname)?.[1] ?? null;
}

function channelIn(body: unknown): string | undefined {
  return typeof body === 'string' ? (new URLSearchParams(body).get('channel') ?? undefined) : undefined;
}

function retryAfter(response: Response): number | null {
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return Number.isNaN(seconds) ? null : seconds;
}
