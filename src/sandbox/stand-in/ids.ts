/** Ids from counters and strictly increasing message times, so that the same acts give the same records. */
export class Ids {
  #counts = new Map<string, number>();
  #lastMicros = 0;
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  now(): Date {
    return new Date(this.#clock());
  }

  /** `next('V')` → `V0000000001`, `V0000000002`, … */
  next(prefix: string): string {
    return prefix + String(this.#count(prefix)).padStart(10, '0');
  }

  /** A message time: seconds and microseconds. Later than every one before, even where the clock went back. */
  ts(): string {
    const micros = Math.max(this.#clock().getTime() * 1000, this.#lastMicros + 1);
    this.#lastMicros = micros;
    return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
  }

  /** A view's hash: changes with every version of it. */
  hash(): string {
    return `${Math.floor(this.#clock().getTime() / 1000)}.${String(this.#count('hash')).padStart(8, '0')}`;
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }
}
