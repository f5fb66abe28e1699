import type { Prompt } from '../../db/asking/prompt.ts';
import { findOwnAccounts } from '../../db/board.ts';
import { type Engagement, readEngagements } from '../../db/cycle/engagement.ts';
import type { Tx } from '../../db/driver.ts';
import {
  type Account,
  type FoundAccounts,
  findAccounts,
  findAccountsTyped,
  placeOf,
  readAccounts,
} from '../../db/who/account.ts';
import { readPeople } from '../../db/who/person.ts';
import { findRepBySlackUser, type Rep, readReps } from '../../db/who/rep.ts';
import type { Flow } from '../ports.ts';
import { ensureRep, type Who } from './ensure-rep.ts';

/** Who may what. Every verb that shows something or takes something asks here. */

/** A rep who asks for something. */
export interface Reader {
  rep: Rep;
  /** Let into the workspace for a channel or some: they know of their own accounts only. */
  isGuest: boolean;
}

/** Throws a NoRepError for whoever is no rep and cannot become one. */
export async function readerOf(flow: Flow, who: Who): Promise<Reader> {
  const { workspaceId, slackUserId } = who;
  const rep = await ensureRep(flow, who);
  const kept = await flow.store.read((tx) => readPeople(tx, workspaceId, [slackUserId]));
  const known = kept.get(slackUserId);
  if (known !== undefined) return { rep, isGuest: known.guest };
  const person = await flow.slackOf(workspaceId).person(slackUserId, workspaceId);
  return { rep, isGuest: person === null || person.isGuest === true };
}

/** Of some accounts those that somebody may know of: all, but for a guest only where they own or owned a deal. */
async function readable(tx: Tx, { rep, isGuest }: Reader, accounts: readonly Account[]): Promise<Account[]> {
  if (!isGuest) return [...accounts];
  const ids = accounts.map(({ id }) => id);
  const own = await findOwnAccounts(tx, rep.workspaceId, rep.id, ids);
  return accounts.filter(({ id }) => own.has(id));
}

/** Accounts by name, as somebody may know of them. */
export async function findReadable(
  tx: Tx,
  reader: Reader,
  name: string,
  limit: number,
): Promise<FoundAccounts> {
  const { exact, near } = await findAccounts(tx, reader.rep.workspaceId, name, limit);
  return { exact: await readable(tx, reader, exact), near: await readable(tx, reader, near) };
}

/** The account of that id as somebody may know of it, or the one it is part of now; null for any other. */
export async function readReadable(tx: Tx, reader: Reader, id: string): Promise<Account | null> {
  const { workspaceId } = reader.rep;
  const named = (await readAccounts(tx, workspaceId, [id])).get(id);
  if (named === undefined) return null;
  const place = (await readAccounts(tx, workspaceId, [placeOf(named)])).get(placeOf(named));
  const [account] = await readable(tx, reader, place === undefined ? [] : [place]);
  return account ?? null;
}

/** Accounts whose name begins as somebody typed, as they may know of them. */
export async function findReadableTyped(
  tx: Tx,
  reader: Reader,
  typed: string,
  limit: number,
): Promise<Account[]> {
  return await readable(tx, reader, await findAccountsTyped(tx, reader.rep.workspaceId, typed, limit));
}

/**
 * The rep behind a Slack user, where they may see and answer a prompt: whoever is asked, whose question it is, whom the
 * source names as the owner, and whoever leads one of them, up the line. Null for everybody else.
 */
export async function answererOf(
  { tx, workspaceId }: { tx: Tx; workspaceId: string },
  slackUserId: string,
  prompt: Prompt,
): Promise<Rep | null> {
  const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
  if (rep === null) return null;
  const { engagementId } = prompt;
  const engagements = await readEngagements(tx, workspaceId, engagementId === null ? [] : [engagementId]);
  const owners = [...engagements.values()].flatMap(({ ownerId, namedOwnerId }) => [ownerId, namedOwnerId]);
  const whose = [prompt.repId, prompt.askedForId, prompt.namedRepId].filter((id) => id !== null);
  const line = await readLine(tx, workspaceId, [...whose, ...owners]);
  return line.has(rep.id) ? rep : null;
}

/** The rep behind a Slack user, where one of these is they, or is led by them, up the line. Null for everybody else. */
export async function oneOrLeaderOf(
  { tx, workspaceId }: { tx: Tx; workspaceId: string },
  slackUserId: string,
  repIds: readonly string[],
): Promise<Rep | null> {
  const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
  const line = rep === null ? new Set<string>() : await readLine(tx, workspaceId, repIds);
  return rep !== null && line.has(rep.id) ? rep : null;
}

/** Whether a rep is another, or leads them, up the line. */
export async function leads(
  { tx, workspaceId }: { tx: Tx; workspaceId: string },
  repId: string,
  ledId: string,
): Promise<boolean> {
  return (await readLine(tx, workspaceId, [ledId])).has(repId);
}

/**
 * The rep behind a Slack user, where they may put right what somebody told: whoever told it, whoever is asked about it
 * now, and whoever leads one of them, up the line. Null for everybody else.
 */
export async function correctorOf(
  { tx, workspaceId }: { tx: Tx; workspaceId: string },
  slackUserId: string,
  told: {
    repId: string;
    engagement: Pick<Engagement, 'ownerId' | 'namedOwnerId'> | null;
    /** Whom it concerns as much: of a hand-over, who gave and who took. */
    concerns?: readonly string[];
  },
): Promise<Rep | null> {
  const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
  if (rep === null) return null;
  const { repId, engagement, concerns = [] } = told;
  const owners = engagement === null ? [] : [engagement.ownerId, engagement.namedOwnerId];
  const line = await readLine(tx, workspaceId, [repId, ...owners, ...concerns]);
  return line.has(rep.id) ? rep : null;
}

/** These reps, and everybody who leads them, up the line. */
async function readLine(tx: Tx, workspaceId: string, repIds: readonly string[]): Promise<Set<string>> {
  const line = new Set(repIds);
  let next = [...line];
  while (next.length > 0) {
    const reps = await readReps(tx, workspaceId, next);
    // Whoever leads them may be known by more than one name.
    const above = [...reps.values()].flatMap(({ managerId, joinedTo }) =>
      [managerId ?? [], joinedTo ?? []].flat(),
    );
    next = [...new Set(above)].filter((id) => !line.has(id));
    for (const id of next) line.add(id);
  }
  return line;
}
