import { v7 as uuid } from 'uuid';
import { type Engagement, lockEngagements } from '../../db/cycle/engagement.ts';
import {
  findOpenHandOver,
  type HandOver,
  insertHandOver,
  readHandOver,
  saveHandOver,
} from '../../db/cycle/hand-over.ts';
import { readPeople } from '../../db/who/person.ts';
import type { Rep } from '../../db/who/rep.ts';
import { goesUpAt } from '../../domain/who/hand-over.ts';
import { isReachable } from '../../domain/who/owner.ts';
import { ensureRep, NoRepError, type Who } from '../people/ensure-rep.ts';
import { oneOrLeaderOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { readHandOverView } from './read-view.ts';
import { tellOf } from './tell.ts';
import type { HandOverView } from './views.ts';

/** Why nothing is asked of the colleague: about them, or about the deal. */
export type NotProposed = 'self' | 'theirs' | 'no_rep' | 'left' | 'not_yours' | 'gone';

export type Proposed =
  | { kind: 'proposed'; handOver: HandOverView }
  /** Somebody is asked already. */
  | { kind: 'waits'; handOver: HandOverView }
  | { kind: 'refused'; why: NotProposed };

export interface Proposing extends Who {
  engagementId: string;
  toSlackUserId: string;
  line?: string | undefined;
}

/**
 * Asks a colleague to take a deal on: stored when this returns (promise 6). The deal stays whose it is until they do.
 * Only whoever owns it now may, and who leads them.
 */
export async function proposeHandOver(flow: Flow, proposing: Proposing): Promise<Proposed> {
  const { workspaceId, slackUserId, toSlackUserId } = proposing;
  if (toSlackUserId === slackUserId) return { kind: 'refused', why: 'self' };
  const colleague = await findColleague(flow, { workspaceId, slackUserId: toSlackUserId });
  if (typeof colleague === 'string') return { kind: 'refused', why: colleague };
  return await inScope(flow, workspaceId, (scope) => propose(scope, proposing, colleague));
}

/** The colleague as a rep, or why they cannot take anything on. Nobody who left becomes a rep by it. */
async function findColleague(flow: Flow, who: Who): Promise<Rep | 'no_rep' | 'left'> {
  const { workspaceId, slackUserId } = who;
  const kept = await flow.store.read((tx) => readPeople(tx, workspaceId, [slackUserId]));
  const person = kept.get(slackUserId) ?? (await flow.slackOf(workspaceId).person(slackUserId, workspaceId));
  if (person === null) return 'no_rep';
  if (!person.active) return 'left';
  try {
    const rep = await ensureRep(flow, who);
    return isReachable(rep) ? rep : 'left';
  } catch (error) {
    if (error instanceof NoRepError) return 'no_rep';
    throw error;
  }
}

async function propose(scope: Scope, proposing: Proposing, colleague: Rep): Promise<Proposed> {
  const { tx, workspaceId, now } = scope;
  const engagement = await lockDeal(scope, proposing.engagementId);
  if (engagement === null) return { kind: 'refused', why: 'gone' };
  const { id: engagementId, namedOwnerId: fromId, ownerId } = engagement;
  const by = await oneOrLeaderOf(scope, proposing.slackUserId, [fromId, ownerId]);
  if (by === null) return { kind: 'refused', why: 'not_yours' };
  if (colleague.id === fromId || colleague.id === ownerId) return { kind: 'refused', why: 'theirs' };
  const open = await findOpenHandOver(tx, workspaceId, engagementId);
  if (open !== null) return { kind: 'waits', handOver: await readHandOverView(scope, open) };
  const id = uuid();
  const { line = null } = proposing;
  const who = { fromId, byId: by.id, toId: colleague.id, askedId: colleague.id };
  await insertHandOver(tx, { workspaceId, id, engagementId, ...who, line, proposedAt: now });
  const askedAt = await tellOf(scope, id, colleague, 'asked');
  await saveHandOver(tx, workspaceId, id, { goesUpAt: goesUpAt(calendarFor(scope, colleague), askedAt) });
  const handOver = await readHandOver(tx, workspaceId, id);
  if (handOver === null) throw new Error(`hand-over ${id} was not stored`);
  return { kind: 'proposed', handOver: await readHandOverView(scope, handOver) };
}

/**
 * The deal, held; of an order that is joined to one, that one. Null where there is none to hand on: what has ended stays
 * with whoever it ended with, and counts there.
 */
export async function lockDeal({ tx, workspaceId }: Scope, id: string): Promise<Engagement | null> {
  const held = await lockEngagements(tx, workspaceId, [id]);
  const named = held.find((row) => row.id === id);
  const deal = held.find((row) => row.id === (named?.sameAsId ?? id));
  return deal === undefined || deal.ending !== null ? null : deal;
}

/** Whether the deal is still the giver's. */
export function isGivers({ fromId }: HandOver, deal: Engagement | null, giver: Rep | undefined): boolean {
  return deal !== null && [fromId, giver?.joinedTo].includes(deal.namedOwnerId);
}
