/** An account as far as names go: one that a source gives an id, or one that is known by name only. */
export interface NamedAccount {
  id: string;
  externalId: string | null;
  /** Its current name, folded by nameKey(). */
  nameKey: string;
  /** What it is part of by what people said, if anything. */
  joinsId?: string | null;
}

/**
 * The account that each account known by name only is part of: the one with an id that bears the name now, or what that
 * one is part of. Null when none does, or several do that are not one: then the name is an account of its own. Rule:
 * design.md, "Who is who".
 */
export function joinsOf(accounts: readonly NamedAccount[]): Map<string, string | null> {
  const bearers = Map.groupBy(
    accounts.filter(({ externalId }) => externalId !== null),
    ({ nameKey }) => nameKey,
  );
  const byNameOnly = accounts.filter(({ externalId }) => externalId === null);
  return new Map(
    byNameOnly.map(({ id, nameKey }) => {
      const places = (bearers.get(nameKey) ?? []).map((bearer) => bearer.joinsId ?? bearer.id);
      return [id, onlyOne(new Set(places))];
    }),
  );
}

function onlyOne(places: ReadonlySet<string>): string | null {
  const [first, ...others] = places;
  return first === undefined || others.length > 0 ? null : first;
}

/** A person says that an account is the same client as another. */
export interface SameClient {
  accountId: string;
  asId: string;
}

/**
 * The account that each account of which people said something is part of; null for one that the others are part of.
 * What was said first counts first, and each time the second account is the one that stays: so the same words in any
 * order of arrival come to the same. `said` is in the order in which it was said.
 */
export function saidJoinsOf(said: readonly SameClient[]): Map<string, string | null> {
  const above = new Map<string, string>();
  const rootOf = (id: string): string => {
    const next = above.get(id);
    return next === undefined ? id : rootOf(next);
  };
  for (const { accountId, asId } of said) {
    const [from, to] = [rootOf(accountId), rootOf(asId)];
    if (from !== to) above.set(from, to);
  }
  const all = new Set(said.flatMap(({ accountId, asId }) => [accountId, asId]));
  return new Map([...all].map((id) => [id, rootOf(id) === id ? null : rootOf(id)]));
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
