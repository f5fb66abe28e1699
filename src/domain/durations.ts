/** A day of 24 hours in milliseconds. Days on a calendar may be shorter or longer: those are workday.ts's. */
export const DAY_MS = 24 * 3_600_000;
