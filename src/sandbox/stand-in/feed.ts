import type { StandInChange } from './types.ts';

/** Tells listeners what changed, and wakes those who wait for a condition. */
export class Feed {
  #listeners = new Set<(change: StandInChange) => void>();
  #waiters = new Set<() => void>();

  onChange(listener: (change: StandInChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(change: StandInChange): void {
    for (const listener of this.#listeners) listener(change);
    this.stirred();
  }

  /** Something happened that nobody sees, such as a call: waiting probes look again. */
  stirred(): void {
    for (const look of this.#waiters) look();
  }

  /**
   * @param what said in the error when it never comes true
   * @param story called then, for what happened instead
   */
  until<T>(
    what: string,
    probe: () => T | undefined | null | false,
    timeoutMs: number,
    story: () => string,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiters.delete(look);
      };
      const look = () => {
        try {
          const found = probe();
          if (!found) return;
          finish();
          resolve(found);
        } catch (error) {
          finish();
          reject(error);
        }
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`Waited ${timeoutMs} ms in vain for: ${what}\n${story()}`));
      }, timeoutMs);
      this.#waiters.add(look);
      look();
    });
  }
}
