/** Why a question was of no use to whoever was asked. */
export const NOT_USEFUL = ['wrong_client', 'wrong_time', 'already_done', 'not_mine'] as const;
export type NotUseful = (typeof NOT_USEFUL)[number];

/** A question that came at a wrong time waits twice as long for so many days. */
export const SLOWED_DAYS = 60;
