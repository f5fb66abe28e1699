/** As much of a fact as decides whether it is in force. */
interface Retractable {
  id: string;
  at: Date;
  kind: string;
  /** The fact that it takes back, or takes the place of. */
  retracts?: string | undefined;
  /** Of a fact that stands in another's place: that one's id. */
  place?: string | undefined;
}

/**
 * The facts that count, in the order given: without those that were taken back by a fact in force, whatever came in
 * first (promise 9). A fact that takes another's place stands where that one stood; of several the last holds. What
 * takes only back is done with. Facts that retract each other in a circle, which nobody can tell, all count.
 */
export function inForce<F extends Retractable>(facts: readonly F[]): F[] {
  if (facts.every(({ retracts }) => retracts === undefined)) return [...facts];
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const out = retractedAmong([...known.values()]);
  const counting = [...known.values()].filter(({ id }) => !out.has(id));
  const last = lastInPlace(counting, known);
  return counting.flatMap((fact) => {
    if (fact.retracts === undefined) return [fact];
    if (fact.kind === 'retracted') return [];
    const place = placeOf(fact, known);
    return last.get(place.id) === fact ? [{ ...fact, at: place.at, place: place.id }] : [];
  });
}

/**
 * The ids of the facts that are not in force. A fact that nothing in force retracts is in force, and what it retracts
 * is not: told until nothing more follows, so that the order of the facts does not matter.
 */
export function retractedAmong(facts: readonly Retractable[]): Set<string> {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const by = Map.groupBy(facts, (fact) => targetOf(fact, known));
  const decided = new Set<string>();
  const out = new Set<string>();
  let open = [...facts];
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    open = open.filter(({ id }) => {
      const retracting = by.get(id) ?? [];
      const isOut = retracting.some((one) => decided.has(one.id) && !out.has(one.id));
      if (!isOut && !retracting.every((one) => out.has(one.id))) return true;
      decided.add(id);
      if (isOut) out.add(id);
      return false;
    });
  }
  return out;
}

/** What takes the place of a fact that took another's place takes that one's. */
function targetOf(fact: Retractable, known: ReadonlyMap<string, Retractable>): string | undefined {
  if (fact.kind === 'retracted') return fact.retracts;
  const { id } = placeOf(fact, known);
  return id === fact.id ? fact.retracts : id;
}

/** The fact at the root of a chain of replacements. */
function placeOf<F extends Retractable>(fact: F, known: ReadonlyMap<string, F>): F {
  const seen = new Set<string>();
  let place = fact;
  while (place.kind !== 'retracted' && place.retracts !== undefined && !seen.has(place.id)) {
    seen.add(place.id);
    const before = known.get(place.retracts);
    if (before === undefined) break;
    place = before;
  }
  return place;
}

function lastInPlace<F extends Retractable>(counting: readonly F[], known: ReadonlyMap<string, F>) {
  const last = new Map<string, F>();
  for (const fact of counting) {
    if (fact.retracts === undefined || fact.kind === 'retracted') continue;
    const { id } = placeOf(fact, known);
    const other = last.get(id);
    if (other === undefined || isLater(fact, other)) last.set(id, fact);
  }
  return last;
}

function isLater(a: Retractable, b: Retractable): boolean {
  return a.at.getTime() - b.at.getTime() > 0 || (a.at.getTime() === b.at.getTime() && a.id > b.id);
}
