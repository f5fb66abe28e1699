/** How often Slack lets one workspace's app call a method. */
export interface Rate {
  callsAMinute: number;
  /** Background calls are spread over windows of so many seconds; within one they may come all at once. */
  windowSeconds: number;
}

/** What is configured differs from Slack's own numbers: calls a minute by method. */
export type ConfiguredRates = Readonly<Record<string, number>>;

/** Slack's tiers, in calls a minute and workspace. */
const TIER_2 = 20;
const TIER_3 = 50;
const TIER_4 = 100;
/** Slack promises "several hundred" a minute for a workspace, and short bursts. */
const POSTS = 600;

const CALLS_A_MINUTE: ConfiguredRates = {
  'chat.postMessage': POSTS,
  'chat.postEphemeral': TIER_4,
  'chat.update': TIER_3,
  'conversations.history': TIER_3,
  'conversations.open': TIER_3,
  'users.info': TIER_4,
  'users.list': TIER_2,
  'users.lookupByEmail': TIER_3,
  'views.open': TIER_4,
  'views.publish': TIER_4,
  'views.push': TIER_4,
  'views.update': TIER_4,
};

/** Messages, and looks for them, go out evenly; what somebody waits for may come in bursts. */
const WINDOW_SECONDS: Readonly<Record<string, number>> = {
  'chat.postMessage': 0.5,
  'conversations.history': 6,
  // Owners of whom nobody had heard mostly come together, and then not for long.
  'users.lookupByEmail': 60,
};
const WINDOW_SECONDS_OTHERWISE = 30;

/** One message a second in each channel. */
export const CHANNEL_MS = 1_000;

/** The share of each rate that background calls leave to people's own clicks. */
export const KEPT_FOR_PEOPLE = 0.2;

/** A method that nobody listed counts among the slow ones. */
export function rateOf(method: string, configured: ConfiguredRates): Rate {
  return {
    callsAMinute: configured[method] ?? CALLS_A_MINUTE[method] ?? TIER_2,
    windowSeconds: WINDOW_SECONDS[method] ?? WINDOW_SECONDS_OTHERWISE,
  };
}
