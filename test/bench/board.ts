import { randomUUID } from 'node:crypto';
import { insertDigest, saveSubscription } from '../../src/db/asking/digest.ts';
import type { Store } from '../../src/db/store.ts';
import { sendDigest } from '../../src/flow/digests/send-digest.ts';
import { showBoard } from '../../src/flow/show/show-board.ts';
import { fill } from './fill.ts';
import { fillHistory } from './fill-history.ts';
import { byTurns, type Point, type Row, tell, timed } from './point.ts';
import { quietFlow } from './quiet-flow.ts';
import { openWorld, WORKSPACE, withStore } from './world.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const ROUNDS = 7;
const TIMES = 20;
const TARGET = 1.3;
const DAY_MS = 86_400_000;

/** One rep's board and one channel's digest of a day, over little history and over much. */
export const board: Point = {
  name: 'board',
  run: async () => {
    await using small = await openWorld({ reps: 1 });
    await using large = await openWorld({ reps: 1 });
    for (const [world, count] of [
      [small, FEW],
      [large, MANY],
    ] as const) {
      tell(`  filling ${count} engagements`);
      await fill(world.databaseUrl, (sql) => fillHistory(sql, count));
    }
    return await withStore(small.databaseUrl, (few) =>
      withStore(large.databaseUrl, async (many) => [
        await compare('board of one rep', { few, many }, readBoard),
        await compare("one channel's digest", { few, many }, postDigest),
      ]),
    );
  },
};

async function compare(
  what: string,
  { few, many }: { few: Store; many: Store },
  work: (store: Store) => Promise<void>,
): Promise<Row> {
  const often = (store: Store) => async () =>
    (await timed(async () => {
      for (let time = 0; time < TIMES; time += 1) await work(store);
    })) / TIMES;
  await often(few)();
  await often(many)();
  const { ours, beside, ratio } = await byTurns(ROUNDS, { ours: often(many), beside: often(few) });
  return {
    what: `${what}, ${MANY.toLocaleString('en')} engagements stored`,
    ours: `${ours.toFixed(1)} ms`,
    beside: `${beside.toFixed(1)} ms with ${FEW.toLocaleString('en')}`,
    ...{ ratio, target: `≤ ${TARGET}`, pass: ratio <= TARGET },
  };
}

async function readBoard(store: Store): Promise<void> {
  const { doors } = await showBoard(quietFlow(store), {
    workspaceId: WORKSPACE,
    slackUserId: 'U0REP7',
    limit: 45,
  });
  if (doors.length === 0) throw new Error('the board is empty: nothing was measured');
}

async function postDigest(store: Store): Promise<void> {
  const now = new Date();
  const digestId = randomUUID();
  await store.transaction(async (tx) => {
    const channel = { workspaceId: WORKSPACE, channelId: 'C0BENCH' };
    const times = { since: now, dueAt: now, refusedFor: null, refusalToldAt: null };
    await saveSubscription(tx, {
      ...channel,
      cadence: 'daily',
      timeZone: 'UTC',
      subscribedBy: digestId,
      ...times,
    });
    await insertDigest(tx, { ...channel, id: digestId, from: new Date(now.getTime() - DAY_MS), to: now });
  });
  await sendDigest(quietFlow(store), { workspaceId: WORKSPACE, digestId });
}
