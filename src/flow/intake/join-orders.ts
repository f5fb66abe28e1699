import { closePrompts, type Prompt, readOpenAbout, savePrompt } from '../../db/asking/prompt.ts';
import { dealKey } from '../../db/cycle/deal-event.ts';
import {
  type Engagement,
  recordHistories,
  standingColumns,
  updateEngagements,
} from '../../db/cycle/engagement.ts';
import { lockDealsBeside, lockTold } from '../../db/cycle/same-order.ts';
import { readJoins } from '../../db/who/join.ts';
import { type Standing, standingOf } from '../../domain/cycle/engagement.ts';
import { DAY_MS } from '../../domain/durations.ts';
import {
  type Order,
  SAME_ORDER_DAYS,
  type SaidOrder,
  type SameOrder,
  sameOrders,
} from '../../domain/who/same-order.ts';
import { redrawBundlesOf } from '../asking/redraw-bundle.ts';
import type { Scope } from '../scope.ts';
import { findWhose, givenOwnerOf } from './find-whose.ts';
import { readFacts, readOwnFacts } from './read-facts.ts';

const REACH_MS = SAME_ORDER_DAYS * DAY_MS;

/**
 * Makes one of each order that a person told and a CRM deal told too, at accounts that the caller holds: the deal's
 * engagement goes on, with what was answered and the prompt that is open; the person's ends as joined. Where facts
 * that came in later say otherwise, the two part again. Returns the engagements that stand differently now: their
 * prompts are to be planned.
 */
export async function joinOrders(scope: Scope, accountIds: readonly string[]): Promise<Engagement[]> {
  const { tx, workspaceId } = scope;
  const told = await lockTold(tx, workspaceId, accountIds);
  if (told.length === 0) return [];
  const facts = await readOwnFacts(scope, told);
  const standing = new Map(told.map((row) => [row.id, standingOf(facts.get(dealKey(row)) ?? [])]));
  const orders = told.flatMap((row) => toOrder(row, standing.get(row.id)));
  const said = await readSaid(scope, told);
  const deals = await lockDealsBeside(tx, workspaceId, {
    accountIds,
    repIds: orders.map((order) => order.repId),
    ...reachOf(orders),
    ids: [...told.flatMap((row) => row.sameAsId ?? []), ...said.map(({ dealId }) => dealId)],
  });
  const won = await readDealOrders(scope, deals, told);
  const pairs = new Map(sameOrders(orders, won, said).map((pair) => [pair.toldId, pair]));
  const changed = told.filter((row) => !isJoinedAs(row, pairs.get(row.id)));
  if (changed.length === 0) return [];
  const joined: Engagement[] = [];
  for (const row of changed) joined.push(await join(scope, row, standing.get(row.id), pairs.get(row.id)));
  await updateEngagements(tx, joined);
  await movePrompts(scope, joined);
  const touched = new Set([...changed, ...joined].flatMap((row) => row.sameAsId ?? []));
  const rebuilt = await rebuild(
    scope,
    deals.filter((deal) => touched.has(deal.id)),
    joined,
  );
  return [...joined, ...rebuilt];
}

/** When deals were won that can be one of these orders. */
function reachOf(orders: readonly Order[]): { from: Date; to: Date } {
  const times = orders.map(({ wonAt }) => wonAt.getTime());
  if (times.length === 0) return { from: new Date(0), to: new Date(0) };
  return { from: new Date(Math.min(...times) - REACH_MS), to: new Date(Math.max(...times) + REACH_MS) };
}

function toOrder(row: Engagement, standing: Standing | undefined): Order[] {
  if (standing?.wonAt == null) return [];
  const { id, accountId } = row;
  const repId = givenOwnerOf(row);
  return [{ id, accountId, repId, amount: standing.amount ?? ownAmount(row), wonAt: standing.wonAt }];
}

/** What people said of these orders and deals, oldest first. */
async function readSaid({ tx, workspaceId }: Scope, told: readonly Engagement[]): Promise<SaidOrder[]> {
  const byDeal = new Map(told.map((row) => [row.dealId, row.id]));
  const said = await readJoins(tx, workspaceId, 'same_order', { subjects: [...byDeal.keys()] });
  return said.map(({ subject, object, holds }) => {
    return { toldId: byDeal.get(subject) ?? '', dealId: object, isSame: holds };
  });
}

/**
 * The deals as orders by what their source says: what a person told of one decides nothing. One that is lost or deleted
 * is none.
 */
