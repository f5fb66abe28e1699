/** The time that a test sets. It only goes forward, as time does. */
export class TestClock {
  #now: Date;

  constructor(start: Date | string) {
    this.#now = new Date(start);
  }

  readonly now = (): Date => new Date(this.#now);

  /** Moves on to `at`; an earlier instant changes nothing. */
  moveTo(at: Date | string): void {
    const to = new Date(at);
    if (to > this.#now) this.#now = to;
  }

  pass(time: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = time;
    this.moveTo(
      new Date(this.#now.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000),
    );
  }
}
