import { sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/**
 * Promise 1, by the state: every account that has had an engagement has an open question or a dated return, and all
 * that is asked is asked of somebody who can be reached. Where nobody is left in Slack nobody can be asked.
 */
export async function deadEnds(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    with here as (
      select id from reps where workspace_id = ${workspaceId} and active and slack_user_id is not null
    ), asked as (
      select p.*, p.rep_id in (select id from here) or not exists (select from here) as is_reachable
      from prompts p where p.workspace_id = ${workspaceId} and p.closed_at is null
    )
    select 'account ' || a.name || ' has no question and no return' from accounts a
    where a.workspace_id = ${workspaceId}
      and exists (select from engagements e where e.workspace_id = a.workspace_id and e.account_id = a.id
        and e.ending is distinct from 'taken_back')
      and not exists (select from asked where account_id = a.id)
    union all
    select 'the ' || question || ' of ' || a.name || ' is asked of somebody who cannot be reached'
    from asked join accounts a on a.workspace_id = asked.workspace_id and a.id = asked.account_id
    where not is_reachable
    union all
    select 'deal ' || e.deal_id || ' stands in ' || e.stage || ' and its owner is not asked about that'
    from engagements e where e.workspace_id = ${workspaceId} and e.ending is null and not exists (
      select from asked p where p.engagement_id = e.id and p.question = e.stage
        and coalesce(p.asked_for_id, p.rep_id) = e.owner_id
        and p.account_id = e.account_id)
    union all
    select 'deal ' || e.deal_id || ' has ended and is still asked about'
    from engagements e where e.workspace_id = ${workspaceId} and e.ending is not null and exists (
      select from asked p where p.engagement_id = e.id and p.named_rep_id is null)
    union all
    select 'the ' || p.question || ' of ' || a.name || ' is held by a bundle that is ' || b.status
    from asked p join bundles b on b.workspace_id = p.workspace_id and b.id = p.bundle_id
    join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    where b.status <> 'on_its_way' or b.rep_id <> p.rep_id`,
  );
}
