import { expect, it } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

/** An office whose transactions are counted. */
async function busyOffice() {
  const office = await Office.open(store());
  const counted = { transactions: 0 };
  const whole = office.flow.store;
  const counting: Pick<Store, 'transaction' | 'enqueue'> = {
    transaction: async (work) => {
      counted.transactions += 1;
      return await whole.transaction(work);
    },
    enqueue: whole.enqueue.bind(whole),
  };
  const gather = gatherDealUpdates({ ...office.flow, store: counting as Store });
  return { office, counted, receive: (updates: DealUpdate[]) => gather(office.workspaceId, updates) };
}

it('stores what comes in at once with one commit, and asks about all of it', async () => {
  const { office, counted, receive } = await busyOffice();
  const wins = Array.from({ length: 20 }, (_, n) =>
    dealUpdate({ dealId: `D-${n}`, account: { name: `Client ${n}` }, status: 'won' }),
  );
  const receipts = await Promise.all(wins.map((win) => receive([win])));
  expect(receipts).toEqual(wins.map(() => ({ accepted: 1, duplicates: 0 })));
  expect(counted.transactions).toBe(1);
  await office.jobs.runDue();
  expect(office.slack.bundlesOf(ANA.slackUserId)[0]?.prompts).toHaveLength(4);
});

it('calls an event new once, whichever of the requests at once brings it', async () => {
  const { receive } = await busyOffice();
  const update = dealUpdate();
  await receive([dealUpdate({ dealId: 'D-2' })]);
  const receipts = await Promise.all([receive([update]), receive([update, update]), receive([update])]);
  expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
  expect(receipts.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(3);
});

it('fails the one request that cannot be stored, and none of its neighbours', async () => {
  const { receive } = await busyOffice();
  const poisoned = dealUpdate({ dealId: 'D-3', name: 'no database keeps a \u0000' });
  const outcomes = await Promise.allSettled([
    receive([dealUpdate({ dealId: 'D-1' })]),
    receive([dealUpdate({ dealId: 'D-2' })]),
    receive([poisoned]),
    receive([dealUpdate({ dealId: 'D-4' })]),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});
