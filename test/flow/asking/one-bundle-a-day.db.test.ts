import { expect, it } from 'vitest';
import { readBundleView } from '../../../src/flow/show/bundle-view.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

/** A deal that is asked about five working days after it came to `close`. */
const lingering = (dealId: string, occurredAt: string) =>
  dealUpdate({
    ...{ dealId, account: { id: dealId, name: dealId }, stage: 'close', occurredAt: new Date(occurredAt) },
  });

it('a bundle that could not leave on its day does not make two on the next: its questions wait for theirs', async () => {
  const office = await Office.open(store(), { start: '2026-11-27T09:00:00Z' });
  const { slack, clock } = office;
  await office.receive(
    lingering('Friday', '2026-11-23T09:00:00Z'),
    lingering('Monday', '2026-11-24T09:00:00Z'),
  );
  // Due on the last day of November, in the evening of which Slack has no time.
  clock.moveTo('2026-11-30T17:25:00Z');
  slack.fail(...Array.from({ length: 20 }, () => 'later' as const));
  await office.sweep();
  expect(slack.bundlesOf(ANA.slackUserId)).toEqual([]);
  clock.moveTo('2026-12-01T09:00:00Z');
  slack.recover();
  await office.jobs.runDue();
  await office.sweep();
  clock.pass({ hours: 2 });
  await office.sweep();
  const days = slack.ledger.map(({ at }) => at.toISOString().slice(0, 10));
  expect(days).toEqual(['2026-12-01']);
});

it('a rep gets three DMs a day, closes included: later ones wait for the morning, with the way to them', async () => {
  const office = await Office.open(store());
  const { slack, clock } = office;
  for (const dealId of ['D-1', 'D-2', 'D-3', 'D-4', 'D-5']) {
    await office.receive(dealUpdate({ dealId, status: 'won', occurredAt: clock.now() }));
    clock.pass({ minutes: 30 });
    await office.sweep();
  }
  expect(slack.ledger.map(({ at }) => at.toISOString().slice(5, 16))).toEqual([
    '11-23T09:00',
    '11-23T09:30',
    '11-23T10:00',
  ]);
  const bundleId = slack.bundlesOf(ANA.slackUserId).at(-1)?.bundleId ?? '';
  expect(await readBundleView(office.flow, office.workspaceId, bundleId)).toMatchObject({ alsoWaiting: 2 });
  clock.moveTo('2026-11-24T09:00:00Z');
  await office.sweep();
  expect(slack.bundlesOf(ANA.slackUserId).at(-1)?.prompts).toHaveLength(2);
});

it('sixty questions that are due at once are all asked within ten working days', async () => {
  const office = await Office.open(store());
  const { slack, clock } = office;
  const deals = Array.from({ length: 60 }, (_, index) => lingering(`D-${index}`, '2026-11-12T09:00:00Z'));
  await office.receive(...deals);
  for (let day = 0; day <= 14; day += 1) {
    await office.sweep();
    clock.pass({ days: 1 });
  }
  const first = new Map<string, number>();
  for (const { at, bundle } of slack.ledger) {
    for (const { promptId, asked } of bundle?.prompts ?? [])
      if (asked === 0) first.set(promptId, at.getTime());
  }
  expect(first.size).toBe(60);
});
