/** Which rule put a question to the rep. Shown to whoever asks why (promise 8). */
export const RULES = [
  'on_close',
  'in_stage',
  /** As long after what moved last there. */
  'since_moved',
  'named_date',
  'put_off',
  /** The rep wants it to be asked every week, or every month. */
  'weekly',
  'monthly',
  'after_verification',
  'return',
  'lost_return',
  'promise_date',
  'repair_date',
  'not_seen',
  'need_date',
  'lost_deal',
] as const;
export type Rule = (typeof RULES)[number];
