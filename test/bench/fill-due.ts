import type postgres from 'postgres';
import { fillAccounts, fillReps } from './fill.ts';
import { WORKSPACE } from './world.ts';

/** `count` reps, each with a deal and a question that is due: the last `closes` have just closed theirs. */
export async function fillDue(sql: postgres.Sql, count: number, closes: number): Promise<void> {
  await fillReps(sql, count);
  await fillAccounts(sql, count);
  await sql`
    with rep as (select id, row_number() over (order by id) as nth from reps),
      account as (select id, row_number() over (order by id) as nth from accounts)
    insert into engagements (workspace_id, id, account_id, named_account_id, owner_id, named_owner_id, source, deal_id,
      name, stage, opened_at, won_at, moved_at, amount, currency, asking_fact_id, asking_since, asking_how, created_at)
    select ${WORKSPACE}, gen_random_uuid(), account.id, account.id, rep.id, rep.id, 'hook', 'D-' || n, 'GTX Pro',
      case when n <= ${count - closes} then 'deliver' else 'verify' end, now() - interval '9 days',
      case when n <= ${count - closes} then null else now() end, now(), 4514, 'USD', 'f', now(), 'entered', now()
    from generate_series(1, ${count}::int) n join rep on rep.nth = n join account on account.nth = n`;
  await sql`
    insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent,
      due_at, created_at)
    select workspace_id, gen_random_uuid(), account_id, id, owner_id, stage,
      case stage when 'verify' then 'on_close' else 'in_stage' end, 'f', now(), stage = 'verify',
      now() + case stage when 'verify' then interval '15 seconds' else interval '-1 minute' end, now()
    from engagements`;
}
