import { tellUntilAccepted, type WonDeal, wonEvent } from '../support/crm.ts';
import { DEALS_SECRET } from '../support/product.ts';

export interface StormOptions {
  hookUrl: string;
  reps: number;
  /** Closes per second. */
  rate: number;
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

  /** No more closes; resolves when all of them are accepted. Throws when the hook refused one. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  #close(): void {
    this.#closes += 1;
    const id = `K${this.#closes}`;
    const rep = 1 + Math.floor(this.#options.chance() * this.#options.reps);
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
