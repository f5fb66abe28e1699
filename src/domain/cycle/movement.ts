import type { DealUpdate } from './deal-update.ts';

/** Fields whose change moves an engagement. Dates tell when something happened, not that something did. */
const MOVING = ['status', 'stage', 'account', 'owner', 'name', 'amount'] as const;

/** The values that a deal's source gave last. */
export type Given = Partial<Pick<DealUpdate, (typeof MOVING)[number]>>;

/** The values that the source has given once it has told of this update as well. */
export function givenAfter(given: Given, update: DealUpdate): Given {
  return {
    status: update.status,
    stage: update.stage ?? given.stage,
    account: update.account ?? given.account,
    owner: update.owner ?? given.owner,
    name: update.name ?? given.name,
    amount: update.amount ?? given.amount,
  };
}

/**
 * When an update that was told of at `at` moved something; null where it repeats what was told before, as a nightly
 * touch does. A deal moved when it was opened or closed, even if its source tells of that only now.
 */
export function movementIn(given: Given, at: Date, update: DealUpdate): Date | null {
  if (MOVING.every((field) => update[field] === undefined || isSame(given[field], update[field])))
    return null;
  const isFirst = given.status === undefined;
  if (update.status !== 'open' && given.status !== update.status) return earliest(update.closedAt, at);
  return isFirst ? earliest(update.openedAt, at) : at;
}

function earliest(a: Date | undefined, b: Date): Date {
  return a !== undefined && a < b ? a : b;
}

type Value = string | object | undefined;

/** Whether two values of a field are one: fields of an object in any order, one left out being the same as undefined. */
export function isSame(before: Value, after: Value): boolean {
  if (typeof before !== 'object' || typeof after !== 'object') return before === after;
  return holds(before, after) && holds(after, before);
}

function holds(all: object, some: object): boolean {
  const fields = all as Record<string, unknown>;
  return Object.entries(some).every(([field, value]) => fields[field] === value);
}
