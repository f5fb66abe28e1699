import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { readJoinChanges } from '../../src/db/who/join-change.ts';
import { applyDealUpdates } from '../../src/flow/intake/apply-deal-updates.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { receiveDealUpdates } from '../../src/flow/intake/receive-deal-updates.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { ANA, Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';
import { breaches } from './model/breaches.ts';
import { readOffice } from './office-rows.ts';

const store = useStore();

it('applies updates whose job is gone for good, once the sweep finds them', async () => {
  const office = await Office.open(store());
  await gatherDealUpdates(office.flow)(office.workspaceId, [dealUpdate({ status: 'won' })]);
  await store().transaction((tx) =>
    tx.execute(
      sql`update pgboss.job set state = 'failed', completed_on = now() where data->>'workspaceId' = ${office.workspaceId}`,
    ),
  );
  office.clock.pass({ seconds: 30 });
  await office.sweep();
  expect(office.slack.bundlesOf(ANA.slackUserId)).toEqual([]);
  office.clock.pass({ seconds: 60 });
  await office.sweep();
  expect(office.slack.bundlesOf(ANA.slackUserId)).toHaveLength(1);
});

it('lets what a name leads to follow the account that bears it now, though the job is gone for good', async () => {
  const office = await Office.open(store());
  const { flow, workspaceId, clock } = office;
  await office.receive(dealUpdate({ status: 'won', account: { name: 'Corner' } }));
  const account = { id: 'A-1', name: 'Corner' };
  clock.pass({ minutes: 1 });
  await receiveDealUpdates(flow, workspaceId, [[dealUpdate({ dealId: 'D-2', account })]]);
  await applyDealUpdates(flow, workspaceId);
  await store().transaction((tx) =>
    tx.execute(
      sql`update pgboss.job set state = 'failed', completed_on = now()
        where name = 'follow-names' and data->>'workspaceId' = ${workspaceId}`,
    ),
  );
  const accountsOfDeals = async () =>
    (await readOffice(office)).engagements.map(({ accountId }) => accountId);
  expect(new Set(await accountsOfDeals()).size).toBe(2);
  clock.pass({ seconds: 61 });
  await office.sweep();
  expect(new Set(await accountsOfDeals()).size).toBe(1);
  expect(await breaches(office)).toEqual([]);
  const left = await store().read((tx) => readJoinChanges(tx, workspaceId, clock.now(), 1));
  expect(left).toEqual([]);
});
