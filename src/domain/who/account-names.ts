/** An account as far as names go: one that a source gives an id, or one that is known by name only. */
export interface NamedAccount {
  id: string;
  externalId: string | null;
  /** Its current name, folded by nameKey(). */
  nameKey: string;
}

/**
 * The account that each account known by name only is part of: the one with an id that bears the name now. Null when
 * none does, or several do: then the name is an account of its own. Rule: design.md, "Who is who".
 */
export function joinsOf(accounts: readonly NamedAccount[]): Map<string, string | null> {
  const bearers = Map.groupBy(
    accounts.filter(({ externalId }) => externalId !== null),
    ({ nameKey }) => nameKey,
  );
  const byNameOnly = accounts.filter(({ externalId }) => externalId === null);
  return new Map(byNameOnly.map(({ id, nameKey }) => [id, onlyOne(bearers.get(nameKey) ?? [])]));
}

function onlyOne(bearers: readonly NamedAccount[]): string | null {
  const [first, ...others] = bearers;
  return first === undefined || others.length > 0 ? null : first.id;
}

export interface GivenName {
  name: string;
  at: Date;
}

/** Which of an account's names is its current one: the latest given; of two at the same instant the greater. */
export function currentName<N extends GivenName>(first: N, others: readonly N[]): N {
  return others.reduce((a, b) => (isLater(b, a) ? b : a), first);
}

function isLater(a: GivenName, b: GivenName): boolean {
  return a.at > b.at || (a.at.getTime() === b.at.getTime() && a.name > b.name);
}
