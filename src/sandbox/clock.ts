import { type Calendar, nextPromptTime, nextWorkingTime } from '../domain/asking/workday.ts';

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

  /** The next time at which daily bundles go out, a minute past. */
  nextMorning(): Date {
    return new Date(nextPromptTime(this.#calendar, this.now()).getTime() + 60_000);
  }
}
