import { v7 as uuid } from 'uuid';
import { readOpenAbout, splitOpen } from '../../db/asking/prompt.ts';
import { readOpenBeforeOrder } from '../../db/board.ts';
import { insertAnswer } from '../../db/cycle/answer.ts';
import { dealKey, insertDealEvents } from '../../db/cycle/deal-event.ts';
import { type Engagement, lockEngagement, lockEngagementsOfDeals } from '../../db/cycle/engagement.ts';
import { readOrders } from '../../db/cycle/same-order.ts';
import { type Account, findAccounts, lockAccounts, readAccounts } from '../../db/who/account.ts';
import { insertJoin } from '../../db/who/join.ts';
import { addAlias } from '../../db/who/owner.ts';
import {
  type AccountRef,
  type DealUpdate,
  PEOPLE_SOURCES,
  TYPED_SOURCE,
} from '../../domain/cycle/deal-update.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import { slackAlias } from '../../domain/who/owner.ts';
import { isNearAmount, SAME_ORDER_DAYS } from '../../domain/who/same-order.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { redrawBundlesOf } from '../asking/redraw-bundle.ts';
import { schedulePrompts } from '../asking/schedule-prompts.ts';
import { wantHomeOf } from '../home/want-homes.ts';
import { applyDeals } from '../intake/apply-deal-updates.ts';
import { joinOrders } from '../intake/join-orders.ts';
import type { Who } from '../people/ensure-rep.ts';
import { type Reader, readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { readPromptViews, toEngagementView, toMoney } from '../show/prompt-view.ts';
import type { DoorView, OrderView, PromptView, SuggestedAccount } from '../show/views.ts';
import { addUp } from './answer-engagement.ts';
import type { Refusal } from './answering.ts';
import { type Client, findClient } from './find-account.ts';
import { receiveAnswer } from './receive-answer.ts';

export type Declared =
  | {
      kind: 'taken';
      account: { id: string; name: string };
      amount: Money | null;
      prompt: PromptView | null;
      /** Nobody had heard of the account before. */
      isNew: boolean;
      /** It was known, with another amount. */
      isMended: boolean;
    }
  /** It isn't known who is meant. Nothing was stored. */
  | { kind: 'unknown'; near: SuggestedAccount[] }
  /** It may be a deal of the rep's that is open, an order that is known, or another. Nothing was stored. */
  | { kind: 'which'; account: { id: string; name: string }; open: DoorView[]; orders: OrderView[] }
  /** The same order, with nothing new said about it. */
  | { kind: 'already_in'; account: { id: string; name: string } }
  /** A guest tells of orders only where they have a deal. */
  | { kind: 'not_for_guests' }
  | { kind: 'refused'; why: Refusal };

/** Which order somebody means: an open deal of theirs, one that is in already, or one that nobody knows yet. */
export type MeantOrder =
  | { kind: 'open'; promptId: string }
  | { kind: 'same'; engagementId: string }
  | { kind: 'another' };

export interface WonWords {
  client: Client;
  amount?: Money | undefined;
  /** Where they were asked which order it is. */
  order?: MeantOrder | undefined;
  /** The same for the same typing. */
  key: string;
}

/**
 * A rep says that an order is in. It is the one deal that they have open there where nothing speaks against it, and a
 * new one where they have neither a deal nor an order of late; else they are asked. Only their own word makes an
 * account new, or another order of what may be one that is known.
 */
export async function declareWon(flow: Flow, said: Who & WonWords): Promise<Declared> {
  const reader = await readerOf(flow, said);
  const found = await flow.store.read((tx) => findClient(tx, reader, said.client));
  if (found.kind === 'unknown' && reader.isGuest) return { kind: 'not_for_guests' };
  if (found.kind === 'unknown') return found;
  if (found.kind === 'new') return await takeOrder(flow, reader, said, { name: found.name }, true);
  const { account } = found;
  const { order = await onlyOrder(flow, reader, said, account) } = said;
  if (order.kind === 'open') return await winOpen(flow, said, account, order.promptId);
  if (order.kind === 'same') return await mendOrder(flow, reader, said, account, order.engagementId);
  if (order.kind === 'another') return await takeOrder(flow, reader, said, refOf(account), false);
  return order;
}

/** What the order can only be; or between what the rep has to choose. */
async function onlyOrder(
  flow: Flow,
  reader: Reader,
  { workspaceId, amount, key }: Who & WonWords,
  { id, name }: Account,
): Promise<MeantOrder | Extract<Declared, { kind: 'which' }>> {
  const { rep } = reader;
  const since = monthBefore(flow.now());
  return await flow.store.read(async (tx) => {
    const doors = await readOpenBeforeOrder(tx, workspaceId, id);
    const open = doors.filter(({ repId }) => repId === rep.id);
    const known = await readOrders(tx, workspaceId, { accountId: id, repId: rep.id, since });
    // Typed once and told twice: it is the order that it began.
    if (known.some((one) => one.dealId === key)) return { kind: 'another' };
    const orders = known.map(toOrderView);
    const [only, ...others] = open;
    if (only === undefined && orders.length === 0) return { kind: 'another' };
    const isClear = others.length === 0 && orders.length === 0;
    if (only !== undefined && isClear && isNearAmount(amount ?? null, only.engagement?.amount ?? null))
      return { kind: 'open', promptId: only.promptId };
    return { kind: 'which', account: { id, name }, open, orders };
  });
}

function toOrderView(row: Engagement): OrderView {
  return { ...toEngagementView(row), wonAt: row.wonAt ?? row.openedAt };
}

async function winOpen(
  flow: Flow,
  { workspaceId, slackUserId, amount, key }: Who & WonWords,
  { id, name }: Account,
  promptId: string,
): Promise<Declared> {
  const answer = { kind: 'won' as const, amount };
  const answered = await receiveAnswer(flow, { workspaceId, slackUserId, promptId, key, answer });
  if (answered.kind === 'refused') return answered;
  const told = { account: { id, name }, amount: amount ?? null, prompt: answered.next };
  return { kind: 'taken', ...told, isNew: false, isMended: false };
}

/** The order is known: only its amount may be news. */
async function mendOrder(
  flow: Flow,
  { rep }: Reader,
  { workspaceId, amount, key }: Who & WonWords,
  { id: accountId, name }: Account,
  engagementId: string,
): Promise<Declared> {
  const account = { id: accountId, name };
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const order = await lockEngagement(tx, workspaceId, engagementId);
    const isTheirs = order?.accountId === accountId && [order.ownerId, order.namedOwnerId].includes(rep.id);
    if (order === null || !isTheirs) return { kind: 'refused', why: 'gone' };
    if (amount === undefined || isSameAmount(toMoney(order.amount, order.currency), amount))
      return { kind: 'already_in', account };
    const fact = { answer: { kind: 'won' as const, amount } };
    const place = { workspaceId, accountId, engagementId };
    await insertAnswer(tx, { ...place, id: uuid(), key, repId: rep.id, at: now, fact });
    await lockAccounts(tx, workspaceId, [accountId]);
    const row = await addUp(scope, order);
    const joined = await joinOrders(scope, [accountId]);
    const rows = new Map([row, ...joined].map((one) => [one.id, one]));
    await claimBundles(scope, await schedulePrompts(scope, [...rows.values()]));
    const prompt = await readPromptOf(scope, engagementId);
    if (prompt !== null) await redrawBundlesOf(scope, [prompt.promptId]);
    return { kind: 'taken', account, amount, prompt, isNew: false, isMended: true };
  });
}

