import type { Fact } from './standing.ts';

/** Ids as people count: evt_9 before evt_10. */
const counting = new Intl.Collator('en', { numeric: true });

/**
 * Which of two facts comes later, as sort() wants it. At one instant (promise 3) the later status of the cycle does,
 * then the id read as people count. An answer is about what its rep saw: it comes after all but a deletion.
 */
export function byTime(a: Fact, b: Fact): number {
  return (
    a.at.getTime() - b.at.getTime() || rankOf(a) - rankOf(b) || compareIds(a.place ?? a.id, b.place ?? b.id)
  );
}

const RANKS = { begun: 0, open: 1, won: 2, told: 2, lost: 2, answer: 3, retracted: 3, deleted: 4 } as const;

function rankOf(fact: Fact): number {
  return fact.kind === 'update' ? RANKS[fact.update.status] : RANKS[fact.kind];
}

/** Never 0 for two ids that differ, though they count the same (evt_1, evt_01). */
export function compareIds(a: string, b: string): number {
  return counting.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
