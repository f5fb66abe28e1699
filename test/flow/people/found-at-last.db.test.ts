import { expect, it } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { findWithNews, markNews, takeNews } from '../../../src/db/who/owner.ts';
import { applyDealUpdates } from '../../../src/flow/intake/apply-deal-updates.ts';
import { receiveDealUpdates } from '../../../src/flow/intake/receive-deal-updates.ts';
import { identifyOwners } from '../../../src/flow/people/identify-owners.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();

it('a new owner is asked about a close at once, though everything died when they were found', async () => {
  const office = await Office.open(store(), { people: [ANA] });
  const { flow, workspaceId, jobs, slack } = office;
  const won = dealUpdate({ status: 'won', owner: { email: 'ana@example.com' } });
  await receiveDealUpdates(flow, workspaceId, [[won]]);
  await applyDealUpdates(flow, workspaceId);
  const whole = flow.store;
  let isDead = false;
  const transaction: Store['transaction'] = async (work) => {
    if (isDead) throw new Error('the process died');
    const result = await whole.transaction(work);
    const { reps } = await readOffice(office);
    isDead = reps.some(({ slackUserId }) => slackUserId === ANA.slackUserId);
    return result;
  };
  flow.store = { transaction, read: whole.read.bind(whole), enqueue: whole.enqueue.bind(whole) } as Store;
  await jobs.runDue();
  await expect(identifyOwners(flow, { workspaceId })).rejects.toThrow('died');
  expect(isDead).toBe(true);
  flow.store = whole;
  office.clock.pass({ minutes: 5 });
  await jobs.runDue();
  expect(slack.bundlesOf(ANA.slackUserId)).toHaveLength(1);
});

it('an owner of whom there is more news while the last is looked at is looked at once more', async () => {
  const office = await Office.open(store());
  const { workspaceId } = office;
  await office.receive(dealUpdate({ owner: { email: 'ana@example.com' } }));
  const isWithNews = async (seen: number) =>
    await store().transaction(async (tx) => {
      const keys = { emailKeys: ['ana@example.com'], nameKeys: [] };
      await markNews(tx, workspaceId, keys);
      const [owner] = await findWithNews(tx, workspaceId, new Set(), 1);
      await takeNews(tx, workspaceId, owner?.id ?? '', seen);
      return (await findWithNews(tx, workspaceId, new Set(), 1)).length > 0;
    });
  expect(await isWithNews(0)).toBe(true);
  expect(await isWithNews(1)).toBe(true);
  expect(await isWithNews(2)).toBe(false);
});
