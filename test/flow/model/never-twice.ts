import { sql } from 'drizzle-orm';
import { dateText, wallAt } from '../../domain/asking/workday-oracle.ts';
import type { Office } from '../../support/office.ts';
import { select, selectTexts } from './select.ts';

/** Promise 2, in what is stored and in what Slack was sent. */
export async function twice(office: Office): Promise<string[]> {
  return [
    ...(await twiceStored(office)),
    ...(await twiceInSlack(office)),
    ...twiceOnOneDay(office),
    ...twiceLive(office),
    ...foldedTooFar(office),
    ...handedOverTwice(office),
  ];
}

async function twiceStored(office: Office): Promise<string[]> {
  const { workspaceId } = office;
  return await selectTexts(
    office,
    sql`
    select 'deal ' || e.deal_id || ' has ' || count(*) || ' prompts for ' || p.question
    from prompts p join engagements e on e.workspace_id = p.workspace_id and e.id = p.engagement_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null
    group by e.deal_id, p.question, p.need_id having count(*) > 1
    union all
    select 'deal ' || e.deal_id || ' has prompts for two stages'
    from prompts p join engagements e on e.workspace_id = p.workspace_id and e.id = p.engagement_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null and p.named_rep_id is null
    group by e.deal_id having count(distinct p.question) > 1
    union all
    select 'account ' || a.name || ' has ' || count(*) || ' returns for one rep'
    from prompts p join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
    where p.workspace_id = ${workspaceId} and p.closed_at is null and p.question = 'return'
    group by a.id, a.name, p.named_rep_id having count(*) > 1
    union all
    select coalesce(r.slack_user_id, r.name) || ' has ' || count(*) || ' bundles on their way'
    from bundles b join reps r on r.workspace_id = b.workspace_id and r.id = b.rep_id
    where b.workspace_id = ${workspaceId} and b.status = 'on_its_way'
    group by r.id, r.slack_user_id, r.name having count(*) > 1`,
  );
}

/** Each bundle once, and each that counts as delivered. */
async function twiceInSlack(office: Office): Promise<string[]> {
  const inSlack = Map.groupBy(
    office.slack.ledger.flatMap(({ bundle }) => bundle?.bundleId ?? []),
    (id) => id,
  );
  const delivered = await select<{ id: string }>(
    office,
    sql`select id::text from bundles where workspace_id = ${office.workspaceId} and status = 'delivered'`,
  );
  return [
    ...[...inSlack]
      .filter(([, all]) => all.length > 1)
      .map(([id, all]) => `bundle ${id} reached Slack ${all.length} times`),
    ...delivered.filter(({ id }) => !inSlack.has(id)).map(({ id }) => `bundle ${id} never reached Slack`),
  ];
}

/** Each word about a hand-over reaches Slack once. */
function handedOverTwice({ slack }: Office): string[] {
  const said = slack.ledger.flatMap(({ handOver }) => handOver?.messageId ?? []);
  return said.filter((id, index) => said.indexOf(id) !== index).map((id) => `${id} reached Slack twice`);
}

/** A question is asked again after working days, so never twice on one. */
function twiceOnOneDay({ slack }: Office): string[] {
  const asked = slack.ledger.flatMap(({ at, bundle, slackUserId, timeZone }) =>
    (bundle?.prompts ?? []).map(({ promptId, question, account }) => {
      const day = dateText(wallAt(timeZone ?? 'UTC', at.getTime()));
      return { key: `${promptId} ${day}`, told: `${slackUserId}: ${question} of ${account.name} on ${day}` };
    }),
  );
  return [...Map.groupBy(asked, ({ key }) => key).values()]
    .filter((all) => all.length > 1)
    .map(([first]) => `asked twice on one day: ${first?.told}`);
}

/** Among a rep's DMs a question has buttons in one message only, once all that follows from a step is done. */
function twiceLive({ slack }: Office): string[] {
  const live = slack.ledger.flatMap(({ bundle, redrawn, slackUserId }) => {
    const shown = redrawn ?? bundle;
    return (shown?.prompts ?? []).flatMap(({ promptId, state, question, account }) =>
      state.kind === 'open' && shown?.askedAgain[promptId] === undefined
        ? [{ promptId, told: `${slackUserId}: ${question} of ${account.name}` }]
        : [],
    );
  });
  return [...Map.groupBy(live, ({ promptId }) => promptId).values()]
    .filter((all) => all.length > 1)
    .map((all) => `live in ${all.length} messages: ${all[0]?.told}`);
}

/** The latest message that asks a question says of none that it was asked again. */
function foldedTooFar({ slack }: Office): string[] {
  const latest = new Map<string, string | null>();
  for (const { bundle, redrawn } of slack.ledger) {
    const shown = redrawn ?? bundle;
    for (const { promptId, question, account } of shown?.prompts ?? []) {
      const isFolded = shown?.askedAgain[promptId] !== undefined;
      latest.set(promptId, isFolded ? `folded everywhere: ${question} of ${account.name}` : null);
    }
  }
  return [...latest.values()].filter((told) => told !== null);
}
