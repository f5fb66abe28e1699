import { sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/** A weekend, a holiday, and a day of grace for a full bundle and for where the world's days part. */
const DAYS_AT_MOST = 5;

/**
 * Promise 1, by the dates that reps named: a put-off stands as long as its question does. It is due that day in the
 * rep's own zone, or on the next working day, and never before.
 */
export async function droppedDates(office: Office): Promise<string[]> {
  const { workspaceId, clock } = office;
  const now = clock.now().toISOString();
  return await selectTexts(
    office,
    sql`
    with said as (
      select distinct on (engagement_id) engagement_id, id, at, fact->'answer'->>'kind' as kind,
        case fact->'answer'->>'kind'
          when 'later' then fact->'answer'->>'on'
          when 'talk' then fact->'answer'->>'on'
          when 'promised' then fact->'answer'->>'talkOn'
          when 'moved' then fact->'answer'->>'askOn'
          when 'verified' then fact#>>'{answer,repair,by}'
        end::date as named
      from answers
      where workspace_id = ${workspaceId} and engagement_id is not null and prompt_id is not null
        and need_id is null and fact->'answer'->>'kind' <> 'note' and fact->'answer'->'of' is null
        and retracted_at is null
      order by engagement_id, at desc
    ), put_off as (
      select e.deal_id, e.id, said.named, p.id as prompt_id, p.asked, p.due_at at time zone zone as due,
        p.last_asked_at at time zone zone as last_asked, ${now}::timestamptz at time zone zone as today
      from said
      join engagements e on e.workspace_id = ${workspaceId} and e.id = said.engagement_id and e.ending is null
      join reps r on r.workspace_id = e.workspace_id and r.id = e.owner_id
      cross join lateral (select coalesce(r.time_zone, 'UTC') as zone) z
      left join prompts p on p.workspace_id = e.workspace_id and p.engagement_id = e.id and p.question = e.stage
        and p.closed_at is null
      where said.named is not null
        -- Of a deal that was opened again a repair's day is not the stage's: forgottenDates looks at it.
        and (said.kind <> 'verified' or e.stage = 'verify') and not exists (
        select from stage_changes c where c.workspace_id = e.workspace_id and c.engagement_id = e.id
          and c.retracted_at is null
          and (c.at > said.at or (c.at = said.at and c.fact_id <> said.id::text)))
    )
    select 'deal ' || deal_id || ' was put off to ' || named || ' and is asked about on ' || coalesce(due::text, 'no day')
    from put_off
    where prompt_id is null or due::date < named
      or (asked = 0 and due::date > greatest(named, today::date) + ${DAYS_AT_MOST}::int)
    union all
    select 'deal ' || deal_id || ' was put off to ' || named || ' and was asked about on ' || last_asked
    from put_off where last_asked::date < named`,
  );
}
