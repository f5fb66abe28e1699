/** PostgreSQL takes 65,535 parameters in a statement: rows are written in pieces that stay below it. */
export const ROWS_AT_ONCE = 1_000;

export function chunks<T>(rows: readonly T[], size = ROWS_AT_ONCE): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < rows.length; start += size) pieces.push(rows.slice(start, start + size));
  return pieces;
}
