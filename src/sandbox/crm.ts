import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { STAGES } from '../domain/cycle/stage.ts';
import type { DealAct, HookAnswer, NewDeal, SandboxDeal } from './page/wire.ts';
import { PEOPLE } from './people.ts';

/** What a made-up CRM holds when the sandbox opens: the deal, and how many days ago it came to its stage. */
const BEGINNINGS: (Omit<SandboxDeal, 'status'> & { daysAgo: number })[] = [
  { ...deal('D-1', 'GTX Pro', 'Acme', 'U0ANA', 'close', '4514.00'), daysAgo: 2 },
  { ...deal('D-2', 'Fleet tracking', 'Brightwater', 'U0ANA', 'deliver', '12800.00'), daysAgo: 6 },
  { ...deal('D-3', 'Service plan', 'Cedar & Finch', 'U0BEN', 'develop', '2300.00'), daysAgo: 15 },
  { ...deal('D-4', 'Night-shift kit', 'Dovetail Labs', 'U0BEN', 'close', '7600.00'), daysAgo: 8 },
  { ...deal('D-5', 'First aid rooms', 'Elm Street Clinics', 'U0CHLOE', 'discover', '900.00'), daysAgo: 16 },
];

const OPEN_STAGES = STAGES.slice(0, 4);

/** A CRM that knows a few deals and tells the product of every change through its signed hook. */
export class SandboxCrm {
  readonly stages: readonly string[] = OPEN_STAGES;
  readonly #deals = new Map<string, SandboxDeal>();
  readonly #now: () => Date;
  readonly #hookUrl: string;
  readonly #webhook: Webhook;
  #lastAt = 0;

  constructor(options: { now(): Date; hookUrl: string; secret: string }) {
    this.#now = options.now;
    this.#hookUrl = options.hookUrl;
    this.#webhook = new Webhook(options.secret);
  }

  /** Tells the product of the deals there are. Throws when it does not take them. */
  async begin(): Promise<void> {
    for (const { daysAgo, ...begun } of BEGINNINGS) {
      this.#deals.set(begun.id, { ...begun, status: 'open' });
      const answer = await this.#tell(begun.id, new Date(this.#now().getTime() - daysAgo * 86_400_000));
      if (answer.status !== 202)
        throw new Error(`the deal hook answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
  }

  async deals(): Promise<SandboxDeal[]> {
    return [...this.#deals.values()];
  }

  async act(dealId: string, act: DealAct, stage?: string): Promise<HookAnswer> {
    const known = this.#deals.get(dealId);
    if (known === undefined) return { status: 404, body: { error: `there is no deal ${dealId}` } };
    if (act === 'win') this.#deals.set(dealId, { ...known, status: 'won' });
    else if (act === 'lose') this.#deals.set(dealId, { ...known, status: 'lost' });
    else this.#deals.set(dealId, { ...known, status: 'open', stage: stage ?? known.stage });
    return await this.#tell(dealId, this.#now());
  }

  async addDeal(added: NewDeal): Promise<HookAnswer> {
    const id = `D-${this.#deals.size + 1}`;
    this.#deals.set(id, { ...added, id, status: 'open' });
    return await this.#tell(id, this.#now());
  }

  async #tell(dealId: string, at: Date): Promise<HookAnswer> {
    const body = JSON.stringify(this.#event(dealId, this.#later(at)));
    const id = `msg_${randomUUID()}`;
    const signedAt = new Date();
    const response = await fetch(this.#hookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': this.#webhook.sign(id, signedAt, body),
      },
      body,
    });
    return { status: response.status, body: await response.json() };
  }

  /** Two changes in one millisecond would leave it to chance which is the later. */
  #later(at: Date): Date {
    const time = at.getTime() > this.#lastAt || at < this.#now() ? at.getTime() : this.#lastAt + 1;
    this.#lastAt = Math.max(this.#lastAt, time);
    return new Date(time);
  }

  #event(dealId: string, at: Date): object {
    const known = this.#deals.get(dealId);
    if (known === undefined) throw new Error(`there is no deal ${dealId}`);
    const { name, account, ownerId, stage, status, amount } = known;
    const owner = PEOPLE.find((person) => person.id === ownerId);
    return {
      ...{ id: `evt_${randomUUID()}`, type: 'deal.updated', occurred_at: at.toISOString() },
      deal: {
        ...{ id: dealId, name, stage, status },
        account: { name: account },
        ...(owner === undefined ? {} : { owner: { email: owner.email, name: owner.realName } }),
        ...(amount === null ? {} : { amount }),
        ...(status === 'open' ? {} : { closed_at: at.toISOString() }),
      },
    };
  }
}

function deal(id: string, name: string, account: string, ownerId: string, stage: string, value: string) {
  return { id, name, account, ownerId, stage, amount: { value, currency: 'USD' } };
}
