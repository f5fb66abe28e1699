import { and, asc, eq, getTableColumns, isNotNull, lt, or, sql } from 'drizzle-orm';
import { nameKey } from '../../domain/who/name.ts';
import { type KnownPerson, ROLES, type Role } from '../../domain/who/owner.ts';
import type { Tx } from '../driver.ts';
import { people, workspaces } from '../schema/people.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { rowsOf } from '../sql/rows-of.ts';

export type StoredPerson = typeof people.$inferSelect;

/** What Slack tells of somebody. */
export interface ToldPerson extends KnownPerson {
  name: string;
  timeZone: string | null;
  role?: Role | null | undefined;
  /** Undefined where Slack did not say. */
  locale?: string | null | undefined;
}

/** How to look for somebody: by any of these e-mails or names, folded. */
export interface PersonKeys {
  emailKeys: readonly string[];
  nameKeys: readonly string[];
}

export async function readPeople(
  tx: Tx,
  workspaceId: string,
  slackUserIds: readonly string[],
): Promise<Map<string, StoredPerson>> {
  const rows = await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), isOneOf(people.slackUserId, slackUserIds)));
  return new Map(rows.map((row) => [row.slackUserId, row]));
}

/** Writes what Slack says of people now. */
export async function savePeople(
  tx: Tx,
  workspaceId: string,
  persons: readonly ToldPerson[],
  now: Date,
): Promise<void> {
  if (persons.length === 0) return;
  const rows = persons
    .map((person) => rowOf(workspaceId, person, now))
    .sort((a, b) => (a.slackUserId < b.slackUserId ? -1 : 1));
  const columns = Object.entries(getTableColumns(people));
  const told = columns.map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)] as const);
  const set = { ...Object.fromEntries(told), locale: sql`coalesce(excluded.locale, ${people.locale})` };
  await tx
    .insert(people)
    .select(rowsOf(people, rows))
    .onConflictDoUpdate({ target: [people.workspaceId, people.slackUserId], set });
}

function rowOf(workspaceId: string, person: ToldPerson, now: Date): StoredPerson {
  const { slackUserId, name, realName, displayName, email, timeZone, active, isGuest, role, locale } = person;
  return {
    workspaceId,
    slackUserId,
    name,
    realName,
    displayName,
    email,
    realNameKey: nameKey(realName),
    displayNameKey: nameKey(displayName),
    emailKey: email === null ? null : nameKey(email),
    timeZone,
    active,
    guest: isGuest ?? false,
    role: role ?? null,
    locale: locale ?? null,
    updatedAt: now,
  };
}

/** By what an owner may turn out to be this person. */
export function keysOfPerson(person: StoredPerson | ToldPerson): PersonKeys {
  const names = [person.realName, person.displayName].map(nameKey).filter((key) => key !== '');
  return { emailKeys: person.email === null ? [] : [nameKey(person.email)], nameKeys: names };
}

/** Everybody, also of those who left, with one of these e-mails or names. */
export async function findPeople(
  tx: Tx,
  workspaceId: string,
  { emailKeys, nameKeys }: PersonKeys,
): Promise<StoredPerson[]> {
  return await tx
    .select()
    .from(people)
    .where(
      and(
        eq(people.workspaceId, workspaceId),
        or(
          isOneOf(people.emailKey, emailKeys),
          isOneOf(people.realNameKey, nameKeys),
          isOneOf(people.displayNameKey, nameKeys),
        ),
      ),
    )
    .orderBy(asc(people.slackUserId));
}

/** Those who may set things right, the mightiest first. */
export async function readAdmins(tx: Tx, workspaceId: string): Promise<StoredPerson[]> {
  const rows = await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), isNotNull(people.role), eq(people.active, true)))
    .orderBy(asc(people.slackUserId));
  const rank = ({ role }: StoredPerson) => (role === null ? ROLES.length : ROLES.indexOf(role));
  return rows.sort((a, b) => rank(a) - rank(b));
}

/** Slack does not know them, or tells no more of them: they count as gone. */
export async function markGone(tx: Tx, workspaceId: string, slackUserId: string): Promise<void> {
  await tx
    .update(people)
    .set({ active: false })
    .where(and(eq(people.workspaceId, workspaceId), eq(people.slackUserId, slackUserId)));
}

/** People whom a reading that began `since` did not come across. */
export async function findUnread(tx: Tx, workspaceId: string, since: Date): Promise<StoredPerson[]> {
  return await tx
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.active, true), lt(people.updatedAt, since)));
}

export interface Reading {
  readAt: Date | null;
  cursor: string | null;
  since: Date | null;
}

/** How far the reading of all people is. */
export async function readReading(tx: Tx, workspaceId: string): Promise<Reading> {
  const [row] = await tx
    .select({
      readAt: workspaces.peopleReadAt,
      cursor: workspaces.peopleCursor,
      since: workspaces.peopleReadSince,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row ?? { readAt: null, cursor: null, since: null };
}

export async function saveReading(tx: Tx, workspaceId: string, reading: Partial<Reading>): Promise<void> {
  const { readAt, cursor, since } = reading;
  await tx
    .update(workspaces)
    .set({
      ...(readAt === undefined ? {} : { peopleReadAt: readAt }),
      ...(cursor === undefined ? {} : { peopleCursor: cursor }),
      ...(since === undefined ? {} : { peopleReadSince: since }),
    })
    .where(eq(workspaces.id, workspaceId));
}
