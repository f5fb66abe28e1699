import { sql } from 'drizzle-orm';
import { RULES } from '../../../src/domain/asking/rules.ts';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/** Promise 8: every open prompt names a rule there is, a fact that is in force, and a time that the fact tells. */
export async function withoutReason(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  const rules = sql.join(
    RULES.map((rule) => sql`${rule}`),
    sql`, `,
  );
  return await selectTexts(
    office,
    sql`
    with facts as (
      select id::text as id, array[at] as times from answers where workspace_id = ${workspaceId} and (
        retracted_at is null or exists (select from answers instead where instead.workspace_id = answers.workspace_id
          and instead.retracts = answers.id::text and instead.retracted_at is null and instead.fact ? 'answer'))
      union all
      select source || ':' || event_id, array[occurred_at, (update->>'openedAt')::timestamptz,
        (update->>'closedAt')::timestamptz]
      from deal_events where workspace_id = ${workspaceId}
      union all
      select id::text, array[ended_at, moved_at] from engagements where workspace_id = ${workspaceId}
      union all
      select id::text, array[heard_at] from needs where workspace_id = ${workspaceId}
    )
    select 'the ' || p.question || ' of ' || a.name || ' is asked by rule ' || p.rule || ', for ' ||
      coalesce(p.fact_id, 'nothing') || ' of ' || p.since
    from prompts p join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null and not (
      p.rule in (${rules}) and exists (select from facts f where f.id = p.fact_id and p.since = any(f.times)))`,
  );
}
