import type { OwnerRef } from '../cycle/deal-update.ts';
import { nameKey } from './name.ts';

/** The name under which doors are kept whose owner no source has told. */
export const NO_OWNER = 'No owner yet';

/** How an owner is looked up: by e-mail first, else by name. */
export function ownerAliases(owner: OwnerRef | null): string[] {
  if (owner?.slackUserId) return [slackAlias(owner.slackUserId)];
  const aliases: string[] = [];
  if (owner?.email) aliases.push(`email:${nameKey(owner.email)}`);
  if (owner?.name) aliases.push(`name:${nameKey(owner.name)}`);
  return aliases.length > 0 ? aliases : [`name:${nameKey(NO_OWNER)}`];
}

export function slackAlias(slackUserId: string): string {
  return `slack:${slackUserId}`;
}

/** What to call an owner whom nobody has matched yet. */
export function ownerName(owner: OwnerRef | null): string {
  return owner?.name ?? owner?.email ?? NO_OWNER;
}

export interface KnownPerson {
  slackUserId: string;
  realName: string;
  displayName: string;
  email: string | null;
  active: boolean;
  isGuest?: boolean;
}

/**
 * Finds the one person whom an owner can only be: by e-mail, else by a real or display name that nobody else bears.
 * Null when nobody or more than one fits; people who left are not matched. A guest of the workspace may well be a
 * client who bears a rep's name: they are matched by e-mail only.
 */
export function ownerMatcher<P extends KnownPerson>(
  people: readonly P[],
): (owner: { name: string; email: string | null }) => P | null {
  const here = people.filter((person) => person.active);
  const byEmail = Map.groupBy(here, ({ email }) => (email === null ? null : nameKey(email)));
  const named = here
    .filter(({ isGuest }) => !isGuest)
    .flatMap((person) => namesOf(person).map((name) => ({ name, person })));
  const byName = Map.groupBy(named, ({ name }) => name);
  return ({ name, email }) => {
    const withEmail = (email === null ? undefined : byEmail.get(nameKey(email))) ?? [];
    return onlyOne(
      withEmail.length > 0 ? withEmail : (byName.get(nameKey(name)) ?? []).map(({ person }) => person),
    );
  };
}

function namesOf({ realName, displayName }: KnownPerson): string[] {
  return [...new Set([realName, displayName].map(nameKey))].filter((name) => name !== '');
}

function onlyOne<P>(people: readonly P[]): P | null {
  return people.length === 1 ? (people[0] ?? null) : null;
}

export interface Heirable {
  id: string;
  active: boolean;
  managerId: string | null;
}

/**
 * Who is asked in place of a rep: the rep while active, else the first active manager up the line, else `fallback`
 * (promise 1: a door always has an active owner). Null only when nobody is left at all.
 */
export function heirOf<R extends Heirable>(
  rep: R,
  byId: ReadonlyMap<string, R>,
  fallback: R | null,
): R | null {
  const seen = new Set<string>();
  let current: R | undefined = rep;
  while (current !== undefined && !seen.has(current.id)) {
    if (current.active) return current;
    seen.add(current.id);
    current = current.managerId === null ? undefined : byId.get(current.managerId);
  }
  return fallback;
}
