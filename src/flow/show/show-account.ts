import { readDoors, readNotes, readTurns, sumAccount } from '../../db/board.ts';
import type { Engagement } from '../../db/cycle/engagement.ts';
import { readNeeds } from '../../db/cycle/need.ts';
import type { Tx } from '../../db/driver.ts';
import { readJoinedClients } from '../../db/who/same-client.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import type { Answer } from '../../domain/cycle/answer.ts';
import { TYPED_SOURCE } from '../../domain/cycle/deal-update.ts';
import { type Client, findClient } from '../answers/find-account.ts';
import type { Who } from '../people/ensure-rep.ts';
import { readerOf } from '../people/may.ts';
import type { Flow } from '../ports.ts';
import { toEngagementView, toNeedView } from './prompt-view.ts';
import type { AccountView, SuggestedAccount, TurnView } from './views.ts';

const DOORS_AT_MOST = 20;
const NOTES_AT_MOST = 3;

export type ShownAccount =
  | { kind: 'found'; view: AccountView }
  /** It isn't known who is meant. */
  | { kind: 'unknown'; near: SuggestedAccount[] };

/** An account's story: its engagements, what was verified, what is needed, what comes next. */
export async function showAccount(
  flow: Flow,
  asked: Who & { client: Client; limit: number },
): Promise<ShownAccount> {
  const reader = await readerOf(flow, asked);
  const now = flow.now();
  const { workspaceId, client, limit } = asked;
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const timeZone = reader.rep.timeZone ?? playbook.timeZone;
    const found = await findClient(tx, reader, client);
    if (found.kind !== 'found') return { kind: 'unknown', near: found.kind === 'new' ? [] : found.near };
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
    joined: await readJoinedClients(tx, workspaceId, account.id),
  };
}

function notedIn(answer: Answer): string | undefined {
  if (answer.kind === 'note') return answer.text;
  return 'note' in answer ? answer.note : undefined;
}

function typedOrderOf({ source, dealId }: Pick<Engagement, 'source' | 'dealId'>): string | null {
  return source === TYPED_SOURCE ? `${source}:${dealId}` : null;
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
    told: { answerId: verification?.answerId ?? null, orderId: typedOrderOf(engagement) },
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
