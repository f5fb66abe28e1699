import { Temporal } from 'temporal-polyfill';

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** Dates repeat: a year has 365 of them, a file a million. */
const REMEMBERED = 10_000;

/**
 * Reads dates as files have them: a local date is the first instant of that day, a time without an offset is local,
 * both in `timeZone` (IANA). Null for what is neither (`31/12/2017` could be two days, elsewhere).
 */
export function dateReader(timeZone: string): (text: string) => Date | null {
  const remembered = new Map<string, Date | null>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const date = readDate(text, timeZone);
    remembered.set(text, date);
    return date;
  };
}

function readDate(text: string, timeZone: string): Date | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const iso = text.replace(/\s+(?=\d)/, 'T').replace(/\s+/g, '');
  try {
    const instant =
      match[1] === undefined ? startOf(iso, timeZone) : Temporal.Instant.from(iso).epochMilliseconds;
    return new Date(instant);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function startOf(iso: string, timeZone: string): number {
  const local = iso.includes('T') ? Temporal.PlainDateTime.from(iso) : Temporal.PlainDate.from(iso);
  return local.toZonedDateTime(timeZone).epochMilliseconds;
}
