import { readAnswerFacts } from '../../db/cycle/answer.ts';
import { type DealKey, dealKey, readDealFacts } from '../../db/cycle/deal-event.ts';
import { readJoined } from '../../db/cycle/same-order.ts';
import { type Fact, toldFacts } from '../../domain/cycle/engagement.ts';
import type { Scope } from '../scope.ts';

/** An engagement of a deal, as far as its facts go. `id` is undefined while it has not begun. */
export interface FactsOf extends DealKey {
  id: string | undefined;
}

/**
 * All that is known of these deals, by dealKey(): what sources tell, what people answered, and, where a person told the
 * same order, that and what was answered to it.
 */
export async function readFacts(
  scope: Pick<Scope, 'tx' | 'workspaceId'>,
  of: readonly FactsOf[],
): Promise<Map<string, Fact[]>> {
  const { tx, workspaceId } = scope;
  const joined = await readJoined(tx, workspaceId, idsOf(of));
  const facts = await readOwnFacts(scope, of);
  if (joined.size === 0) return facts;
  const told = await readOwnFacts(scope, [...joined.values()]);
  for (const deal of of) {
    const order = deal.id === undefined ? undefined : joined.get(deal.id);
    if (order === undefined) continue;
    const key = dealKey(deal);
    facts.set(key, [...(facts.get(key) ?? []), ...toldFacts(told.get(dealKey(order)) ?? [])]);
  }
  return facts;
}

/** The same without what others told of the order. */
export async function readOwnFacts(
  { tx, workspaceId }: Pick<Scope, 'tx' | 'workspaceId'>,
  of: readonly FactsOf[],
): Promise<Map<string, Fact[]>> {
  const told = await readDealFacts(tx, workspaceId, of);
  const answered = await readAnswerFacts(tx, workspaceId, idsOf(of));
  return new Map(
    of.map((deal) => {
      const answers = deal.id === undefined ? [] : (answered.get(deal.id) ?? []);
      return [dealKey(deal), [...(told.get(dealKey(deal)) ?? []), ...answers]];
    }),
  );
}

function idsOf(of: readonly FactsOf[]): string[] {
  return of.flatMap(({ id }) => id ?? []);
}
