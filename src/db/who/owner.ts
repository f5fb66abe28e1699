import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { v7 as uuid } from 'uuid';
import type { OwnerRef } from '../../domain/cycle/deal-update.ts';
import { nameKey } from '../../domain/who/name.ts';
import {
  emailAlias,
  type NameBearer,
  type OwnerFacts,
  ownerAlias,
  ownerName,
} from '../../domain/who/owner.ts';
import type { Tx } from '../driver.ts';
import { repAliases, repNames, reps } from '../schema/people.ts';
import { isOneOf } from '../sql/is-one-of.ts';
import { rowsOf } from '../sql/rows-of.ts';
import type { PersonKeys } from './person.ts';
import { lockReps, type Rep } from './rep.ts';

/**
 * The row of each owner that sources name, keyed by ownerAlias(). An owner not seen before gets one without a Slack
 * user: who that is, identifyOwners() decides, as for everybody who may be somebody else now that a name is borne by
 * one more. `isNews` tells that it has to.
 */
export async function resolveOwners(
  tx: Tx,
  workspaceId: string,
  owners: readonly (OwnerRef | null)[],
  now: Date,
): Promise<{ byAlias: Map<string, string>; isNews: boolean }> {
  const named = new Map(owners.map((owner) => [ownerAlias(owner), owner]));
  const byAlias = await readAliases(tx, workspaceId, [...named.keys()]);
  const missing = [...named].filter(([key]) => !byAlias.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length > 0) {
    const rows = missing.map(([key, owner]) => ({ key, row: newOwner(workspaceId, owner, now) }));
    await insertOwners(tx, workspaceId, rows);
    for (const [key, repId] of await readAliases(
      tx,
      workspaceId,
      missing.map(([key]) => key),
    ))
      byAlias.set(key, repId);
  }
  const told = owners.flatMap((owner) => {
    const repId = byAlias.get(ownerAlias(owner));
    return owner?.email && owner.name && repId !== undefined ? [{ repId, name: owner.name.trim() }] : [];
  });
  const hasNames = await addNames(tx, workspaceId, told);
  return { byAlias, isNews: missing.length > 0 || hasNames };
}

function newOwner(workspaceId: string, owner: OwnerRef | null, now: Date): Rep {
  const unknown = { slackUserId: null, timeZone: null, promptAt: null, managerId: null, dmChannelId: null };
  const ownTime = {
    ...{ locale: null, hoursFrom: null, hoursTo: null, days: null, holidaysIn: null, daysOff: [] },
    ...{ awayFrom: null, awayUntil: null, delegateId: null, awayTurnsAt: null, valueTalksId: null },
    ...{ slowed: {}, introducedAt: null },
  };
  const undecided = { joinedTo: null, lookedUpAt: null, identifiedAt: null, news: 1 };
  const { email = null } = owner ?? {};
  return {
    ...unknown,
    ...ownTime,
    ...undecided,
    workspaceId,
    id: uuid(),
    name: ownerName(owner).trim(),
    email,
    active: true,
    createdAt: now,
  };
}

/** Where somebody else was faster, the row is taken away again: the alias leads to theirs. */
async function insertOwners(
  tx: Tx,
  workspaceId: string,
  rows: readonly { key: string; row: Rep }[],
): Promise<void> {
  await tx.insert(reps).select(
    rowsOf(
      reps,
      rows.map(({ row }) => row),
    ),
  );
  const given = rows.map(({ key, row }) => ({ workspaceId, alias: key, repId: row.id }));
  const inserted = await tx
    .insert(repAliases)
    .select(rowsOf(repAliases, given))
    .onConflictDoNothing()
    .returning({ repId: repAliases.repId });
  const kept = new Set(inserted.map(({ repId }) => repId));
  const lost = rows.map(({ row }) => row.id).filter((id) => !kept.has(id));
  if (lost.length === 0) return;
  await tx.delete(reps).where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, lost)));
}

async function readAliases(
  tx: Tx,
  workspaceId: string,
  aliases: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx
    .select()
    .from(repAliases)
    .where(and(eq(repAliases.workspaceId, workspaceId), isOneOf(repAliases.alias, aliases)));
  return new Map(rows.map((row) => [row.alias, row.repId]));
}

export async function addAlias(tx: Tx, workspaceId: string, key: string, repId: string): Promise<void> {
  await tx.insert(repAliases).values({ workspaceId, alias: key, repId }).onConflictDoNothing();
}

/** Whether a name is told of somebody for the first time: then a name alone may mean somebody else than before. */
async function addNames(
  tx: Tx,
  workspaceId: string,
  told: readonly { repId: string; name: string }[],
): Promise<boolean> {
  if (told.length === 0) return false;
  const rows = new Map(
    told.map(({ repId, name }) => {
      const row = { workspaceId, nameKey: nameKey(name), repId, name };
      return [`${row.repId}\n${row.nameKey}`, row];
    }),
  );
  const repIds = [...new Set(told.map(({ repId }) => repId))];
  for (const known of await readNames(tx, workspaceId, repIds)) {
    rows.delete(`${known.repId}\n${known.nameKey}`);
  }
  if (rows.size === 0) return false;
  const given = [...rows.values()].sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1));
  await tx.insert(repNames).select(rowsOf(repNames, given)).onConflictDoNothing();
  await nameUnmatched(tx, workspaceId, [...new Set(given.map(({ repId }) => repId))]);
  await markNews(tx, workspaceId, { emailKeys: [], nameKeys: given.map((row) => row.nameKey) });
  return true;
}

