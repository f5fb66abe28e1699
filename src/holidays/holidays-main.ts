import HolidayCalendar from 'date-holidays';
import type { Question } from './public-holidays.ts';

/** Whole days on which people are at home. Of the others some are half a day, some only written in calendars. */
const DAYS_OFF = ['public', 'bank'];
const HALF_A_DAY_MS = 12 * 3_600_000;
const DAY_MS = 2 * HALF_A_DAY_MS;

/** Answers one question about public holidays on the standard output, as JSON. */
const question = JSON.parse(process.argv[2] ?? '') as Question;
process.stdout.write(JSON.stringify(answer(question)));

function answer(question: Question): unknown {
  switch (question.kind) {
    case 'dates':
      return [...new Set(question.years.flatMap((year) => daysOff(question.place, year)))].sort();
    case 'countries':
      return Object.keys(new HolidayCalendar().getCountries()).sort();
    case 'regions':
      return Object.entries(new HolidayCalendar().getStates(question.country, 'en') ?? {});
  }
}

/** Some begin at sunset: theirs are the days that have their noon in them, on the clocks of the place. */
function daysOff(place: string, year: number): string[] {
  if (!isKnown(place)) throw new RangeError(`No place is called ${place}`);
  const calendar = new HolidayCalendar(place);
  const clock = clockOf(calendar.getTimezones()[0] ?? 'UTC');
  return (calendar.getHolidays(year) ?? [])
    .filter(({ type }) => DAYS_OFF.includes(type))
    .flatMap(({ start, end }) => {
      const first = Date.parse(clock.format(start.getTime() + HALF_A_DAY_MS));
      const last = Date.parse(clock.format(end.getTime() - HALF_A_DAY_MS));
      const count = Math.max(0, Math.round((last - first) / DAY_MS) + 1);
      return Array.from({ length: count }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
    });
}

/** Of a place that it does not know the library has no holidays, and says nothing. */
function isKnown(place: string): boolean {
  const [country = '', region] = place.split('-');
  const places = new HolidayCalendar();
  if (!Object.hasOwn(places.getCountries(), country)) return false;
  return region === undefined || Object.hasOwn(places.getStates(country) ?? {}, region);
}

/** Writes an instant as the date there, YYYY-MM-DD. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
}
