import { v7 as uuid } from 'uuid';
import { addAlias } from '../../db/who/owner.ts';
import { readAdmins, readPeople, type StoredPerson } from '../../db/who/person.ts';
import { findFallbackRep, findRepBySlackUser, insertMatchedRep, type Rep } from '../../db/who/rep.ts';
import { emailAlias, slackAlias } from '../../domain/who/owner.ts';
import type { Scope } from '../scope.ts';

/**
 * The admin who keeps what nobody can be asked: the first whom the environment names and who is here, else the
 * workspace's primary owner, an owner, an admin. Where none is known, another rep. Null when nobody is here at all.
 */
export async function findKeeper(scope: Scope): Promise<Rep | null> {
  const { tx, workspaceId, admins } = scope;
  const named = await readPeople(tx, workspaceId, admins);
  const inOrder = [...admins.flatMap((id) => named.get(id) ?? []), ...(await readAdmins(tx, workspaceId))];
  for (const person of inOrder) {
    const rep = person.active ? await repOf(scope, person) : null;
    if (rep?.active) return rep;
  }
  return await findFallbackRep(tx, workspaceId);
}

/** The row of somebody in Slack, made when there is none. */
export async function repOf({ tx, workspaceId, now }: Scope, person: StoredPerson): Promise<Rep> {
  const { slackUserId, timeZone, locale, email } = person;
  const known = await findRepBySlackUser(tx, workspaceId, slackUserId);
  if (known !== null) return known;
  const who = { slackUserId, timeZone, locale, email, name: shownName(person) };
  await insertMatchedRep(tx, { ...who, workspaceId, id: uuid(), createdAt: now, identifiedAt: now });
  const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
  if (rep === null) throw new Error(`the rep ${slackUserId} was not stored`);
  await addAlias(tx, workspaceId, slackAlias(slackUserId), rep.id);
  if (email !== null) await addAlias(tx, workspaceId, emailAlias(email), rep.id);
  return rep;
}

/** What to call somebody whom Slack knows. */
export function shownName({
  realName,
  displayName,
  name,
}: Pick<StoredPerson, 'realName' | 'displayName' | 'name'>): string {
  return realName || displayName || name;
}
