import { expect } from 'vitest';
import { declineHandOver, takeHandOver, withdrawHandOver } from '../../../src/flow/hand-over/decide.ts';
import { proposeHandOver } from '../../../src/flow/hand-over/propose.ts';
import type { Office } from '../../support/office.ts';
import { readOffice } from '../office-rows.ts';
import { catchUp, takeBackKey } from './corrections.ts';
import { wholeOf } from './put-right.ts';
import { Named } from './state.ts';
import type { Step } from './steps.ts';

/** Somebody asks a colleague to take a deal on, or answers what they were asked. */
export async function handOver(
  office: Office,
  { pick, to, what }: Extract<Step, { kind: 'hand over' }>,
  here: readonly string[],
  key: string,
): Promise<void> {
  const { flow, workspaceId, jobs } = office;
  const named = await Named.read(office);
  const { engagements, reps, handOvers } = named.rows;
  const slackUserOf = (repId: string) => reps.find(({ id }) => id === repId)?.slackUserId ?? '';
  if (what === 'propose') {
    // Ids are not the same in two tellings of one story; deals are.
    const deals = engagements.toSorted((a, b) => (named.deal(a.id) < named.deal(b.id) ? -1 : 1));
    const deal = deals[pick % Math.max(deals.length, 1)];
    const toSlackUserId = here[to % Math.max(here.length, 1)];
    if (deal === undefined || toSlackUserId === undefined) return;
    const slackUserId = slackUserOf(deal.ownerId);
    await proposeHandOver(flow, { workspaceId, slackUserId, engagementId: deal.id, toSlackUserId });
  } else {
    const open = handOvers
      .filter(({ endedAt }) => endedAt === null)
      .toSorted((a, b) => (named.deal(a.engagementId) < named.deal(b.engagementId) ? -1 : 1));
    const one = open[pick % Math.max(open.length, 1)];
    if (one === undefined) return;
    const { id: handOverId } = one;
    const by = what === 'withdraw' ? one.byId : one.askedId;
    const deciding = { workspaceId, slackUserId: slackUserOf(by), handOverId };
    if (what === 'take') await takeHandOver(flow, { ...deciding, key });
    else if (what === 'decline') await declineHandOver(flow, deciding);
    else await withdrawHandOver(flow, deciding);
  }
  await jobs.runDue();
}

/** Promise 9: taken back, a hand-over leaves what would have been. */
export async function handOverInVain(
  office: Office,
  { pick, to }: Extract<Step, { kind: 'hand over in vain' }>,
  here: readonly string[],
  key: string,
): Promise<void> {
  await handOver(office, { kind: 'hand over', pick, to, what: 'propose' }, here, key);
  await catchUp(office);
  const before = await wholeOf(office);
  await handOver(office, { kind: 'hand over', pick, to, what: 'take' }, here, key);
  if (!(await readOffice(office)).answers.some((row) => row.key === key)) return;
  await takeBackKey(office, key);
  expect(await wholeOf(office), 'a hand-over that was taken back').toEqual(before);
}
