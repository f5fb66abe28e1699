import type { Said } from './intent.ts';

/** One way to tell the client's name from what is said of them. */
export interface Reading {
  /** As typed; empty where none was. */
  name: string;
  said: Said;
  /** It can be read otherwise, whoever is meant: it is asked back in any case. */
  isUnsure?: boolean;
}

/** The ways to read what somebody typed, the longest name first. */
export interface Readings {
  readings: Reading[];
  /** Of several names that are known the longest is meant; else it is asked which. */
  longestWins: boolean;
}
