import { sql } from 'drizzle-orm';
import { selectTexts } from './select.ts';
import type { Story } from './story.ts';

/**
 * What is still owed to somebody after days in which nothing happened and nothing failed. What an admin keeps because
 * nobody can be asked is told once a week, not asked.
 */
export async function leftUndone(story: Story): Promise<string[]> {
  const { workspaceId, clock } = story.office;
  const here = story.here();
  // Where nobody is in Slack nobody can be asked.
  if (here.length === 0) return [];
  const now = clock.now().toISOString();
  return await selectTexts(
    story.office,
    sql`
    with here as (
      select id from reps where workspace_id = ${workspaceId} and slack_user_id in (${sql.join(
        here.map((id) => sql`${id}`),
        sql`, `,
      )})
    )
    select 'news ' || event_id || ' was never taken in' from deal_events
    where workspace_id = ${workspaceId} and not applied
    union all
    select 'a bundle is on its way since ' || claimed_at from bundles
    where workspace_id = ${workspaceId} and status = 'on_its_way'
      and claimed_at < ${now}::timestamptz - interval '1 day'
    union all
    select 'the ' || p.question || ' of ' || a.name || ' is asked of ' || r.name || ', who is not here'
    from prompts p join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    join reps r on r.workspace_id = p.workspace_id and r.id = p.rep_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null and p.rep_id not in (select id from here)
    union all
    select 'the ' || p.question || ' of ' || a.name || ' is due since ' || p.due_at || ' and nobody was asked'
    from prompts p join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null and p.bundle_id is null
      and p.unaskable_since is null and p.due_at < ${now}::timestamptz - interval '1 day'`,
  );
}
