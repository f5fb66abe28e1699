import { addDays } from './text.ts';

/** A date at the end of what a person typed ("… by 2027-01-15"), and what stands before it. */
export type TrailingDate =
  | { before: string; on: string }
  /** It is meant as a date and can't be taken for one; `why` is for the person. */
  | { before: string; why: string };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const MONTH = String.raw`(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const YEAR = String.raw`(?<year>\d{4})`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const NUMBERED = String.raw`(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.`;

/** After these words a day is a limit; after "on" it may be a version, or a rota. */
const BY = 'by|before|until';
const SHAPES = [
  ends(`${BY}|on`, String.raw`${YEAR}[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})`),
  ends(`${BY}|on`, String.raw`${NUMBERED}\s?${YEAR}`),
  ends(`${BY}|on`, String.raw`${DAY}\.?\s${MONTH}\s${YEAR}`),
  ends(`${BY}|on`, String.raw`${MONTH}\s${DAY},?\s${YEAR}`),
  ends(BY, String.raw`${DAY}\.?\s${MONTH}`),
  ends(BY, String.raw`${MONTH}\s${DAY}`),
  ends(BY, String.raw`(?<day>\d{1,2})\.\s?(?<month>\d{1,2})`),
];
const SLASHED = ends(`${BY}|on`, String.raw`(?<first>\d{1,2})/(?<second>\d{1,2})/${YEAR}`);
const SPOKEN = ends(BY, String.raw`(?:(?<next>next\s)?(?<weekday>${WEEKDAYS.join('|')})|tomorrow)`);

/**
 * Reads the date that ends a text: by 2027-01-15, by 15.1.2027, by 15 January, by Jan 15, 2027, by Friday. Without a
 * year it is the next such day from `today` on (YYYY-MM-DD). What two kinds of people read differently, "1/2/2027"
 * and "next Friday", is asked back about. Null when no date ends the text.
 */
export function readTrailingDate(text: string, today: string): TrailingDate | null {
  const line = text.trim().replace(/[.,]$/, '');
  return numbered(line, today) ?? slashed(line, today) ?? spoken(line, today);
}

function numbered(line: string, today: string): TrailingDate | null {
  for (const shape of SHAPES) {
    const found = shape.exec(line);
    if (!found?.groups) continue;
    const { date = '', year, month, name, day } = found.groups;
    const number = name === undefined ? Number(month) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    const before = line.slice(0, found.index).trim();
    return taken(before, date, onOrAfter(today, year, number, Number(day)), today);
  }
  return null;
}

function slashed(line: string, today: string): TrailingDate | null {
  const found = SLASHED.exec(line);
  if (!found?.groups) return null;
  const { date = '', first, second, year } = found.groups;
  const before = line.slice(0, found.index).trim();
  const [a, b] = [Number(first), Number(second)];
  const dayFirst = realDate(Number(year), b, a);
  const monthFirst = realDate(Number(year), a, b);
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst) {
    return {
      before,
      why: `Is ${date} meant as ${dayFirst} or as ${monthFirst}? Write it one of these ways, please.`,
    };
  }
  return taken(before, date, dayFirst ?? monthFirst, today);
}

function spoken(line: string, today: string): TrailingDate | null {
  const found = SPOKEN.exec(line);
  if (!found?.groups) return null;
  const { date = '', next, weekday } = found.groups;
  const before = line.slice(0, found.index).trim();
  if (weekday === undefined) return { before, on: addDays(today, 1) };
  const wanted = WEEKDAYS.indexOf(weekday.toLowerCase());
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  const on = addDays(today, (wanted - now + 7) % 7 || 7);
  if (next === undefined) return { before, on };
  return {
    before,
    why: `Is ${date} meant as ${on} or as ${addDays(on, 7)}? Write it one of these ways, please.`,
  };
}

function taken(before: string, date: string, on: string | null, today: string): TrailingDate {
  if (on === null) return { before, why: `There is no ${date}. Which date is it?` };
  return on < today ? { before, why: `${date} has passed. Which date is it?` } : { before, on };
}

/** That date, or where no year is named the next such day. */
function onOrAfter(today: string, year: string | undefined, month: number, day: number): string | null {
  if (year !== undefined) return realDate(Number(year), month, day);
  const thisYear = Number(today.slice(0, 4));
  // A 29 February comes within eight years.
  const years = Array.from({ length: 9 }, (_, ahead) => realDate(thisYear + ahead, month, day));
  return years.find((on) => on !== null && on >= today) ?? null;
}

function ends(after: string, shape: string): RegExp {
  return new RegExp(String.raw`(?:^|\s)(?:${after})\s+(?:the\s+)?(?<date>${shape})$`, 'i');
}

function realDate(year: number, month: number, day: number): string | null {
  const on = new Date(Date.UTC(year, month - 1, day));
  if (on.getUTCFullYear() !== year || on.getUTCMonth() !== month - 1 || on.getUTCDate() !== day) return null;
  return on.toISOString().slice(0, 10);
}
