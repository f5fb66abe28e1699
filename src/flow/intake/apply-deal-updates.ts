import { setTimeout } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { type DealEvent, type DealKey, dealKey, takePendingUpdates } from '../../db/cycle/deal-event.ts';
import {
  type Engagement,
  insertEngagements,
  lockEngagementsOfDeals,
  recordHistories,
  standingColumns,
  updateEngagements,
} from '../../db/cycle/engagement.ts';
import { lockAccounts, markReturnsPending, placeOf } from '../../db/who/account.ts';
import {
  accountKey,
  type CalledAccount,
  type NamedAccounts,
  nameAccounts,
} from '../../db/who/account-name.ts';
import { insertJoinChanges } from '../../db/who/join-change.ts';
import { resolveOwners } from '../../db/who/owner.ts';
import { type Standing, standingOf } from '../../domain/cycle/engagement.ts';
import { ownerAlias } from '../../domain/who/owner.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import type { Spread } from '../asking/new-prompt.ts';
import { scheduleNeeds } from '../asking/schedule-needs.ts';
import { schedulePrompts, unique } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { findWhose } from './find-whose.ts';
import { bringFollowers } from './follow-names.ts';
import { asJoined, joinOrders } from './join-orders.ts';
import { readFacts } from './read-facts.ts';

const UPDATES_AT_ONCE = 2_000;
/** As many as that at once are a burst: what is still pouring in is waited for, as many together cost far less. */
const BURST = 50;
const BURST_REST_MS = 400;
/** Deals that cannot be applied are left for the sweep; with more of them than this something else is wrong. */
const SKIPPED_AT_MOST = 50;

/**
 * Takes all stored updates that are not applied yet into their engagements. A deal that fails on its own is left as
 * it is, with a line in the log, and holds up no other: the sweep comes back to it.
 */
export async function applyDealUpdates(flow: Flow, workspaceId: string): Promise<void> {
  const skipped: DealKey[] = [];
  for (let atOnce = UPDATES_AT_ONCE; ; ) {
    let taken: DealEvent[] = [];
    try {
      await inScope(flow, workspaceId, async (scope) => {
        taken = await takePendingUpdates(scope.tx, workspaceId, atOnce, skipped);
        const urgent = await applyDeals(scope, taken);
        await claimBundles(scope, urgent);
      });
      if (taken.length >= BURST) await setTimeout(BURST_REST_MS);
      if (taken.length < atOnce) return;
      atOnce = Math.min(atOnce * 2, UPDATES_AT_ONCE);
    } catch (err) {
      const [first, ...others] = taken;
      if (first === undefined || skipped.length === SKIPPED_AT_MOST) throw err;
      if (others.length > 0) {
        atOnce = Math.max(1, Math.floor(taken.length / 4));
        continue;
      }
      skipped.push(first);
      flow.log.error({ err, workspaceId, ...first }, 'a deal could not be applied; the others go on');
    }
  }
}

export interface Applying {
  /** For imported history: spreads what it asks over days, and leaves returns for planPendingReturns(). */
  spread?: Spread | undefined;
}

/** Brings the engagements of these deals to where their facts say they stand. Returns the reps with urgent prompts. */
export async function applyDeals(
  scope: Scope,
  deals: readonly DealKey[],
  how: Applying = {},
): Promise<string[]> {
  const urgent: string[] = [];
  let remaining: DealKey[] = [...new Map(deals.map((deal) => [dealKey(deal), deal])).values()];
  while (remaining.length > 0) {
    const pass = await applyOnce(scope, remaining, how);
    urgent.push(...pass.urgent);
    remaining = pass.remaining;
  }
  return unique(urgent);
}

interface Turn {
  deal: DealKey;
  standing: Standing;
  before: Engagement | undefined;
}

