import { readAccounts } from '../../db/account.ts';
import { readNeeds } from '../../db/answer.ts';
import { findAccounts, readDoors, readNotes, readTurns, sumAccount } from '../../db/board.ts';
import type { Tx } from '../../db/driver.ts';
import type { Rep } from '../../db/rep.ts';
import { readPlaybook } from '../../db/workspace.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { ownFirst } from '../answers/own-first.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { toEngagementView, toNeedView } from './prompt-view.ts';
import type { AccountView, TurnView } from './views.ts';

const NAMES_AT_MOST = 10;
const DOORS_AT_MOST = 20;
const NOTES_AT_MOST = 3;

export type ShownAccount =
  | { kind: 'found'; view: AccountView }
  /** More than one account bears the name, or comes near it. */
  | { kind: 'which'; names: string[] }
  | { kind: 'unknown'; name: string; near: string[] };

/** An account's story: its engagements, what was verified, what is needed, what comes next. By name or by id. */
export async function showAccount(
  flow: Flow,
  asked: Who & ({ name: string } | { accountId: string }) & { limit: number },
): Promise<ShownAccount> {
  const rep = await ensureRep(flow, asked);
  const now = flow.now();
  const { workspaceId, limit } = asked;
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const timeZone = rep.timeZone ?? playbook.timeZone;
    const found =
      'accountId' in asked ? await byId(tx, workspaceId, asked.accountId) : await byName(tx, rep, asked.name);
    if ('kind' in found) return found;
    return { kind: 'found', view: await readAccountView(tx, workspaceId, found, { timeZone, now, limit }) };
  });
}

type Found = { id: string; name: string } | Exclude<ShownAccount, { kind: 'found' }>;

async function byId(tx: Tx, workspaceId: string, accountId: string): Promise<Found> {
  const account = (await readAccounts(tx, workspaceId, [accountId])).get(accountId);
  return account ?? { kind: 'unknown', name: 'this account', near: [] };
}

async function byName(tx: Tx, rep: Rep, name: string): Promise<Found> {
  const { exact, near, alike } = await findAccounts(tx, rep.workspaceId, name, NAMES_AT_MOST);
  const [first, ...others] = exact.length > 0 ? await ownFirst(tx, rep, exact) : near;
  if (first === undefined) return { kind: 'unknown', name, near: alike };
  if (others.length === 0 || exact.length > 0) return first;
  return { kind: 'which', names: near.map((account) => account.name) };
}

async function readAccountView(
  tx: Tx,
  workspaceId: string,
  account: { id: string; name: string },
  { timeZone, now, limit }: { timeZone: string; now: Date; limit: number },
): Promise<AccountView> {
  const turns = await readTurns(tx, workspaceId, account.id, limit);
  const sums = await sumAccount(tx, workspaceId, account.id);
  const notes = await readNotes(tx, workspaceId, account.id, NOTES_AT_MOST);
  return {
    account: { id: account.id, name: account.name },
    timeZone,
    now,
    turns: turns.map(toTurn),
    totalTurns: sums.turns,
    won: { count: sums.won, amounts: sums.amounts },
    needs: (await readNeeds(tx, workspaceId, [account.id])).map(toNeedView),
    next: await readDoors(tx, workspaceId, { accountId: account.id, limit: DOORS_AT_MOST }),
    notes: notes.flatMap(({ fact, at, by }) => {
      const text = 'answer' in fact ? notedIn(fact.answer) : undefined;
      return text === undefined ? [] : [{ text, at, by }];
    }),
  };
}

function notedIn(answer: Answer): string | undefined {
  if (answer.kind === 'note') return answer.text;
  return 'note' in answer ? answer.note : undefined;
}

function toTurn({
  engagement,
  owner,
  grewFrom,
  verification,
}: Awaited<ReturnType<typeof readTurns>>[number]): TurnView {
  const { openedAt, wonAt, verifiedAt, endedAt, parentId, returnReason } = engagement;
  const value = verification?.measureValue ?? null;
  const unit = verification?.measureUnit ?? null;
  return {
    ...toEngagementView(engagement),
    ...{ openedAt, wonAt, verifiedAt, endedAt, owner, parentId, grewFrom },
    lostReason: returnReason,
    verification: verification && {
      who: verification.who,
      seesValue: verification.seesValue,
      words: verification.words,
      measure: value === null || unit === null ? null : { value, unit },
      promised: verification.promised,
      heldOn: verification.heldOn,
    },
  };
}
