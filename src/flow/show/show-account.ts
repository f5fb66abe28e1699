import { readDoors, readNotes, readTurns, sumAccount } from '../../db/board.ts';
import { readNeeds } from '../../db/cycle/need.ts';
import type { Tx } from '../../db/driver.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { findAccount } from '../answers/find-account.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { toEngagementView, toNeedView } from './prompt-view.ts';
import type { AccountView, TurnView } from './views.ts';

const DOORS_AT_MOST = 20;
const NOTES_AT_MOST = 3;

export type ShownAccount =
  | { kind: 'found'; view: AccountView }
  /** More than one account bears the name, or comes near it. */
  | { kind: 'which'; names: string[] }
  | { kind: 'unknown'; name: string; near: string[] };

/** An account's story: its engagements, what was verified, what is needed, what comes next. */
export async function showAccount(
  flow: Flow,
  asked: Who & { name: string; limit: number },
): Promise<ShownAccount> {
  const reader = await readerOf(flow, asked);
  const now = flow.now();
  const { workspaceId, name, limit } = asked;
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const timeZone = reader.rep.timeZone ?? playbook.timeZone;
    const found = await findAccount(tx, reader, name);
    if (found.kind === 'several') return { kind: 'which', names: found.names };
    if (found.kind === 'unknown') return { kind: 'unknown', name, near: found.alike };
    return {
      kind: 'found',
      view: await readAccountView(tx, workspaceId, found.account, { timeZone, now, limit }),
    };
  });
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
