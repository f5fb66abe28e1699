import { readOpenPrompts } from '../../db/asking/prompt.ts';
import { readDoors, readOpenBeforeOrder } from '../../db/board.ts';
import { dealKey, insertDealEvents } from '../../db/cycle/deal-event.ts';
import { lockEngagementsOfDeals } from '../../db/cycle/engagement.ts';
import { type Account, findAtStart, readAccounts } from '../../db/who/account.ts';
import { addAlias } from '../../db/who/owner.ts';
import type { Rep } from '../../db/who/rep.ts';
import { type AccountRef, type DealUpdate, TYPED_SOURCE } from '../../domain/cycle/deal-update.ts';
import { formatMoney, type Money } from '../../domain/money.ts';
import { slackAlias } from '../../domain/who/owner.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { applyDeals } from '../intake/apply-deal-updates.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { inScope } from '../scope.ts';
import { readPromptViews } from '../show/prompt-view.ts';
import type { DoorView, PromptView } from '../show/views.ts';
import type { Refusal } from './answering.ts';
import { findAccount, namesNear } from './find-account.ts';
import { receiveAnswer } from './receive-answer.ts';

export type Declared =
  | {
      kind: 'taken';
      account: { id: string; name: string };
      amount: Money | null;
      prompt: PromptView | null;
      /** Nobody had heard of the account before. */
      isNew: boolean;
    }
  /** No account bears the name, and these may have been meant. Nothing was stored. */
  | { kind: 'unknown'; name: string; near: string[] }
  /** A known account's name, followed by a number that is none of an amount. Nothing was stored. */
  | { kind: 'unclear'; account: string; rest: string }
  /** Several engagements with the account are open: which of them was won? */
  | { kind: 'which'; doors: DoorView[] }
  /** The account's order is known already. */
  | { kind: 'already_in'; account: string }
  /** A guest tells of orders only where they have a deal. */
  | { kind: 'not_for_guests' }
  | { kind: 'refused'; why: Refusal };

export interface WonWords {
  accountName: string;
  /** The name is meant as it is written, though no account bears it yet. */
  asWritten?: boolean | undefined;
  amount?: Money | undefined;
  key: string;
}

/**
 * A rep says that an order is in. Where one engagement with the account is open, it is that one; where none is, the
 * rep's word is enough to begin one. An order that is already in is not taken twice, and none goes to a new account
 * whose name may be a slip for another's.
 */
export async function declareWon(flow: Flow, said: Who & WonWords): Promise<Declared> {
  const reader = await readerOf(flow, said);
  const { rep } = reader;
  const { workspaceId, accountName, asWritten = false } = said;
  const found = await flow.store.read((tx) => findAccount(tx, reader, accountName, { asWritten }));
  if (found.kind !== 'found') {
    if (reader.isGuest) return { kind: 'not_for_guests' };
    const near = namesNear(found);
    if (near.length > 0) return { kind: 'unknown', name: accountName, near };
    const unclear = asWritten ? null : await readUnclear(flow, said);
    return unclear ?? (await takeOrder(flow, rep, said, { account: { name: accountName }, isNew: true }));
  }
  const { account } = found;
  const open = await flow.store.read((tx) => readOpenBeforeOrder(tx, workspaceId, account.id));
  const own = open.filter((door) => door.rep === rep.name);
  const doors = own.length > 0 ? own : open;
  const [door, ...others] = doors;
  if (door === undefined) return await takeFurtherOrder(flow, rep, said, account);
  if (others.length > 0) return { kind: 'which', doors };
  const { amount, key, slackUserId } = said;
  const answer = { kind: 'won' as const, amount };
  const answered = await receiveAnswer(flow, {
    workspaceId,
    slackUserId,
    promptId: door.promptId,
    key,
    answer,
  });
  if (answered.kind === 'refused') return answered;
  const { id, name } = account;
  const taken = { kind: 'taken' as const, account: { id, name }, amount: amount ?? null };
  return { ...taken, prompt: answered.next, isNew: false };
}

/** "Acme 5 dollers" is hardly a new client's name where there is an Acme. */
async function readUnclear(
  flow: Flow,
  { workspaceId, accountName }: Who & WonWords,
): Promise<Declared | null> {
  const account = await flow.store.read((tx) => findAtStart(tx, workspaceId, accountName));
  if (account === null) return null;
  const rest = accountName.trim().replace(/\s+/g, ' ').slice(account.length).trim();
  return /\d/.test(rest) ? { kind: 'unclear', account, rest } : null;
}

/** Nothing is open before the order: either this order is the one already known, or it is another. */
async function takeFurtherOrder(
  flow: Flow,
  rep: Rep,
  said: Who & WonWords,
  account: Account,
): Promise<Declared> {
  const doors = await flow.store.read((tx) =>
    readDoors(tx, said.workspaceId, { accountId: account.id, limit: 100 }),
  );
  const known = doors.find(
    (door) => door.question === 'verify' && isSameAmount(door.engagement?.amount, said.amount),
  );
  if (known === undefined) return await takeOrder(flow, rep, said, { account: refOf(account), isNew: false });
  return { kind: 'already_in', account: account.name };
}

function isSameAmount(known: Money | null | undefined, told: Money | undefined): boolean {
  if (told === undefined) return true;
  return known != null && formatMoney(known) === formatMoney(told);
}

/** A name may lead to another account by the time the order is taken; an id does not. */
function refOf({ name, source, externalId }: Account): AccountRef {
  return source === null || externalId === null ? { name } : { name, source, id: externalId };
}

async function takeOrder(
  flow: Flow,
  rep: Rep,
  { workspaceId, slackUserId, amount, key }: Who & WonWords,
  from: { account: AccountRef; isNew: boolean },
): Promise<Declared> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    await addAlias(tx, workspaceId, slackAlias(slackUserId), rep.id);
    const update: DealUpdate = {
      ...{
        source: TYPED_SOURCE,
        eventId: key,
        dealId: key,
        occurredAt: now,
        closedAt: now,
        status: 'won',
        amount,
      },
      ...{ account: from.account, owner: { slackUserId } },
    };
    const deals = await insertDealEvents(tx, workspaceId, [{ update, history: false }], now, true);
    await claimBundles(scope, await applyDeals(scope, deals));
    const engagement = (
      await lockEngagementsOfDeals(tx, workspaceId, [{ source: TYPED_SOURCE, dealId: key }])
    ).get(dealKey({ source: TYPED_SOURCE, dealId: key }));
    if (engagement === undefined) throw new Error(`the order from ${from.account.name} was not taken`);
    const account = (await readAccounts(tx, workspaceId, [engagement.accountId])).get(engagement.accountId);
    const prompt = (await readOpenPrompts(tx, workspaceId, [engagement.id])).get(engagement.id);
    const [view] = prompt === undefined ? [] : await readPromptViews(scope, [prompt.id]);
    const { id = engagement.accountId, name = from.account.name } = account ?? {};
    const { isNew } = from;
    return { kind: 'taken', account: { id, name }, amount: amount ?? null, prompt: view ?? null, isNew };
  });
}
