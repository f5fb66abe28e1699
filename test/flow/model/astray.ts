import { sql } from 'drizzle-orm';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

/**
 * "Who is who": a name joins the one account with an id that bears it, and none when several do or none does; what
 * people said are one client are one, and of those no name decides. What
 * hangs on an engagement is where that is, and what was said of an account where that account is.
 */
export async function astray(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    with account as (
      select a.*, coalesce(a.joins_id, a.id) as place, case when a.external_id is null then
        (select case when count(distinct coalesce(b.joins_id, b.id)) = 1 then min(coalesce(b.joins_id, b.id)::text) end
          from accounts b where b.workspace_id = a.workspace_id and b.name_key = a.name_key and b.external_id is not null) end as bearer
      from accounts a where a.workspace_id = ${workspaceId}
    ), same as (
      select subject, object from joins
      where workspace_id = ${workspaceId} and kind = 'same_client' and taken_back_at is null
    ), hanging as (
      select 'a prompt' as what, engagement_id, account_id from prompts where workspace_id = ${workspaceId}
      union all select 'a need', engagement_id, account_id from needs where workspace_id = ${workspaceId}
      union all select 'an answer', engagement_id, account_id from answers where workspace_id = ${workspaceId}
      union all select 'a verification', engagement_id, account_id from verifications
        where workspace_id = ${workspaceId}
    ), said as (
      select 'a need' as what, named_account_id, account_id from needs
        where workspace_id = ${workspaceId} and engagement_id is null
      union all select 'an answer', named_account_id, account_id from answers
        where workspace_id = ${workspaceId} and engagement_id is null and account_id is not null
    )
    select 'the name ' || name || ' leads to the wrong account' from account
    where joins_id::text is distinct from bearer
      and not exists (select 1 from same where account.id::text in (subject, object))
    union all
    select a.name || ' and ' || b.name || ' are not one, as somebody said' from same
    join account a on a.id::text = subject join account b on b.id::text = object where a.place <> b.place
    union all
    select 'deal ' || e.deal_id || ' is not where its account is' from engagements e
    left join account a on a.id = e.named_account_id
    where e.workspace_id = ${workspaceId} and e.account_id is distinct from a.place
    union all
    select what || ' of deal ' || e.deal_id || ' is not where that is' from hanging h
    join engagements e on e.workspace_id = ${workspaceId} and e.id = h.engagement_id
    where h.account_id is distinct from e.account_id
    union all
    select what || ' is not where the account is that it was said of' from said s
    left join account a on a.id = s.named_account_id where s.account_id is distinct from a.place`,
  );
}
