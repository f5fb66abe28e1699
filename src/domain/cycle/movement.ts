import type { DealUpdate } from './deal-update.ts';

/** Fields whose change moves an engagement. Dates tell when something happened, not that something did. */
const MOVING = ['status', 'stage', 'account', 'owner', 'name', 'amount'] as const;

/** The values that a deal's source gave last, by field, in an order-free form. */
export type Given = Partial<Record<(typeof MOVING)[number], string>>;

/** The values that the source has given once it has told of this update as well. */
export function givenAfter(given: Given, update: DealUpdate): Given {
  const news = MOVING.flatMap((field) =>
    update[field] === undefined ? [] : [[field, asText(update[field])]],
  );
  return { ...given, ...Object.fromEntries(news) };
}

/**
 * When an update that was told of at `at` moved something; null where it repeats what was told before, as a nightly
 * touch does. A deal moved when it was opened or closed, even if its source tells of that only now.
 */
export function movementIn(given: Given, at: Date, update: DealUpdate): Date | null {
  const after = givenAfter(given, update);
  if (MOVING.every((field) => given[field] === after[field])) return null;
  const isFirst = given.status === undefined;
  if (update.status !== 'open' && given.status !== after.status) return earliest(update.closedAt, at);
  return isFirst ? earliest(update.openedAt, at) : at;
}

function earliest(a: Date | undefined, b: Date): Date {
  return a !== undefined && a < b ? a : b;
}

function asText(value: string | object): string {
  return typeof value === 'string' ? value : JSON.stringify(Object.entries(value).sort());
}
