import type { OwnerRef } from '../cycle/deal-update.ts';
import { nameKey } from './name.ts';

/** The name under which doors are kept whose owner no source has told. */
export const NO_OWNER = 'No owner yet';

/** How an owner is looked up: by Slack user, else by e-mail, else by name. */
export function ownerAlias(owner: OwnerRef | null): string {
  if (owner?.slackUserId) return slackAlias(owner.slackUserId);
  return owner?.email ? emailAlias(owner.email) : nameAlias(owner?.name || NO_OWNER);
}

export function slackAlias(slackUserId: string): string {
  return `slack:${slackUserId}`;
}

export function emailAlias(email: string): string {
  return `email:${nameKey(email)}`;
}

export function nameAlias(name: string): string {
  return `name:${nameKey(name)}`;
}

/** What to call an owner whom nobody has matched yet. */
export function ownerName(owner: OwnerRef | null): string {
  return owner?.name || owner?.email || NO_OWNER;
}

/** Who may set things right in a workspace, in Slack's eyes; the mightiest first. */
export const ROLES = ['primary_owner', 'owner', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface KnownPerson {
  slackUserId: string;
  realName: string;
  displayName: string;
  email: string | null;
  active: boolean;
  isGuest?: boolean | undefined;
}

/** What is known of an owner of deals. Keys are folded by nameKey(). */
export interface OwnerFacts {
  id: string;
  emailKey: string | null;
  /** The names told beside the e-mail; of an owner without one, the name that is all there is. */
  nameKeys: readonly string[];
}

/** Another owner with an e-mail, whom sources call by one of the names. */
export interface NameBearer {
  id: string;
  nameKey: string;
  /** The Slack user whom they are, if that is known. */
  slackUserId: string | null;
}

export type Identity =
  | { kind: 'person'; slackUserId: string; by: 'email' | 'name' }
  /** The other owner who alone bears the name. */
  | { kind: 'owner'; id: string }
  | { kind: 'nobody' };

const NOBODY: Identity = { kind: 'nobody' };

/**
 * Who an owner is: whoever in Slack has their e-mail, else whoever alone bears their name. `people` holds everybody in
 * Slack, active or not, with that e-mail or one of those names. An e-mail is an identity: two of them with one name are
 * two people, and one of somebody who left is nobody else's. A guest may well be a client who bears a rep's name: they
 * are known by e-mail only. People who left bear no name.
 */
export function identify(
  owner: OwnerFacts,
  people: readonly KnownPerson[],
  bearers: readonly NameBearer[],
): Identity {
  const others = bearers.filter(({ id }) => id !== owner.id);
  if (owner.emailKey === null) return onlyBearer(owner.nameKeys[0] ?? '', people, others);
  const withEmail = people.filter(({ email }) => email !== null && nameKey(email) === owner.emailKey);
  const [person, ...twins] = withEmail.filter(({ active }) => active);
  if (person !== undefined && twins.length === 0)
    return { kind: 'person', slackUserId: person.slackUserId, by: 'email' };
  if (withEmail.length > 0) return NOBODY;
  const found = new Set(
    owner.nameKeys.flatMap((key) => {
      const named = bearersOf(key, people).map(({ slackUserId }) => slackUserId);
      const isBorneByOthers = others.some((other) => other.nameKey === key);
      return named.length === 1 && !isBorneByOthers ? named : [];
    }),
  );
  const [slackUserId, ...more] = found;
  return slackUserId === undefined || more.length > 0 ? NOBODY : { kind: 'person', slackUserId, by: 'name' };
}

/** Whom a name alone means. */
function onlyBearer(key: string, people: readonly KnownPerson[], others: readonly NameBearer[]): Identity {
  const named = others.filter((other) => other.nameKey === key);
  const inSlack = new Set([
    ...bearersOf(key, people).map(({ slackUserId }) => slackUserId),
    ...named.flatMap(({ slackUserId }) => slackUserId ?? []),
  ]);
  const elsewhere = new Set(named.filter(({ slackUserId }) => slackUserId === null).map(({ id }) => id));
  if (inSlack.size + elsewhere.size !== 1) return NOBODY;
  const [inside] = inSlack;
  const [id] = elsewhere;
  if (inside !== undefined) return { kind: 'person', slackUserId: inside, by: 'name' };
  return id === undefined ? NOBODY : { kind: 'owner', id };
}

function bearersOf<P extends KnownPerson>(key: string, people: readonly P[]): P[] {
  return people.filter(
    ({ active, isGuest, realName, displayName }) =>
      active && !isGuest && key !== '' && [realName, displayName].map(nameKey).includes(key),
  );
}

/** A rep, as far as it matters who is asked in their place. */
export interface Askable {
  id: string;
  active: boolean;
  slackUserId: string | null;
  joinedTo: string | null;
  identifiedAt: Date | null;
  managerId: string | null;
}

/** Whether somebody can be written to in Slack. */
export function isReachable({ active, slackUserId }: Pick<Askable, 'active' | 'slackUserId'>): boolean {
  return active && slackUserId !== null;
}

/** Just told of and not looked for yet, which takes seconds: their questions wait for them. */
function isAwaited({ active, slackUserId, identifiedAt }: Askable): boolean {
  return active && slackUserId === null && identifiedAt === null;
}

/**
 * Who is asked what an owner should be asked: the person whom the owner is, else the first up the line of managers who
 * can be reached. Null where the line ends without one. `byId` holds everybody on the way.
 */
export function findAsked<R extends Askable>(owner: R, byId: ReadonlyMap<string, R>): R | null {
  const seen = new Set<string>();
  for (let named: R | undefined = owner; named !== undefined && !seen.has(named.id); ) {
    seen.add(named.id);
    const person: R = byId.get(named.joinedTo ?? '') ?? named;
    if (isReachable(person) || isAwaited(person)) return person;
    named = byId.get(person.managerId ?? named.managerId ?? '');
  }
  return null;
}