async function readDealOrders(
  scope: Scope,
  deals: readonly Engagement[],
  told: readonly Engagement[],
): Promise<Order[]> {
  const joined = new Set(told.flatMap((row) => row.sameAsId ?? []));
  const facts = await readOwnFacts(
    scope,
    deals.filter(({ id }) => joined.has(id)),
  );
  return deals.flatMap((row) => {
    const own = facts.get(dealKey(row));
    const { wonAt, ending } = own === undefined ? row : standingOf(own);
    if (ending === 'lost' || ending === 'deleted') return [];
    const { id, accountId, openedAt } = row;
    const repId = givenOwnerOf(row);
    const order = { id, accountId, repId, amount: ownAmount(row), wonAt: wonAt ?? openedAt };
    return [wonAt === null ? { ...order, isOpen: true } : order];
  });
}

function ownAmount({ amount: value, currency, amountIsTold }: Engagement): Order['amount'] {
  return value === null || currency === null || amountIsTold ? null : { value, currency };
}

function isJoinedAs(row: Engagement, pair: SameOrder | undefined): boolean {
  return row.sameAsId === (pair?.dealId ?? null) && row.sameAsHow === (pair?.certainty ?? null);
}

/** The person's row, joined to a deal or standing for itself again. */
async function join(
  scope: Scope,
  row: Engagement,
  standing: Standing | undefined,
  pair: SameOrder | undefined,
): Promise<Engagement> {
  if (standing === undefined) throw new Error(`the told order ${row.id} has no facts`);
  const own = { ...row, ...standingColumns(standing), ...(await ownersAfter(scope, row, standing)) };
  return pair === undefined
    ? { ...own, sameAsId: null, sameAsHow: null }
    : { ...own, ...asJoined(own), sameAsId: pair.dealId, sameAsHow: pair.certainty };
}

/** Whose an engagement is by all its facts. What has ended stays with whoever was asked, unless it changes hands. */
export async function ownersAfter(scope: Scope, row: Engagement, standing: Standing) {
  const [whose] = await findWhose(scope, [{ givenId: givenOwnerOf(row), standing }]);
  if (whose === undefined) throw new Error(`engagement ${row.id} has no owner`);
  const { owner, handedFromId } = whose;
  const stays = standing.ending !== null && row.namedOwnerId === owner.personId;
  const asked = standing.ending === null ? owner.id : owner.personId;
  return { namedOwnerId: owner.personId, handedFromId, ownerId: stays ? row.ownerId : asked };
}

/** What the row of an order says while it is joined: nothing is counted or asked twice. */
export function asJoined({ wonAt, openedAt }: Pick<Engagement, 'wonAt' | 'openedAt'>) {
  return { ending: 'joined' as const, endedAt: wonAt ?? openedAt, wonAt: null, verifiedAt: null };
}

/** What was asked about the person's order is asked about the deal from now on, in place of the deal's own prompts. */
async function movePrompts(scope: Scope, told: readonly Engagement[]): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const open = await readOpenAbout(
    tx,
    workspaceId,
    told.flatMap(({ id, sameAsId }) => [id, ...(sameAsId === null ? [] : [sameAsId])]),
  );
  const redrawn: string[] = [];
  for (const { id, sameAsId } of told) {
    if (sameAsId === null) continue;
    for (const asked of open.get(id) ?? []) {
      const overtaken = open.get(sameAsId)?.find((prompt) => isSameQuestion(prompt, asked));
      if (overtaken !== undefined) await closePrompts(tx, workspaceId, [overtaken.id], now);
      await savePrompt(tx, workspaceId, asked.id, { engagementId: sameAsId });
      redrawn.push(asked.id, ...(overtaken === undefined ? [] : [overtaken.id]));
    }
  }
  await redrawBundlesOf(scope, redrawn);
}

/** The questions of two stages are one: an engagement has one prompt for its stage. */
function isSameQuestion(a: Prompt, b: Prompt): boolean {
  return a.namedRepId === null ? b.namedRepId === null : a.question === b.question;
}

/** The deals' rows with, or without, what was told of them. They take over what the order grew from. */
async function rebuild(
  scope: Scope,
  deals: readonly Engagement[],
  told: readonly Engagement[],
): Promise<Engagement[]> {
  const { tx, workspaceId, now } = scope;
  const facts = await readFacts(scope, deals);
  const all = deals.map((deal) => ({ deal, standing: standingOf(facts.get(dealKey(deal)) ?? []) }));
  const rows: Engagement[] = [];
  for (const { deal, standing } of all) {
    const order = told.find((row) => row.sameAsId === deal.id);
    const { parentId = null, needId = null } = order ?? {};
    const owners = await ownersAfter(scope, deal, standing);
    rows.push({ ...deal, ...standingColumns(standing), ...owners, parentId, needId });
  }
  await updateEngagements(tx, rows);
  const histories = all.map(({ deal, standing }) => {
    return { workspaceId, engagementId: deal.id, changes: standing.changes, isNew: false };
  });
  await recordHistories(tx, histories, now);
  return rows;
}
