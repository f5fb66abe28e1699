import { sql } from 'drizzle-orm';
import { DM_HOLDS } from '../../../src/domain/asking/bundle.ts';
import { dateText, showsWork, wallAt } from '../../domain/asking/workday-oracle.ts';
import type { Message } from '../../support/memory-slack.ts';
import type { Office } from '../../support/office.ts';
import { select, selectTexts } from './select.ts';

/** Promise 4: no DM outside the working time of its rep, in the zone that was theirs then; and no flood. */
export async function atBadTimes(office: Office): Promise<string[]> {
  const { slack, flow } = office;
  const { hours, days, holidays, timeZone: defaultZone } = flow.defaults;
  const dms = slack.ledger.filter(({ slackUserId }) => slackUserId !== null);
  const faults: string[] = [];
  for (const { at, bundle, slackUserId, timeZone } of dms) {
    const zone = timeZone ?? defaultZone;
    const calendar = { timeZone: zone, hours, days, holidays: new Set(holidays), promptAt: hours.from };
    if (!showsWork(calendar, at.getTime()))
      faults.push(`${slackUserId} was written to at ${at.toISOString()}, in ${zone}`);
    if ((bundle?.prompts.length ?? 0) > DM_HOLDS)
      faults.push(`${slackUserId} was asked more than one can read`);
  }
  return [...faults, ...(await twoDailies(office, dms)), ...(await ungathered(office))];
}

/** One bundle a day: the later of two tells the zone by which they must lie on two days. */
async function twoDailies(office: Office, dms: readonly Message[]): Promise<string[]> {
  const rows = await select<{ id: string }>(
    office,
    sql`select id::text from bundles where workspace_id = ${office.workspaceId} and daily`,
  );
  const dailies = new Set(rows.map(({ id }) => id));
  const sent = dms.filter(({ bundle }) => dailies.has(bundle?.bundleId ?? ''));
  return [...Map.groupBy(sent, ({ slackUserId }) => slackUserId)].flatMap(([slackUserId, all]) =>
    all.flatMap(({ at, timeZone }, index) => {
      const dayOf = (when: Date) => dateText(wallAt(timeZone ?? 'UTC', when.getTime()));
      const before = all[index - 1];
      const isSameDay = before !== undefined && dayOf(before.at) === dayOf(at);
      return isSameDay ? [`${slackUserId} was sent two daily bundles on ${dayOf(at)}`] : [];
    }),
  );
}

/** For closes: one DM at once, then at most one in each gathering time. */
async function ungathered(office: Office): Promise<string[]> {
  const { workspaceId, flow } = office;
  return await selectTexts(
    office,
    sql`
    select coalesce(r.slack_user_id, r.name) || ' was asked about two closes within ' || soon from (
      select rep_id, claimed_at - lag(claimed_at) over (partition by rep_id order by claimed_at) as soon
      from bundles where workspace_id = ${workspaceId} and urgent and status = 'delivered') b
    join reps r on r.workspace_id = ${workspaceId} and r.id = b.rep_id
    where soon < make_interval(mins => ${flow.defaults.gatherMinutes}::int)`,
  );
}
