import { sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/**
 * Promise 3, for what a source told last: an order is known as one, and what is lost or deleted has ended. Of two
 * tales of one instant the later in the cycle is the last, then the event that people count as later.
 */
export async function unheard(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    with told as (
      select distinct on (source, deal_id) source, deal_id, event_id, update->>'status' as status
      from deal_events where workspace_id = ${workspaceId} and applied and not exists (
        select from answers where answers.workspace_id = deal_events.workspace_id and retracted_at is null
          and retracts = source || ':' || event_id)
      order by source, deal_id, occurred_at desc,
        array_position(array['open', 'won', 'lost', 'deleted'],
          case update->>'status' when 'lost' then 'won' else update->>'status' end) desc,
        length(event_id) desc, event_id desc
    )
    select 'deal ' || e.deal_id || ' is told ' || t.status || ' by ' || t.event_id || ' and stands in ' ||
      e.stage || ', ' || coalesce(e.ending, 'open')
    from told t join engagements e
      on e.workspace_id = ${workspaceId} and e.source = t.source and e.deal_id = t.deal_id
    where case t.status
      when 'won' then e.ending is null and e.stage not in ('verify', 'next')
      when 'open' then false
      else e.ending is null end`,
  );
}
