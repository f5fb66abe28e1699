import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { ANA, Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';

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
