import { type SQL, sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/**
 * Promise 1 where somebody is to come back: each rep who has ended all that was theirs at an account does, no sooner
 * than everybody there has rested for the time that the playbook leaves; and on each day that was named, somebody does.
 */
export async function droppedReturns(office: Office): Promise<string[]> {
  const { workspaceId, flow } = office;
  const { returnAfterDays, timeZone } = flow.defaults;
  const at = (rep: SQL, account: SQL) => sql`
    (select coalesce(slack_user_id, name) from reps where workspace_id = ${workspaceId} and id = ${rep})
    || ' at ' || (select name from accounts where workspace_id = ${workspaceId} and id = ${account})`;
  const parts = sql`parts as (
    select account_id, named_owner_id as rep_id, bool_or(ending is null) as is_open,
      max(ended_at) as ended_at, max(moved_at) as moved_at
    from engagements where workspace_id = ${workspaceId} and same_as_id is null
      and ending is distinct from 'taken_back' group by 1, 2
  ), returns as (
    select * from prompts where workspace_id = ${workspaceId} and question = 'return' and closed_at is null
  )`;
  // A rep who moves keeps the local day, which begins earlier or later elsewhere.
  const rest = sql.raw(`interval '${returnAfterDays - 1} days'`);
  return await selectTexts(
    office,
    sql`
    with ${parts}
    select ${at(sql`p.rep_id`, sql`p.account_id`)} || ' has ended everything and never comes back'
    from parts p where not is_open and not exists (
      select from returns r where r.account_id = p.account_id and r.named_rep_id = p.rep_id)
    union all
    select ${at(sql`r.named_rep_id`, sql`r.account_id`)} || ' comes back unasked, and has not ended everything'
    from returns r where rule = 'return' and not exists (
      select from parts p where p.account_id = r.account_id and p.rep_id = r.named_rep_id and not is_open)
    union all
    select ${at(sql`r.named_rep_id`, sql`r.account_id`)} || ' comes back too early: on ' || due_at
    from returns r join parts own on own.account_id = r.account_id and own.rep_id = r.named_rep_id
    where rule = 'return' and asked = 0 and due_at < ${rest} + greatest(ended_at,
      (select max(moved_at) from parts p where p.account_id = r.account_id and p.rep_id <> own.rep_id))
    union all
    select ${at(sql`r.named_rep_id`, sql`r.account_id`)} || ' comes back before ' || "on"
    from returns r join reps on reps.workspace_id = r.workspace_id and reps.id = r.rep_id
    where (asked = 0 and (due_at at time zone coalesce(time_zone, ${timeZone}))::date < "on")
      or (last_asked_at at time zone coalesce(time_zone, ${timeZone}))::date < "on"
    union all
    ${forgottenDays(workspaceId, at)}`,
  );
}

/** Days that answers named, the last about each deal, on which nobody comes back, though nobody has answered on them. */
function forgottenDays(workspaceId: string, at: (rep: SQL, account: SQL) => SQL): SQL {
  return sql`(
    with said as (
      select a.id, a.account_id, a.at, a.return_for, coalesce(a.engagement_id, a.id) as about,
        case a.fact->'answer'->>'kind'
          when 'lost' then a.fact->'answer'->>'returnOn'
          when 'later' then case when p.question = 'return' then a.fact->'answer'->>'on' end
          when 'next' then case when a.fact#>>'{answer,step,kind}' = 'return' then a.fact#>>'{answer,step,on}' end
          when 'verified' then case when a.fact#>>'{answer,next,kind}' = 'return'
            and a.fact#>>'{answer,verification,seesValue}' <> 'not_yet' then a.fact#>>'{answer,next,on}' end
        end::date as day
      from answers a join prompts p on p.workspace_id = a.workspace_id and p.id = a.prompt_id
      where a.workspace_id = ${workspaceId} and a.retracted_at is null
    )
    select coalesce(${at(sql`s.return_for`, sql`s.account_id`)}, 'nobody') || ' comes back on ' || day || ' no more'
    from said s where day is not null and not exists (
      select from said later where later.about = s.about and later.return_for = s.return_for
        and later.day is not null and (later.at, later.id) > (s.at, s.id))
    and not exists (
      select from prompts p where p.workspace_id = ${workspaceId} and p.question = 'return'
        and p.fact_id = s.id::text and exists (select from answers a
          where a.workspace_id = p.workspace_id and a.id = p.answer_id and a.retracted_at is null))
    and not exists (
      select from prompts p where p.workspace_id = ${workspaceId} and p.question = 'return' and p.closed_at is null
        and p.account_id = s.account_id and p.named_rep_id = s.return_for and (p.rule = 'put_off' or p."on" <= day))
  )`;
}
