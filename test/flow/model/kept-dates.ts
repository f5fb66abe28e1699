import { sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/** A weekend, a holiday, and a day of grace for a full bundle and for where the world's days part. */
const DAYS_AT_MOST = 5;

/**
 * Promise 1, by the days of needs, promises and repairs: each is asked about on its day, however the deal stands, and
 * never before. A promise's day may be that on which the value is asked about anyway.
 */
export async function forgottenDates(office: Office): Promise<string[]> {
  const { workspaceId, clock } = office;
  const now = clock.now().toISOString();
  return await selectTexts(
    office,
    sql`
    with dated as (
      select 'the need ' || words as what, n.id as need_id, null::uuid as engagement_id, needed_on as day,
        null::timestamptz as said_since
      from needs n where workspace_id = ${workspaceId} and outcome = 'open' and needed_on is not null
        and retracted_at is null
      union all
      select 'the promise of ' || deal_id, null, id, (beside#>>'{promised,on}')::date,
        case when stage = 'verify' and ending is null then asking_since end
      from engagements where workspace_id = ${workspaceId} and ending is distinct from 'joined'
        and beside#>>'{promised,on}' is not null
    ), asked as (
      select p.*, coalesce(r.time_zone, 'UTC') as zone from prompts p
      join reps r on r.workspace_id = p.workspace_id and r.id = p.rep_id
      where p.workspace_id = ${workspaceId} and p.closed_at is null
    ), found as (
      select d.what, d.day, a.id, a.asked, a.due_at at time zone a.zone as due,
        a.last_asked_at at time zone a.zone as last_asked, ${now}::timestamptz at time zone coalesce(a.zone, 'UTC') as today
      from dated d left join asked a on a."on" = d.day and (a.need_id = d.need_id
        or (a.engagement_id = d.engagement_id and a.need_id is null and a.question in ('verify', 'promised')))
      where d.said_since is null or d.said_since < d.day - interval '1 day'
    )
    select what || ' for ' || day || ' is asked about on ' || coalesce(due::text, 'no day') from found
    where id is null or due::date < day
      or (asked = 0 and due::date > greatest(day, today::date) + ${DAYS_AT_MOST}::int)
    union all
    select what || ' for ' || day || ' was asked about on ' || last_asked from found where last_asked::date < day`,
  );
}

/**
 * No path leads from an unkept promise to a push: while a client does not see what an order brought, nothing begins
 * there, unless a rep began it anyway on the day of a need. What was taken back by then counts no more.
 */
export async function pushed(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    select 'an order began from ' || b.name || ' while ' || e.deal_id || ' was not seen'
    from engagements b
    join answers began on began.workspace_id = b.workspace_id and began.engagement_id = b.id and began.fact ? 'begun'
    join engagements e on e.workspace_id = b.workspace_id and e.id <> b.id and e.same_as_id is null
      and e.named_account_id = b.named_account_id
    cross join lateral (
      select v.fact from answers v where v.workspace_id = e.workspace_id and v.engagement_id = e.id
        and v.fact#>>'{answer,kind}' = 'verified' and v.at < began.at
        and (v.retracted_at is null or v.retracted_at > began.at) order by v.at desc limit 1) last
    where b.workspace_id = ${workspaceId} and last.fact#>'{answer,repair}' is not null
      and not exists (select from stage_changes c where c.workspace_id = e.workspace_id
        and c.engagement_id = e.id and (c.ending is not null or c.retracted_at is not null))
      and not exists (select from answers a where a.workspace_id = b.workspace_id and a.need_id = b.need_id
        and (a.fact#>>'{answer,anyway}')::boolean)`,
  );
}

/**
 * Where a client waits for a repair, somebody is asked whether they see it: only that answer lets anything begin there
 * again.
 */
export async function shutForGood(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    select 'nothing can begin at the client of ' || e.deal_id || ', and nobody is asked whether they see it'
    from engagements e
    where e.workspace_id = ${workspaceId} and e.unseen and e.same_as_id is null
      and e.ending is distinct from 'deleted'
      and not exists (select from prompts p where p.workspace_id = e.workspace_id and p.engagement_id = e.id
        and p.closed_at is null and p.question in ('verify', 'promised'))`,
  );
}
