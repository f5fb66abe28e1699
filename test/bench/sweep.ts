import type postgres from 'postgres';
import { listWorkspaces } from '../../src/db/who/workspace.ts';
import { claimDueBundles } from '../../src/flow/asking/claim-bundles.ts';
import { fill, fillReps } from './fill.ts';
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
    await fillPrompts(small, FEW);
    await fillPrompts(large, MANY);
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

async function fillPrompts(world: World, count: number): Promise<void> {
  tell(`  filling ${count} prompts`);
  await fill(world.databaseUrl, async (sql) => {
    await fillReps(sql, DUE);
    await sql`
      with rep as (select id, row_number() over (order by id) as nth from reps)
      insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent,
        due_at, created_at)
      select ${WORKSPACE}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), rep.id,
        case when n <= ${DUE} then 'deliver' else 'discover' end, 'in_stage', 'f', now(), false,
        now() + case when n <= ${DUE} then interval '-1 minute' else n * interval '1 minute' end, now()
      from generate_series(1, ${count}::int) n join rep on rep.nth = 1 + n % ${DUE}`;
  });
}

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
