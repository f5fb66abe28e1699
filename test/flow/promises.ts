import { calendarOf } from '../../src/domain/asking/playbook.ts';
import { isWorkingTime, localDate } from '../../src/domain/asking/workday.ts';
import type { Office } from '../support/office.ts';
import { type OfficeRows, readOffice } from './office-rows.ts';

/** What breaks the promises in an office as it stands now, in words; nothing when all hold. */
export async function breaches(office: Office): Promise<string[]> {
  const rows = await readOffice(office);
  return [
    ...deadEnds(rows),
    ...twice(office, rows),
    ...overtaken(rows),
    ...forgotten(rows),
    ...atBadTimes(office, rows),
    ...ungathered(office, rows),
  ];
}

/** Promise 1. An account that lost all its deals to another one, in a merge or a correction, lives on there. */
function deadEnds(rows: OfficeRows): string[] {
  // Where everybody has left, nobody can be asked: doors stay with whom they are until somebody comes.
  const here = rows.reps.filter((rep) => rep.active);
  const active = new Set((here.length > 0 ? here : rows.reps).map((rep) => rep.id));
  const asked = rows.prompts.filter((prompt) => prompt.closedAt === null);
  const accountIds = [...new Set(rows.engagements.map((engagement) => engagement.accountId))];
  return accountIds.flatMap((accountId) => {
    const open = rows.engagements.filter((one) => one.accountId === accountId && one.ending === null);
    const returns = asked.filter((one) => one.accountId === accountId && one.engagementId === null);
    if (open.length === 0) {
      if (returns.length === 0) return [`account ${accountId} has nothing going on and no return`];
      return returns
        .filter(({ repId }) => !active.has(repId))
        .map(() => `the return of ${accountId} is nobody's`);
    }
    const faults = returns.length > 0 ? [`account ${accountId} has a return beside an engagement`] : [];
    for (const { id, ownerId, stage } of open) {
      const prompt = asked.find((one) => one.engagementId === id);
      if (prompt === undefined) faults.push(`engagement ${id} has no prompt`);
      else if (prompt.repId !== ownerId) faults.push(`the prompt of ${id} is not its owner's`);
      else if (prompt.question !== stage) faults.push(`${id} is asked for ${prompt.question} in ${stage}`);
      if (!active.has(ownerId)) faults.push(`engagement ${id} has an owner who left`);
    }
    return faults;
  });
}

/** Promise 2, in what is stored and in what Slack was sent. */
function twice({ slack }: Office, rows: OfficeRows): string[] {
  const open = rows.prompts.filter((prompt) => prompt.closedAt === null);
  const returns = open.filter((prompt) => prompt.engagementId === null);
  const onTheirWay = rows.bundles.filter((bundle) => bundle.status === 'on_its_way');
  const sent = slack.ledger.flatMap(({ bundle }) => bundle?.bundleId ?? []);
  return [
    ...duplicates(open.flatMap((prompt) => prompt.engagementId ?? [])).map((id) => `${id} has two prompts`),
    ...duplicates(returns.map((prompt) => prompt.accountId)).map((id) => `${id} has two returns`),
    ...duplicates(onTheirWay.map((bundle) => bundle.repId)).map((id) => `${id} has two bundles on their way`),
    ...duplicates(sent).map((id) => `bundle ${id} reached Slack twice`),
  ];
}

/** Nobody is asked about what has ended. */
function overtaken(rows: OfficeRows): string[] {
  const ended = new Set(rows.engagements.filter(({ ending }) => ending !== null).map(({ id }) => id));
  return rows.prompts
    .filter(({ closedAt, engagementId }) => closedAt === null && ended.has(engagementId ?? ''))
    .map(({ engagementId }) => `engagement ${engagementId} has ended and is still asked about`);
}

/** A prompt that a bundle holds is on its way with it, to whom it is for: else nobody would ever be asked it. */
function forgotten(rows: OfficeRows): string[] {
  const bundles = new Map(rows.bundles.map((bundle) => [bundle.id, bundle]));
  return rows.prompts.flatMap((prompt) => {
    if (prompt.closedAt !== null || prompt.bundleId === null) return [];
    const bundle = bundles.get(prompt.bundleId);
    if (bundle?.status !== 'on_its_way')
      return [`prompt ${prompt.id} is held by a bundle that is ${bundle?.status}`];
    return bundle.repId === prompt.repId ? [] : [`prompt ${prompt.id} is on its way to somebody else`];
  });
}

/** Promise 4. Nobody in these stories moves to another time zone. */
function atBadTimes({ slack, flow }: Office, rows: OfficeRows): string[] {
  const faults: string[] = [];
  const days: string[] = [];
  for (const { at, bundle, slackUserId } of slack.ledger) {
    if (bundle === null) continue;
    const timeZone = rows.reps.find((rep) => rep.slackUserId === slackUserId)?.timeZone ?? bundle.timeZone;
    const calendar = calendarOf(flow.defaults, { timeZone, promptAt: null });
    if (!isWorkingTime(calendar, at)) faults.push(`${slackUserId} was written to at ${at.toISOString()}`);
    if (bundle.prompts.length > flow.defaults.bundleSize) faults.push(`${slackUserId} got a flood`);
    const isDaily = rows.bundles.find((one) => one.id === bundle.bundleId)?.daily;
    if (isDaily === true) days.push(`${slackUserId} on ${localDate(timeZone, at)}`);
  }
  return [...faults, ...duplicates(days).map((day) => `${day} was sent two daily bundles`)];
}

/** Promise 4, for closes: one DM at once, then at most one in each gathering time. */
function ungathered({ flow }: Office, rows: OfficeRows): string[] {
  const gatherMs = flow.defaults.gatherMinutes * 60_000;
  const urgent = rows.bundles.filter((bundle) => bundle.urgent && bundle.status === 'delivered');
  return [...Map.groupBy(urgent, (bundle) => bundle.repId)].flatMap(([repId, bundles]) => {
    const times = bundles.map((bundle) => bundle.claimedAt.getTime()).sort((a, b) => a - b);
    const isSoon = times.some((time, index) => index > 0 && time - times[index - 1]! < gatherMs);
    return isSoon ? [`the closes of ${repId} were not gathered`] : [];
  });
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
