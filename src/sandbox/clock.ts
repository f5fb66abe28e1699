import { type Calendar, isWorkingDay, nextPromptTime, nextWorkingTime } from '../domain/asking/workday.ts';
import type { ClockMove } from './page/wire.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HALF_HOUR_MS = HOUR_MS / 2;
const HALF_DAY_MS = DAY_MS / 2;
const MINUTE_MS = 60_000;
/** Between these hours of the day something may be due to somebody. */
const DAYTIME = { from: 7, to: 19 };
/** Where a whole month is skipped, and on days off, these times of the day must do. */
const FEW = new Set(['09:01', '09:31', '12:31', '17:01']);

/** The sandbox's movable time. It runs on like the real one, from wherever it was put. */
export class SandboxClock {
  #ahead: number;
  readonly #calendar: Calendar;

  /** Begins at `start` where that is working time, else when it next is, so that there is something to see. */
  constructor(calendar: Calendar, start: Date) {
    this.#calendar = calendar;
    const soon = new Date(start.getTime() + 5 * 60_000);
    const working = nextWorkingTime(calendar, soon);
    const begin = working.getTime() === soon.getTime() ? start : working;
    this.#ahead = begin.getTime() - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** Moves on by so many milliseconds; time does not go back. */
  forward(milliseconds: number): void {
    this.#ahead += Math.max(0, milliseconds);
  }

  /**
   * Where a move stops, the last being where it ends: a minute past each half hour of the day on the way, so that
   * what is due at 9:30 goes out at 9:31 of its own day, whatever hour its reader chose.
   */
  stops(to: ClockMove): Date[] {
    const end = this.#end(to);
    const from = Math.ceil(this.now().getTime() / HALF_HOUR_MS) * HALF_HOUR_MS + MINUTE_MS;
    const stops: Date[] = [];
    for (let at = from; at < end.getTime(); at += HALF_HOUR_MS) {
      if (this.#isStop(new Date(at), to)) stops.push(new Date(at));
    }
    return [...stops, end];
  }

  #end(to: ClockMove): Date {
    const now = this.now().getTime();
    if (to === 'hour') return new Date(now + HOUR_MS);
    if (to === 'morning') return this.#morningAfter(new Date(now));
    const days = to === 'week' ? 7 : 28;
    return this.#morningAfter(new Date(now + days * DAY_MS - HALF_DAY_MS));
  }

  /** The next time at which daily bundles go out, a minute past. */
  #morningAfter(at: Date): Date {
    return new Date(nextPromptTime(this.#calendar, at).getTime() + MINUTE_MS);
  }

  #isStop(at: Date, to: ClockMove): boolean {
    const { timeZone } = this.#calendar;
    const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
    const day = at.toLocaleDateString('en-CA', { timeZone });
    if (to === 'month' || !isWorkingDay(this.#calendar, day)) return FEW.has(time);
    const hour = Number(time.slice(0, 2));
    return hour >= DAYTIME.from && hour < DAYTIME.to;
  }
}
