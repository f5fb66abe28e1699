import type postgres from 'postgres';
import { listWorkspaces } from '../../src/db/who/workspace.ts';
import { claimDueBundles } from '../../src/flow/asking/claim-bundles.ts';
import { fill } from './fill.ts';
import { fillPrompts } from './fill-prompts.ts';
import { byTurns, type Point, tell, timed } from './point.ts';
import { quietFlow } from './quiet-flow.ts';
import { openWorld, WORKSPACE, type World, withStore } from './world.ts';

const DUE = 1_000;
const FEW = 10_000;
const MANY = 1_000_000;
const ROUNDS = 5;
const TARGET = 1.3;

/** Putting on their way what is due, among few stored prompts and among many. */
export const sweepPoint: Point = {
  name: 'sweep',
  run: async () => {
    await using small = await openWorld({ reps: 1 });
    await using large = await openWorld({ reps: 1 });
    for (const [world, count] of [
      [small, FEW],
      [large, MANY],
    ] as const) {
      tell(`  filling ${count} prompts`);
      await fill(world.databaseUrl, (sql) => fillPrompts(sql, count, DUE));
    }
    const sides = { ours: () => sweepOnce(large), beside: () => sweepOnce(small) };
    const { ours, beside, ratio } = await byTurns(ROUNDS, sides);
    return [
      {
        what: `sweep, ${DUE} due among ${MANY.toLocaleString('en')} prompts`,
        ours: `${Math.round(ours)} ms`,
        beside: `${Math.round(beside)} ms among ${FEW.toLocaleString('en')}`,
        ...{ ratio, target: `≤ ${TARGET}`, pass: ratio <= TARGET },
      },
    ];
  },
};

async function sweepOnce({ databaseUrl }: World): Promise<number> {
  await fill(databaseUrl, dueAgain);
  return await withStore(databaseUrl, async (store) => {
    const flow = quietFlow(store);
    await store.read(listWorkspaces);
    let claimed = 0;
    const took = await timed(async () => {
      claimed = await claimDueBundles(flow, WORKSPACE);
    });
    if (claimed !== DUE) throw new Error(`${claimed} bundles were claimed where ${DUE} were due`);
    return took;
  });
}

/** Takes the last round back: the same prompts are due once more. */
async function dueAgain(sql: postgres.Sql): Promise<void> {
  await sql`delete from bundle_prompts`;
  await sql`delete from bundles`;
  await sql`delete from pgboss.job`;
  await sql`update prompts set bundle_id = null, due_at = now() - interval '1 minute' where question = 'deliver'`;
}