/** `remaining` are deals whose engagement somebody else began meanwhile: now that it is there, it can be locked. */
async function applyOnce(
  scope: Scope,
  deals: readonly DealKey[],
  how: Applying,
): Promise<{ urgent: string[]; remaining: DealKey[] }> {
  const { tx, workspaceId, now } = scope;
  // A deal deleted before anybody said whose it was leaves nothing to ask about.
  const turns = (await addUpFacts(scope, deals)).filter(({ standing }) => standing.account !== null);
  const formerIds = turns.flatMap(({ before }) => before?.accountId ?? []);
  const named = await nameAccounts(tx, workspaceId, turns.flatMap(accountsOf), formerIds, now);
  const rows = await toRows(scope, turns, named);
  const accountIds = unique([...rows.map((row) => row.accountId), ...formerIds]);
  await lockAccounts(
    tx,
    workspaceId,
    accountIds.filter((id) => !named.held.has(id)),
  );
  const inserted = await insertEngagements(
    tx,
    rows.filter((_, index) => turns[index]?.before === undefined),
  );
  const mine = turns.flatMap((turn, index) => {
    const row = rows[index];
    return row !== undefined && (turn.before !== undefined || inserted.has(row.id)) ? [{ ...turn, row }] : [];
  });
  await updateEngagements(
    tx,
    mine.flatMap(({ before, row }) => (before === undefined ? [] : [row])),
  );
  const histories = mine.map(({ row, standing, before }) => {
    return { workspaceId, engagementId: row.id, changes: standing.changes, isNew: before === undefined };
  });
  await recordHistories(tx, histories, now);
  const moved = mine.flatMap(({ before, row }) => {
    return before === undefined || before.accountId === row.accountId ? [] : [row];
  });
  await bringFollowers(scope, moved);
  if (named.changes.length > 0) {
    await insertJoinChanges(tx, workspaceId, named.changes, now);
    await scope.store.enqueue(tx, 'follow-names', { workspaceId, changes: named.changes });
  }
  const changed = new Map(mine.map(({ row }) => [row.id, row]));
  for (const row of await joinOrders(scope, accountIds)) changed.set(row.id, row);
  const urgent = await schedulePrompts(scope, [...changed.values()], { spread: how.spread });
  const handed = [...changed.values(), ...mine.flatMap(({ before }) => before ?? [])].filter(isHandedOver);
  if (handed.length > 0) await scheduleNeeds(scope, unique(handed.map((row) => row.accountId)));
  if (how.spread === undefined) await scheduleReturns(scope, accountIds);
  else await markReturnsPending(tx, workspaceId, accountIds, now);
  const done = new Set(mine.map(({ deal }) => dealKey(deal)));
  return { urgent, remaining: turns.map(({ deal }) => deal).filter((deal) => !done.has(dealKey(deal))) };
}

function isHandedOver({ handedFromId }: Engagement): boolean {
  return handedFromId !== null;
}

/** What a deal calls its account, and what it called those that it was with before. */
function accountsOf({ deal, standing }: Turn): CalledAccount[] {
  return standing.accounts.map(({ account, at }) => ({ source: deal.source, account, at }));
}

async function addUpFacts(scope: Scope, deals: readonly DealKey[]): Promise<Turn[]> {
  const { tx, workspaceId } = scope;
  const existing = await lockEngagementsOfDeals(tx, workspaceId, deals);
  const facts = await readFacts(
    scope,
    deals.map((deal) => ({ ...deal, id: existing.get(dealKey(deal))?.id })),
  );
  return deals.map((deal) => {
    const key = dealKey(deal);
    return { deal, before: existing.get(key), standing: standingOf(facts.get(key) ?? []) };
  });
}

/** What a deal's engagement begins with. */
const NOT_GROWN = { parentId: null, needId: null, sameAsId: null, sameAsHow: null };

/** The rows of the engagements as they should be, with owners found or made. */
async function toRows(scope: Scope, turns: readonly Turn[], accounts: NamedAccounts): Promise<Engagement[]> {
  const { tx, workspaceId, now } = scope;
  const { byAlias, isNews } = await resolveOwners(
    tx,
    workspaceId,
    turns.flatMap(({ standing }) => [...standing.owners, standing.owner]),
    now,
  );
  if (isNews) await scope.store.enqueue(tx, 'identify-owners', { workspaceId });
  const owned = await findWhose(
    scope,
    turns.map(({ standing }) => ({ givenId: byAlias.get(ownerAlias(standing.owner)) ?? '', standing })),
  );
  return turns.map(({ deal, standing, before }, index) => {
    const whose = owned[index];
    const account = standing.account && accounts.byKey.get(accountKey(deal.source, standing.account));
    if (account == null || whose === undefined) {
      throw new Error(`deal ${deal.dealId} of ${deal.source} has no account or no owner`);
    }
    const { id, createdAt, ...grown } = before ?? { ...NOT_GROWN, id: uuid(), createdAt: now };
    const { parentId, needId, sameAsId, sameAsHow } = grown;
    const kept = { workspaceId, id, createdAt, source: deal.source, dealId: deal.dealId };
    const place = { accountId: placeOf(account), namedAccountId: account.id };
    // What has ended stays with whose it was: nobody is asked about it.
    const { owner, handedFromId } = whose;
    const ownerId = standing.ending === null ? owner.id : owner.personId;
    const owners = { ownerId, namedOwnerId: owner.personId, handedFromId };
    const row = { ...standingColumns(standing), ...place, ...owners, parentId, needId };
    return { ...kept, ...row, sameAsId, sameAsHow, ...(sameAsId === null ? {} : asJoined(row)) };
  });
}
