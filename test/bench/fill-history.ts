import type postgres from 'postgres';
import { fillAccounts, fillReps } from './fill.ts';
import { WORKSPACE } from './world.ts';

const ACCOUNTS = 2_000;
const REPS = 100;
/** The same number of doors stands open, however much history there is. */
const OPEN = 2_000;

/** A history of won engagements, the latest a second ago and one each minute before, and some that are open. */
export async function fillHistory(sql: postgres.Sql, count: number): Promise<void> {
  await fillReps(sql, REPS);
  await fillAccounts(sql, ACCOUNTS);
  await sql`
    with rep as (select id, row_number() over (order by slack_user_id) as nth from reps),
      account as (select id, row_number() over (order by name) as nth from accounts)
    insert into engagements (workspace_id, id, account_id, named_account_id, owner_id, named_owner_id, source, deal_id, name, stage, ending,
      ended_at, opened_at, won_at, verified_at, moved_at, amount, currency, asking_fact_id, asking_since, asking_how, created_at)
    select ${WORKSPACE}, gen_random_uuid(), account.id, account.id, rep.id, rep.id, 'hook', 'D-' || n, 'GTX Pro',
      case when n <= ${OPEN} then 'deliver' else 'next' end, case when n <= ${OPEN} then null else 'returned' end,
      case when n <= ${OPEN} then null else now() - n * interval '1 minute' end, now() - n * interval '2 minutes',
      case when n <= ${OPEN} then null else now() - (n - ${OPEN}) * interval '1 minute' end,
      case when n <= ${OPEN} then null else now() - (n - ${OPEN}) * interval '1 minute' + interval '1 day' end,
      now() - n * interval '1 minute', 4514, 'USD', 'f', now() - n * interval '2 minutes', 'entered', now()
    from generate_series(1, ${count}::int) n
    join rep on rep.nth = 1 + n % ${REPS} join account on account.nth = 1 + n % ${ACCOUNTS}`;
  await sql`
    insert into prompts (workspace_id, id, account_id, engagement_id, rep_id, question, rule, fact_id, since, urgent, due_at,
      created_at)
    select workspace_id, gen_random_uuid(), account_id, id, owner_id, 'deliver', 'in_stage', 'f', asking_since, false,
      now() + interval '1 day', now()
    from engagements where ended_at is null`;
}
