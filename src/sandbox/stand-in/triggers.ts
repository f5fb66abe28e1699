import type { Ids } from './ids.ts';
import { Refusal } from './refusal.ts';

interface Trigger {
  userId: string;
  /** The modal it came from, for views.push. */
  viewId?: string;
  expiresAt: number;
  used: boolean;
}

/** The short-lived, single-use leave to open a modal that comes with everything a person does. */
export class Triggers {
  #triggers = new Map<string, Trigger>();
  readonly #ids: Ids;
  readonly #lifeMs: number;

  constructor(ids: Ids, lifeMs: number) {
    this.#ids = ids;
    this.#lifeMs = lifeMs;
  }

  /** Lives in real time even where the stand-in's clock is moved: the app's work takes real time too. */
  give(userId: string, viewId?: string): string {
    const id = `${this.#ids.next('')}.${userId}.trigger`;
    const expiresAt = performance.now() + this.#lifeMs;
    this.#triggers.set(id, { userId, expiresAt, used: false, ...(viewId && { viewId }) });
    return id;
  }

  /** @throws Refusal `invalid_trigger_id`, `exchanged_trigger_id` (used before), `expired_trigger_id` */
  take(id: string): { userId: string; viewId?: string } {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (performance.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
