import { type Fact, standingOf } from './engagement.ts';

/**
 * The ids of the answers that hang on a fact: they do something to where the engagement stands, and would do nothing
 * had the fact not been told, as a verification of an order that never was.
 */
export function hangingOn(facts: readonly Fact[], factId: string): string[] {
  const without = facts.filter(({ id }) => id !== factId);
  const later = without.filter(({ kind }) => kind === 'answer');
  return later.flatMap(({ id }) => (does(facts, id) && !does(without, id) ? [id] : []));
}

function does(facts: readonly Fact[], id: string): boolean {
  const without = facts.filter((fact) => fact.id !== id);
  return without.length === 0 || standsAs(facts) !== standsAs(without);
}

function standsAs(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const { stage, ending, asking, beside, promise, unseen, amount, returnReason, changes } = standingOf(facts);
  return JSON.stringify({ stage, ending, asking, beside, promise, unseen, amount, returnReason, changes });
}
