import { DAY_MS } from '../durations.ts';
import type { Money } from '../money.ts';

/** An order as it stands after all its facts. */
export interface Order {
  id: string;
  accountId: string;
  /** The rep whom the person or the source names, whoever stands in for them. */
  repId: string;
  amount: Money | null;
  wonAt: Date;
  /** The deal is not won yet by what its source says: only a person can say that it is the order. */
  isOpen?: boolean;
}

/** A person says that the two are one order, or that they are two. */
export interface SaidOrder {
  toldId: string;
  dealId: string;
  isSame: boolean;
}

/** A person's order and the CRM deal that is the same order. */
export interface SameOrder {
  toldId: string;
  dealId: string;
  /** `likely`: the rep is to be asked; until then it counts once, with the CRM's amount. `said`: a person said so. */
  certainty: Certainty;
}

export type Certainty = 'said' | 'certain' | 'likely';

/** Days between what a person told and what the CRM says within which it can be one order. */
export const SAME_ORDER_DAYS = 30;
/** How far apart the amounts of one order can lie, in hundredths of the CRM's. */
const LIKELY_PERCENT = 10n;

/**
 * Which of the orders that people told are deals that a CRM tells too (design.md, the conversation, 8): only a
 * person's order and a CRM deal can be the same, one to one, the earliest with the earliest; certain with the same
 * account, rep, amount and currency within SAME_ORDER_DAYS, likely where an amount is missing or within 10 %. Certain
 * pairs come first. Orders at the same instant go by id, so that the order in which they come in does not matter. What
 * people said of two orders at one account (`said`, in the order in which it was said) wins over all of that, the last
 * word first.
 */
export function sameOrders(
  told: readonly Order[],
  deals: readonly Order[],
  said: readonly SaidOrder[] = [],
): SameOrder[] {
  const pairs: SameOrder[] = [];
  const isFree = (order: Order) =>
    !pairs.some((pair) => pair.toldId === order.id || pair.dealId === order.id);
  const lastWord = new Map(said.map((one) => [pairKey(one.toldId, one.dealId), one]));
  for (const { toldId, dealId, isSame } of said.toReversed().filter((one) => isLast(one, lastWord))) {
    const [order, deal] = [told.find(({ id }) => id === toldId), deals.find(({ id }) => id === dealId)];
    const isAtOne = order !== undefined && deal !== undefined && order.accountId === deal.accountId;
    if (isSame && isAtOne && isFree(order) && isFree(deal)) pairs.push({ toldId, dealId, certainty: 'said' });
  }
  const canBe = (order: Order, deal: Order) =>
    !deal.isOpen && lastWord.get(pairKey(order.id, deal.id))?.isSame !== false;
  for (const certainty of ['certain', 'likely'] as const) {
    for (const order of [...told].sort(earliestFirst).filter(isFree)) {
      const deal = [...deals]
        .sort(earliestFirst)
        .find((one) => isFree(one) && canBe(order, one) && certaintyOf(order, one) === certainty);
      if (deal !== undefined) pairs.push({ toldId: order.id, dealId: deal.id, certainty });
    }
  }
  return pairs;
}

function pairKey(toldId: string, dealId: string): string {
  return `${toldId}\n${dealId}`;
}

function isLast(said: SaidOrder, lastWord: ReadonlyMap<string, SaidOrder>): boolean {
  return lastWord.get(pairKey(said.toldId, said.dealId)) === said;
}

function earliestFirst(a: Order, b: Order): number {
  return a.wonAt.getTime() - b.wonAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** Null for two orders that cannot be the same. */
function certaintyOf(told: Order, deal: Order): Certainty | null {
  if (told.accountId !== deal.accountId || told.repId !== deal.repId) return null;
  if (Math.abs(told.wonAt.getTime() - deal.wonAt.getTime()) > SAME_ORDER_DAYS * DAY_MS) return null;
  const isEqual = told.amount !== null && deal.amount !== null && isSameAmount(told.amount, deal.amount);
  if (isEqual) return 'certain';
  return isNearAmount(told.amount, deal.amount) ? 'likely' : null;
}

function isSameAmount(a: Money, b: Money): boolean {
  return a.currency === b.currency && tenThousandths(a) === tenThousandths(b);
}

/** Whether what somebody told can be the amount that is known: within LIKELY_PERCENT of it, or one is missing. */
export function isNearAmount(told: Money | null, known: Money | null): boolean {
  if (told === null || known === null) return true;
  if (told.currency !== known.currency) return false;
  const [a, b] = [tenThousandths(told), tenThousandths(known)];
  return magnitude(a - b) * 100n <= magnitude(b) * LIKELY_PERCENT;
}

/** Exact: money has at most four digits after the point. */
function tenThousandths({ value }: Money): bigint {
  const [whole = '0', rest = ''] = value.split('.');
  return BigInt(`${whole}${rest.padEnd(4, '0')}`);
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