function isSameAmount(known: Money | null, told: Money): boolean {
  return known !== null && formatMoney(known) === formatMoney(told);
}

/** A name may lead to another account by the time the order is taken; an id does not. */
function refOf({ name, source, externalId }: Account): AccountRef {
  return source === null || externalId === null ? { name } : { name, source, id: externalId };
}

async function takeOrder(
  flow: Flow,
  { rep }: Reader,
  { workspaceId, slackUserId, amount, key }: Who & WonWords,
  account: AccountRef,
  isNew: boolean,
): Promise<Declared> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    await addAlias(tx, workspaceId, slackAlias(slackUserId), rep.id);
    const deal = { source: TYPED_SOURCE, dealId: key };
    const update: DealUpdate = {
      ...deal,
      eventId: key,
      ...{ occurredAt: now, closedAt: now, status: 'won', amount, account, owner: { slackUserId } },
    };
    await keepApart(scope, rep.id, key, account);
    const deals = await insertDealEvents(tx, workspaceId, [{ update, history: false }], now, true);
    await claimBundles(scope, await applyDeals(scope, deals));
    await wantHomeOf(scope, rep.id);
    const engagement = (await lockEngagementsOfDeals(tx, workspaceId, [deal])).get(dealKey(deal));
    if (engagement === undefined) throw new Error(`the order from ${account.name} was not taken`);
    const place = (await readAccounts(tx, workspaceId, [engagement.accountId])).get(engagement.accountId);
    const { id = engagement.accountId, name = account.name } = place ?? {};
    const prompt = await readPromptOf(scope, engagement.sameAsId ?? engagement.id);
    return {
      kind: 'taken',
      account: { id, name },
      amount: amount ?? null,
      prompt,
      isNew,
      isMended: false,
    };
  });
}

/** It is another order than those of CRM deals that they know of there: no rule makes one of them. */
async function keepApart(scope: Scope, repId: string, key: string, account: AccountRef): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const { exact } = await findAccounts(tx, workspaceId, account.name, 10);
  for (const { id: accountId } of exact) {
    const orders = await readOrders(tx, workspaceId, { accountId, repId, since: monthBefore(now) });
    for (const { id: object } of orders.filter(({ source }) => !PEOPLE_SOURCES.includes(source))) {
      const said = { workspaceId, id: uuid(), key, repId, at: now };
      await insertJoin(tx, { ...said, kind: 'same_order', subject: key, object, holds: false });
    }
  }
}

function monthBefore(now: Date): Date {
  return new Date(now.getTime() - SAME_ORDER_DAYS * DAY_MS);
}

async function readPromptOf(scope: Scope, engagementId: string): Promise<PromptView | null> {
  const { tx, workspaceId } = scope;
  const open = await readOpenAbout(tx, workspaceId, [engagementId]);
  const prompt = splitOpen(open.get(engagementId)).main;
  const [view] = prompt === undefined ? [] : await readPromptViews(scope, [prompt.id]);
  return view ?? null;
}
