import type postgres from 'postgres';
import { fillReps } from './fill.ts';
import { WORKSPACE } from './world.ts';

/** `count` prompts, of which `due` are due, of a rep each; the others will be, one a minute. */
export async function fillPrompts(sql: postgres.Sql, count: number, due: number): Promise<void> {
  await fillReps(sql, due);
  await sql`
    with rep as (select id, row_number() over (order by id) as nth from reps)
    insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent,
      due_at, created_at)
    select ${WORKSPACE}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), rep.id,
      case when n <= ${due} then 'deliver' else 'discover' end, 'in_stage', 'f', now(), false,
      now() + case when n <= ${due} then interval '-1 minute' else n * interval '1 minute' end, now()
    from generate_series(1, ${count}::int) n join rep on rep.nth = 1 + n % ${due}`;
}
