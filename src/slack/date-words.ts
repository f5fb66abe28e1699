/** A date at the end of what a person typed ("… by 2027-01-15"), and what stands before it. */
export type TrailingDate = { before: string; on: string } | { before: string; wrong: string };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = String.raw`(?<name>(?:${MONTHS.join('|')})[a-z]*)\.?`;
const YEAR = String.raw`(?<year>\d{4})`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const SHAPES = [
  String.raw`${YEAR}[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`,
  String.raw`(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?${YEAR}`,
  String.raw`${DAY}\.?\s${MONTH}\s${YEAR}`,
  String.raw`${MONTH}\s${DAY},?\s${YEAR}`,
].map((shape) => new RegExp(String.raw`(?:^|\s)(?:by|before|until|on)\s+(?:the\s+)?(?<date>${shape})$`, 'i'));

/**
 * Reads the date that ends a text: by 2027-01-15, by 15.1.2027, by 15 January 2027, by Jan 15, 2027. The year is
 * needed, and 15/01/2027 is left alone: half of the world reads it otherwise. Null when no date ends the text.
 */
export function readTrailingDate(text: string): TrailingDate | null {
  const line = text.trim().replace(/[.,]$/, '');
  for (const shape of SHAPES) {
    const found = shape.exec(line);
    if (!found?.groups) continue;
    const { date = '', year, month, name, day } = found.groups;
    const number = name === undefined ? Number(month) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    const on = realDate(Number(year), number, Number(day));
    const before = line.slice(0, found.index).trim();
    return on === null ? { before, wrong: date } : { before, on };
  }
  return null;
}

function realDate(year: number, month: number, day: number): string | null {
  const on = new Date(Date.UTC(year, month - 1, day));
  if (on.getUTCFullYear() !== year || on.getUTCMonth() !== month - 1 || on.getUTCDate() !== day) return null;
  return on.toISOString().slice(0, 10);
}
