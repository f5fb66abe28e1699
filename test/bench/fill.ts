import postgres from 'postgres';
import { WORKSPACE } from './world.ts';

/** Fills tables with made rows where they stand: through the product it would take hours. */
export async function fill(databaseUrl: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
    await sql`analyze`;
  } finally {
    await sql.end();
  }
}

/** Reps who are matched to the people of crowd.ts. */
export async function fillReps(sql: postgres.Sql, count: number): Promise<void> {
  await sql`
    with made as (
      insert into reps (workspace_id, id, name, email, slack_user_id, time_zone, created_at)
      select ${WORKSPACE}, gen_random_uuid(), 'Rep ' || n, 'rep' || n || '@example.com', 'U0REP' || n, 'UTC', now()
      from generate_series(1, ${count}::int) n
      returning workspace_id, id, email)
    insert into rep_aliases (workspace_id, alias, rep_id)
    select workspace_id, 'email:' || email, id from made`;
  await sql`update workspaces set people_read_at = now()`;
}

/** Accounts that are called Client 1, Client 2 and so on. */
export async function fillAccounts(sql: postgres.Sql, count: number): Promise<void> {
  await sql`
    insert into accounts (workspace_id, id, name, name_key, named_at, created_at)
    select ${WORKSPACE}, gen_random_uuid(), 'Client ' || n, 'client ' || n, now(), now()
    from generate_series(1, ${count}::int) n`;
}
