import { expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { importDeals } from '../../../src/flow/intake/import-deals.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

/** A Sunday, on which nobody is asked anything. */
const SUNDAY = '2026-11-22T11:00:00Z';
const ANA = person('Ana', { timeZone: 'Europe/Berlin' });

const store = useStore();

/** Late on 9 November in the workspace's zone, which is 10 November in Berlin. */
const discovered = dealUpdate({ dealId: 'D-1', occurredAt: new Date('2026-11-09T23:30:00Z') });
/** Sixty days later it is 8:30 on 22 December in the workspace's zone, and 9:30 in Berlin. */
const lost = dealUpdate({
  dealId: 'D-2',
  account: { id: 'A-2', name: 'Bolt' },
  status: 'lost',
  occurredAt: new Date('2026-10-23T08:30:00Z'),
});
/** Ten working days after 10 November, and the first morning after those sixty days. */
const IN_BERLIN = ['2026-11-24T08:00:00.000Z', '2026-12-23T08:00:00.000Z'];

async function dueTimes(office: Office): Promise<string[]> {
  const { prompts } = await readOffice(office);
  return prompts
    .filter(({ closedAt }) => closedAt === null)
    .map(({ dueAt }) => dueAt.toISOString())
    .sort();
}

it('asks a new owner on the days that are theirs, though nobody knew their zone when those were planned', async () => {
  const office = await Office.open(store(), { start: SUNDAY, people: [ANA] });
  await office.receive(discovered, lost);
  expect(await dueTimes(office)).toEqual(IN_BERLIN);
});

it('asks a rep who moved as if the deals had been told of since', async () => {
  const office = await Office.open(store(), { start: SUNDAY, people: [{ ...ANA, timeZone: 'UTC' }, BEN] });
  const { flow, workspaceId } = office;
  await office.receive(discovered, lost);
  await personChanged(flow, { workspaceId, person: ANA });
  expect(await dueTimes(office)).toEqual(IN_BERLIN);
});

it('leaves imported history on the days that had room for it, wherever its owner is and whoever stands in', async () => {
  const office = await Office.open(store(), { start: SUNDAY, people: [ANA, BEN] });
  const { flow, workspaceId, jobs } = office;
  const old = (status: DealUpdate['status'], n: number): DealUpdate => {
    const id = `${status}-${n}`;
    const closedAt = status === 'won' ? new Date('2020-01-07T10:00:00Z') : undefined;
    const openedAt = new Date('2019-01-07T10:00:00Z');
    return dealUpdate({ dealId: id, account: { id, name: id }, status, openedAt, closedAt });
  };
  async function* inOne() {
    yield [old('won', 1), old('won', 2), ...[1, 2, 3, 4].map((n) => old('open', n))];
  }
  await importDeals(flow, workspaceId, inOne(), { historyAfterDays: 30 });
  await jobs.runDue();
  const inBerlin = [
    ...Array(4).fill('2026-11-23T08:00:00.000Z'),
    ...Array(2).fill('2026-11-24T08:00:00.000Z'),
  ];
  expect(await dueTimes(office)).toEqual(inBerlin);
  const inLisbon = inBerlin.map((at) => at.replace('T08', 'T09'));
  await personChanged(flow, { workspaceId, person: { ...ANA, timeZone: 'Europe/Lisbon' } });
  expect(await dueTimes(office)).toEqual(inLisbon);
  await setManager(flow, { workspaceId, slackUserId: ANA.slackUserId, managerSlackUserId: BEN.slackUserId });
  await personChanged(flow, { workspaceId, person: { ...ANA, timeZone: 'Europe/Lisbon', active: false } });
  expect(await dueTimes(office)).toEqual(inLisbon);
});
