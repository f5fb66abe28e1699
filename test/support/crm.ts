import { Webhook } from 'standardwebhooks';
import { pause } from './pause.ts';

/** A won deal as a CRM knows it. The name carries the id, so that it can be read off the DM. */
export interface WonDeal {
  id: string;
  account: string;
  owner: { email: string } | { name: string };
  wonAt: Date;
  product?: string;
  amount?: string;
}

/** The event of a close; the same deal gives the same event. */
export function wonEvent({ id, account, owner, wonAt, product = 'Kit', amount = '100.00' }: WonDeal): object {
  const at = wonAt.toISOString();
  const name = `${product}, deal ${id}`;
  const money = { value: amount, currency: 'USD' };
  const deal = { id, name, account: { name: account }, owner, status: 'won', amount: money, closed_at: at };
  return { id: `evt_${id}`, type: 'deal.updated', occurred_at: at, deal };
}

export interface SignedRequest {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

/** A request to the deal hook, signed after the Standard Webhooks specification, now. */
export function signedRequest(secret: string, id: string, events: object): SignedRequest {
  const body = JSON.stringify(events);
  const signedAt = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, signedAt, body),
  };
  return { method: 'POST', headers, body };
}

/** Tells the hook, again and again until it says 202, as a CRM does. Returns how often it took. */
export async function tellUntilAccepted(
  url: string,
  secret: string,
  id: string,
  events: object,
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, signedRequest(secret, id, events)).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (answer?.status === 202) return tries;
    if (answer !== null && answer.status < 500) throw new Error(`the deal hook answered ${answer.status}`);
    await pause(200);
  }
}
