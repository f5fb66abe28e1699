import { sql } from 'drizzle-orm';
import { dateText, wallAt } from '../../domain/asking/workday-oracle.ts';
import type { Office } from '../../support/office.ts';
import { selectTexts } from './select.ts';

const DAY_MS = 86_400_000;
/** Ten working days, with three weekends and the holidays of the stories. */
const WAIT_AT_MOST_DAYS = 20;
/** A quiet question rests for sixty days, then until the next working morning. */
const QUIET_AT_MOST_DAYS = 67;

/** "When it asks": three DMs a day, three asks a round, then quiet; nothing waits for long, nothing that moves is asked about. */
export async function tooOften(office: Office): Promise<string[]> {
  return [...crowdedDays(office), ...longRounds(office), ...(await restless(office))];
}

function crowdedDays({ slack, flow }: Office): string[] {
  const days = slack.ledger.flatMap(({ at, bundle, slackUserId, timeZone }) => {
    const day = dateText(wallAt(timeZone ?? flow.defaults.timeZone, at.getTime()));
    return bundle === null ? [] : [`${slackUserId} on ${day}`];
  });
  return [...Map.groupBy(days, (day) => day)]
    .filter(([, dms]) => dms.length > flow.defaults.dmsADay)
    .map(([day, dms]) => `${dms.length} DMs to ${day}`);
}

/** Between two asks of one round more lie than the playbook has, and no rest. */
function longRounds({ slack, flow }: Office): string[] {
  const asks = slack.ledger.flatMap(({ at, bundle, slackUserId }) =>
    (bundle?.prompts ?? [])
      .filter(({ rule, state }) => rule !== 'weekly' && rule !== 'monthly' && state.kind === 'open')
      .map(({ question, need, engagement, account, since }) => {
        const about = `${need?.id ?? engagement?.id ?? account.id} ${since.toISOString()}`;
        return { at: at.getTime(), question, key: `${question} of ${about}, asked of ${slackUserId}` };
      }),
  );
  return [...Map.groupBy(asks, ({ key }) => key)].flatMap(([key, all]) => {
    const round = 1 + flow.defaults.asking[all[0]?.question ?? 'return'].again.length;
    const isTooSoon = all.some(({ at }, index) => {
      const before = all[index - 1];
      return (
        index >= round && before !== undefined && at - before.at < (flow.defaults.quietDays - 1) * DAY_MS
      );
    });
    return isTooSoon ? [`asked more than ${round} times: ${key}`] : [];
  });
}

async function restless(office: Office): Promise<string[]> {
  const { workspaceId, clock, flow } = office;
  const now = clock.now().toISOString();
  const rounds = sql.join(
    Object.entries(flow.defaults.asking).map(
      ([question, { again }]) => sql`when ${question} then ${again.length + 1}::int`,
    ),
    sql` `,
  );
  return await selectTexts(
    office,
    sql`
    with asked as (
      select p.*, 'the ' || p.question || ' of ' || a.name as what, case p.question ${rounds} end as round
      from prompts p join accounts a on a.workspace_id = p.workspace_id and a.id = p.account_id
      where p.workspace_id = ${workspaceId} and p.closed_at is null
    )
    select what || ' was asked ' || asked || ' times and is not quiet' from asked
    where asked >= round and quiet_since is null and rule not in ('weekly', 'monthly')
      and question not in ('promise', 'lost')
    union all
    select what || ' was asked ' || asked || ' times and has not lapsed' from asked
    where question in ('promise', 'lost') and (asked > round or quiet_since is not null)
    union all
    select what || ' is quiet after ' || asked || ' asks' from asked where quiet_since is not null and asked < round
    union all
    select what || ' is quiet since ' || quiet_since || ' and comes back on ' || due_at from asked
    where quiet_since is not null and due_at > quiet_since + ${`${QUIET_AT_MOST_DAYS} days`}::interval
      and due_at > ${now}::timestamptz + interval '7 days'
    union all
    select what || ' waits for room since ' || waiting_since from asked
    where bundle_id is null and unaskable_since is null
      and waiting_since < ${now}::timestamptz - ${`${WAIT_AT_MOST_DAYS} days`}::interval
    union all
    select what || ' counts from ' || since || ', and the deal moved on ' || e.moved_at
    from asked join engagements e on e.workspace_id = ${workspaceId} and e.id = asked.engagement_id
    where asked.question in ('discover', 'develop', 'deliver', 'close') and asked."on" is null and since < e.moved_at`,
  );
}
