import { expect, it } from 'vitest';
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