/** Whom Slack does not know is called by the first of the names that sources give, whichever came first. */
async function nameUnmatched(tx: Tx, workspaceId: string, repIds: readonly string[]): Promise<void> {
  const first = sql`(select min(${repNames.name}) from ${repNames}
    where ${repNames.workspaceId} = ${reps.workspaceId} and ${repNames.repId} = ${reps.id})`;
  await tx
    .update(reps)
    .set({ name: first })
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, repIds), isNull(reps.slackUserId)));
}

async function readNames(tx: Tx, workspaceId: string, repIds: readonly string[]) {
  return await tx
    .select()
    .from(repNames)
    .where(and(eq(repNames.workspaceId, workspaceId), isOneOf(repNames.repId, repIds)))
    .orderBy(asc(repNames.nameKey));
}

/** Every other owner who has one of these e-mails or names may be somebody else now. Returns how many there are. */
export async function markNews(
  tx: Tx,
  workspaceId: string,
  keys: PersonKeys,
  besides?: string,
): Promise<number> {
  const ids = (await findIdsLike(tx, workspaceId, keys)).filter((id) => id !== besides);
  const held = await lockReps(tx, workspaceId, ids);
  if (held.size > 0)
    await tx
      .update(reps)
      .set({ news: sql`${reps.news} + 1` })
      .where(and(eq(reps.workspaceId, workspaceId), inArray(reps.id, [...held.keys()])));
  return held.size;
}

/** Owners of whom there is news, and who have one of these e-mails or names; those with an e-mail first. */
export async function findNewsLike(tx: Tx, workspaceId: string, keys: PersonKeys): Promise<Rep[]> {
  const ids = await findIdsLike(tx, workspaceId, keys);
  return await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), isOneOf(reps.id, ids), gt(reps.news, 0)))
    .orderBy(sql`${reps.email} is null`, asc(reps.createdAt), asc(reps.id));
}

async function findIdsLike(tx: Tx, workspaceId: string, keys: PersonKeys): Promise<string[]> {
  const aliases = [...keys.emailKeys.map(emailAlias), ...keys.nameKeys.map((key) => `name:${key}`)];
  const bearers = await tx
    .select({ repId: repNames.repId })
    .from(repNames)
    .where(and(eq(repNames.workspaceId, workspaceId), isOneOf(repNames.nameKey, keys.nameKeys)));
  const named = (await readAliases(tx, workspaceId, aliases)).values();
  return [...new Set([...named, ...bearers.map(({ repId }) => repId)])];
}

/** All owners whom Slack is not known to know may be somebody now: for the first reading of its people. */
export async function markAllNews(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .update(reps)
    .set({ news: sql`${reps.news} + 1` })
    .where(and(eq(reps.workspaceId, workspaceId), isNull(reps.slackUserId)));
}

/** The news that were looked at; what came since stays. */
export async function takeNews(tx: Tx, workspaceId: string, repId: string, seen: number): Promise<void> {
  await tx
    .update(reps)
    .set({ news: sql`${reps.news} - ${seen}::int` })
    .where(and(eq(reps.workspaceId, workspaceId), eq(reps.id, repId)));
}

/** Owners of whom it is to be decided who they are; those with an e-mail first, as names hang on them. */
export async function findWithNews(
  tx: Tx,
  workspaceId: string,
  besides: ReadonlySet<string>,
  limit: number,
): Promise<Rep[]> {
  const rows = await tx
    .select()
    .from(reps)
    .where(and(eq(reps.workspaceId, workspaceId), gt(reps.news, 0)))
    .orderBy(sql`${reps.email} is null`, asc(reps.createdAt), asc(reps.id))
    .limit(limit + besides.size);
  return rows.filter(({ id }) => !besides.has(id));
}

export async function readOwnerFacts(tx: Tx, workspaceId: string, rep: Rep): Promise<OwnerFacts> {
  const rows = await tx
    .select({ alias: repAliases.alias })
    .from(repAliases)
    .where(and(eq(repAliases.workspaceId, workspaceId), eq(repAliases.repId, rep.id)))
    .orderBy(asc(repAliases.alias));
  const keysOf = (kind: string) =>
    rows.flatMap((row) => (row.alias.startsWith(kind) ? [row.alias.slice(kind.length)] : []));
  const emails = keysOf('email:');
  const own = emails.find((key) => rep.email !== null && key === nameKey(rep.email));
  const names = (await readNames(tx, workspaceId, [rep.id])).map((row) => row.nameKey);
  return { id: rep.id, emailKey: own ?? emails[0] ?? null, nameKeys: [...keysOf('name:'), ...names] };
}

/** The owners with an e-mail whom sources call by one of these names. */
export async function readBearers(
  tx: Tx,
  workspaceId: string,
  nameKeys: readonly string[],
): Promise<NameBearer[]> {
  const person = alias(reps, 'person');
  const rows = await tx
    .select({
      id: reps.id,
      nameKey: repNames.nameKey,
      own: reps.slackUserId,
      joined: person.slackUserId,
    })
    .from(repNames)
    .innerJoin(reps, and(eq(reps.workspaceId, repNames.workspaceId), eq(reps.id, repNames.repId)))
    .leftJoin(person, and(eq(person.workspaceId, reps.workspaceId), eq(person.id, reps.joinedTo)))
    .where(and(eq(repNames.workspaceId, workspaceId), isOneOf(repNames.nameKey, nameKeys)))
    .orderBy(asc(reps.id));
  return rows.map(({ own, joined, ...bearer }) => ({ ...bearer, slackUserId: own ?? joined }));
}

/** Those who were joined to one row are joined to another, as it is no longer the person's own. */
export async function rejoin(tx: Tx, workspaceId: string, fromId: string, toId: string): Promise<void> {
  await tx
    .update(reps)
    .set({ joinedTo: toId })
    .where(and(eq(reps.workspaceId, workspaceId), eq(reps.joinedTo, fromId)));
}
