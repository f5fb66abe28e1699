import { findAccounts, readDoors, readOpenBeforeOrder } from '../db/board.ts';
import { insertDealEvents } from '../db/deal-event.ts';
import type { DealUpdate } from '../domain/deal-update.ts';
import type { Money } from '../domain/money.ts';
import { applyDeals } from './apply-deal-updates.ts';
import { claimBundles } from './claim-bundles.ts';
import { ensureRep, type Who } from './ensure-rep.ts';
import type { Flow } from './ports.ts';
import { readPromptViews } from './prompt-view.ts';
import { receiveAnswer } from './receive-answer.ts';
import { inScope, type Scope } from './scope.ts';
import type { DoorView, PromptView } from './views.ts';

const NEAR_AT_MOST = 5;

export type Declared =
  | { kind: 'taken'; account: { id: string; name: string }; amount: Money | null; prompt: PromptView | null }
  /** Several engagements with the account are open: which of them was won? */
  | { kind: 'which'; doors: DoorView[] }
  | { kind: 'refused'; why: string };

export interface WonWords {
  accountName: string;
  amount?: Money | undefined;
  key: string;
}

/**
 * A rep says that an order is in. Where one engagement with the account is open, it is that one; where none is, the
 * rep's word is enough to begin one. An order that is already in is not taken twice.
 */
export async function declareWon(flow: Flow, said: Who & WonWords): Promise<Declared> {
  const rep = await ensureRep(flow, said);
  const { workspaceId, accountName } = said;
  const account = await flow.store.read(async (tx) => {
    const { exact, near } = await findAccounts(tx, workspaceId, accountName, NEAR_AT_MOST);
    return exact[0] ?? (near.length === 1 ? near[0] : undefined);
  });
  if (account === undefined) return await takeOrder(flow, said, accountName);
  const open = await flow.store.read((tx) => readOpenBeforeOrder(tx, workspaceId, account.id));
  const own = open.filter((door) => door.rep === rep.name);
  const doors = own.length > 0 ? own : open;
  const [door, ...others] = doors;
  if (door === undefined) return await takeFurtherOrder(flow, said, account);
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
  return { kind: 'taken', account, amount: amount ?? null, prompt: answered.next };
}

/** Nothing is open before the order: either this order is the one already known, or it is another. */
async function takeFurtherOrder(
  flow: Flow,
  said: Who & WonWords,
  account: { id: string; name: string },
): Promise<Declared> {
  const doors = await flow.store.read((tx) =>
    readDoors(tx, said.workspaceId, { accountId: account.id, limit: 100 }),
  );
  const known = doors.find(
    (door) => door.question === 'verify' && isSameAmount(door.engagement?.amount, said.amount),
  );
  if (known === undefined) return await takeOrder(flow, said, account.name);
  return {
    kind: 'refused',
    why: `${account.name}'s order is already in. What's left is to hear whether they see the value.`,
  };
}

function isSameAmount(known: Money | null | undefined, told: Money | undefined): boolean {
  if (told === undefined) return true;
  return known != null && known.currency === told.currency && Number(known.value) === Number(told.value);
}

async function takeOrder(
  flow: Flow,
  { workspaceId, slackUserId, amount, key }: Who & WonWords,
  accountName: string,
): Promise<Declared> {
  return await inScope(flow, workspaceId, async (scope) => {
    const { tx, now } = scope;
    const update: DealUpdate = {
      ...{
        source: 'slack',
        eventId: key,
        dealId: key,
        occurredAt: now,
        closedAt: now,
        status: 'won',
        amount,
      },
      ...{ account: { name: accountName }, owner: { slackUserId } },
    };
    const deals = await insertDealEvents(tx, workspaceId, [{ update, history: false }], now);
    await claimBundles(scope, await applyDeals(scope, deals));
    const door = await findDoor(scope, accountName);
    if (door === undefined) throw new Error(`the order from ${accountName} was not taken`);
    const [prompt] = await readPromptViews(scope, [door.promptId]);
    return { kind: 'taken', account: door.account, amount: amount ?? null, prompt: prompt ?? null };
  });
}

async function findDoor({ tx, workspaceId }: Scope, accountName: string): Promise<DoorView | undefined> {
  const { exact } = await findAccounts(tx, workspaceId, accountName, 1);
  const [account] = exact;
  if (account === undefined) return undefined;
  const doors = await readDoors(tx, workspaceId, { accountId: account.id, limit: 100 });
  return doors.filter((door) => door.question === 'verify').at(-1);
}
