import type { Holidays, Log } from '../ports.ts';

/** What is planned may lie a year ahead and wait for a working day there; what was asked lies back. */
const YEARS = { back: 1, ahead: 2 };
/** How long a place that nobody could tell about counts as one without holidays. */
const TRY_AGAIN_MS = 600_000;

/** The holidays of a place are not at hand: load them, and begin anew. */
export class HolidaysNeededError extends Error {
  readonly place: string;
  constructor(place: string) {
    super(`the holidays of ${place} are not at hand`);
    this.name = 'HolidaysNeededError';
    this.place = place;
  }
}

interface Page {
  dates: ReadonlySet<string>;
  /** The year in which it was written. */
  year: number;
  /** Null for a page that holds. */
  againAt: number | null;
}

/** The public holidays of the places where reps work, each looked up when it is first needed, and each new year. */
export class HolidayBook {
  readonly #source: Holidays;
  readonly #log: Log;
  readonly #pages = new Map<string, Page>();
  #countries: Promise<string[]> | undefined;
  readonly #loading = new Map<string, Promise<void>>();

  constructor(source: Holidays, log: Log) {
    this.#source = source;
    this.#log = log;
  }

  /** The dates of a place (`DE-BY`) as they are known at `now`. Throws a HolidaysNeededError. */
  of(place: string, now: Date): ReadonlySet<string> {
    const page = this.#pages.get(place);
    const isPast = page?.againAt != null && page.againAt <= now.getTime();
    if (page === undefined || page.year !== now.getUTCFullYear() || isPast)
      throw new HolidaysNeededError(place);
    return page.dates;
  }

  /** Looks a place up, once for all who ask. A place that cannot be looked up has no holidays for a while. */
  async load(place: string, now: Date): Promise<void> {
    const loading = this.#loading.get(place) ?? this.#read(place, now);
    this.#loading.set(place, loading);
    await loading.finally(() => this.#loading.delete(place));
  }

  /** The countries that are known, and the regions of one: looked up for whoever chooses. */
  async countries(): Promise<string[]> {
    const reading = this.#countries ?? this.#source.countries();
    this.#countries = reading;
    reading.catch(() => {
      this.#countries = undefined;
    });
    return await reading;
  }

  async regions(country: string): Promise<{ code: string; name: string }[]> {
    return await this.#source.regions(country);
  }

  /** Some thirty countries keep holidays that nobody has written down for us. */
  async #isUnknown(place: string): Promise<boolean> {
    const [country = ''] = place.split('-');
    const known = await this.countries().catch(() => null);
    return known !== null && !known.includes(country);
  }

  async #read(place: string, now: Date): Promise<void> {
    const year = now.getUTCFullYear();
    const years = Array.from({ length: YEARS.back + 1 + YEARS.ahead }, (_, n) => year - YEARS.back + n);
    try {
      const dates = await this.#source.dates(place, years);
      this.#pages.set(place, { dates: new Set(dates), year, againAt: null });
    } catch (err) {
      if (await this.#isUnknown(place)) {
        this.#log.warn({ place }, 'no public holidays are known there');
        this.#pages.set(place, { dates: new Set(), year, againAt: null });
        return;
      }
      this.#log.error({ err, place }, 'the holidays of a place could not be looked up; trying again later');
      const dates = this.#pages.get(place)?.dates ?? new Set<string>();
      this.#pages.set(place, { dates, year, againAt: now.getTime() + TRY_AGAIN_MS });
    }
  }
}
