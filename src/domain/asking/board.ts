/** Where an open question stands: in a message or due, on a day to come, or asked as often as it may be. */
export const BOARD_GROUPS = ['waiting', 'coming', 'quiet'] as const;
export type BoardGroup = (typeof BOARD_GROUPS)[number];
