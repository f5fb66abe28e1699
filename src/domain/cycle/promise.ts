/** What the client was told the order would bring them. */
export interface KeptPromise {
  /** In the words in which it was promised. */
  words: string;
  /** Local date (YYYY-MM-DD) by which it was promised. */
  by?: string | undefined;
  /** A measure of it: an exact decimal and its unit, "3" "hours a week". */
  measure?: Measure | undefined;
}

/** What will be done about a promise that the client does not see kept yet. */
export interface Repair {
  /** What was said of it; some say only the day. */
  what?: string | undefined;
  /** Local date (YYYY-MM-DD) on which the client is asked again. */
  by?: string | undefined;
}

export interface Measure {
  value: string;
  unit: string;
}
