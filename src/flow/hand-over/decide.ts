import { v7 as uuid } from 'uuid';
import { insertAnswer } from '../../db/cycle/answer.ts';
import type { Engagement } from '../../db/cycle/engagement.ts';
import { type HandOver, lockHandOver, readHandOver } from '../../db/cycle/hand-over.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { findRepBySlackUser, type Rep, readReps } from '../../db/who/rep.ts';
import { addUp, afterAllFacts } from '../answers/answer-engagement.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Who } from '../people/ensure-rep.ts';
import { oneOrLeaderOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { isGivers, lockDeal } from './propose.ts';
import { readHandOverView } from './read-view.ts';
import { endHandOver } from './tell.ts';
import type { HandOverView } from './views.ts';

/** What a click on a hand-over came to. */
export type Decided =
  | { kind: 'done'; handOver: HandOverView }
  /** Somebody decided before, or the deal is no longer the giver's: how it stands now. */
  | { kind: 'as_it_stands'; handOver: HandOverView }
  | { kind: 'not_theirs' }
  | { kind: 'gone' };

type Deciding = Who & { handOverId: string };

interface Open {
  handOver: HandOver;
  deal: Engagement;
  slackUserId: string;
}

/** A colleague, or who leads the giver, takes the deal on: it is theirs when this returns. `key` is of the click. */
export async function takeHandOver(flow: Flow, taking: Deciding & { key: string }): Promise<Decided> {
  return await decide(flow, taking, async (scope, { handOver, deal, slackUserId }) => {
    const rep = await askedOf(scope, slackUserId, [handOver.toId, handOver.askedId]);
    if (rep === null) return false;
    const answerId = await keepHandOver(scope, { deal, rep, key: taking.key });
    await endHandOver(scope, handOver, { ending: 'taken', by: rep, answerId });
    return true;
  });
}

/** Whoever is asked would rather not: the giver is told, and nothing else changes. */
export async function declineHandOver(flow: Flow, declining: Deciding): Promise<Decided> {
  return await decide(flow, declining, async (scope, { handOver, slackUserId }) => {
    const rep = await askedOf(scope, slackUserId, [handOver.askedId]);
    if (rep !== null) await endHandOver(scope, handOver, { ending: 'declined', by: rep });
    return rep !== null;
  });
}

/** Whoever gave or proposed it, or leads them, asks nobody any more. */
export async function withdrawHandOver(flow: Flow, withdrawing: Deciding): Promise<Decided> {
  return await decide(flow, withdrawing, async (scope, { handOver, slackUserId }) => {
    const rep = await oneOrLeaderOf(scope, slackUserId, [handOver.fromId, handOver.byId]);
    if (rep !== null) await endHandOver(scope, handOver, { ending: 'withdrawn', by: rep });
    return rep !== null;
  });
}

/** Decides on a hand-over that is open, held with its deal. `work` returns whether it was whoever asks's to decide. */
async function decide(
  flow: Flow,
  { workspaceId, slackUserId, handOverId }: Deciding,
  work: (scope: Scope, open: Open) => Promise<boolean>,
): Promise<Decided> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const seen = await readHandOver(tx, workspaceId, handOverId);
    if (seen === null) return { kind: 'gone' };
    const deal = await lockDeal(scope, seen.engagementId);
    const handOver = (await lockHandOver(tx, workspaceId, handOverId)) ?? seen;
    const giver = (await readReps(tx, workspaceId, [handOver.fromId])).get(handOver.fromId);
    const isOpen = handOver.endedAt === null;
    if (isOpen && deal !== null && isGivers(handOver, deal, giver)) {
      if (!(await work(scope, { handOver, deal, slackUserId }))) return { kind: 'not_theirs' };
      return { kind: 'done', handOver: await readNow(scope, handOver) };
    }
    if (isOpen) await endHandOver(scope, handOver, { ending: 'overtaken', by: null });
    return { kind: 'as_it_stands', handOver: await readNow(scope, handOver) };
  });
}

async function askedOf(
  { tx, workspaceId }: Scope,
  slackUserId: string,
  repIds: readonly string[],
): Promise<Rep | null> {
  const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
  return rep?.active && repIds.includes(rep.id) ? rep : null;
}

async function readNow(scope: Scope, handOver: HandOver): Promise<HandOverView> {
  const now = await readHandOver(scope.tx, scope.workspaceId, handOver.id);
  return await readHandOverView(scope, now ?? handOver);
}

/** Stores that the deal is another's, and lets all that is asked of it follow. Returns the fact's id. */
async function keepHandOver(
  scope: Scope,
  { deal, rep, key }: { deal: Engagement; rep: Rep; key: string },
): Promise<string> {
  const { tx, workspaceId, now } = scope;
  const { id: engagementId, accountId, namedOwnerId } = deal;
  const id = uuid();
  await insertAnswer(tx, {
    ...{ workspaceId, id, key, accountId, engagementId, repId: rep.id, at: afterAllFacts(deal, now) },
    fact: { answer: { kind: 'handed_over', from: namedOwnerId, to: rep.id } },
  });
  await lockAccounts(tx, workspaceId, [accountId]);
  const row = await addUp(scope, deal);
  const urgent = await schedulePrompts(scope, [row], { answerId: id });
  await scheduleNeeds(scope, [accountId]);
  await scheduleReturns(scope, [accountId]);
  await claimBundles(scope, urgent);
  return id;
}
