import { tellUntilAccepted, type WonDeal, wonEvent } from '../support/crm.ts';
import { pause } from '../support/pause.ts';
import { DEALS_SECRET } from '../support/product.ts';

export interface StormOptions {
  hookUrl: string;
  reps: number;
  /** Closes per second. */
  rate: number;
  /** No more than one close of each rep, in their order. */
  oneEach: boolean;
  chance(): number;
}

/** Closes that pour in through the signed hook, each told again until it is accepted. */
export class Storm {
  readonly accepted: string[] = [];
  /** Requests beyond the first of each close. */
  retries = 0;
  readonly #options: StormOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #underWay = new Set<Promise<void>>();
  #closes = 0;

  constructor(options: StormOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#close(), 1_000 / options.rate);
  }

  /** Resolves when each rep has had a close. */
  async all(): Promise<void> {
    while (this.#closes < this.#options.reps) await pause(100);
  }

  /** No more closes; resolves when all of them are accepted. Throws when the hook refused one. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  #close(): void {
    const { reps, oneEach, chance } = this.#options;
    if (oneEach && this.#closes === reps) return clearInterval(this.#timer);
    this.#closes += 1;
    const id = `K${this.#closes}`;
    const rep = oneEach ? this.#closes : 1 + Math.floor(chance() * reps);
    const owner = { email: `rep${rep}@example.com` };
    const telling = this.#tell({ id, account: `Client ${this.#closes}`, owner, wonAt: new Date() });
    this.#underWay.add(telling);
    telling.then(() => this.#underWay.delete(telling)).catch(() => clearInterval(this.#timer));
  }

  async #tell(deal: WonDeal): Promise<void> {
    const tries = await tellUntilAccepted(
      this.#options.hookUrl,
      DEALS_SECRET,
      `msg_${deal.id}`,
      wonEvent(deal),
    );
    this.accepted.push(deal.id);
    this.retries += tries - 1;
  }
}
