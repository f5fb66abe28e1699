import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, MONDAY, Office } from '../../support/office.ts';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();

/** Closes of several deals, each told three times: by events of the same instant, and by one minutes before. */
function anyCloses() {
  const owner = fc.constantFrom({ email: ANA.email ?? '' }, { email: BEN.email ?? '' });
  return fc
    .array(fc.record({ owner, minute: fc.nat(20) }), { minLength: 1, maxLength: 6 })
    .chain((closes) => {
      const told = closes.flatMap(({ owner, minute }, index) => tellThrice(`D-${index}`, owner, minute));
      return fc.shuffledSubarray(told, { minLength: told.length });
    });
}

function tellThrice(dealId: string, owner: DealUpdate['owner'], minute: number): DealUpdate[] {
  const closedAt = new Date(new Date(MONDAY).getTime() - minute * 60_000);
  return [0, 0, 3].map((before) => {
    const occurredAt = new Date(closedAt.getTime() - before * 60_000);
    return dealUpdate({ dealId, owner, status: 'won', occurredAt, closedAt });
  });
}

it('asks a rep once about each close, however often and in whatever order it is told', async () => {
  await fc.assert(
    fc.asyncProperty(anyCloses(), fc.constantFrom(0, 1, 4), async (updates, minutesBetween) => {
      const office = await Office.open(store());
      for (const update of updates) {
        await office.receive(update);
        office.clock.pass({ minutes: minutesBetween });
        await office.sweep();
      }
      // What a day has no more DMs for waits for the next morning.
      for (const wait of [{ minutes: 11 }, { minutes: 11 }, { days: 1 }, { minutes: 11 }]) {
        office.clock.pass(wait);
        await office.sweep();
      }
      const { engagements } = await readOffice(office);
      const asked = office.slack.ledger.flatMap(({ bundle }) => bundle?.prompts ?? []);
      const ids = asked.map((prompt) => prompt.engagement?.id ?? '');
      expect(ids.sort()).toEqual(engagements.map(({ id }) => id).sort());
      expect(asked.every((prompt) => prompt.question === 'promise')).toBe(true);
    }),
    { numRuns: runs(5) },
  );
});

it('asks about the first close at once, and gathers those that follow into one more DM', async () => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ dealId: 'D-1', status: 'won' }));
  expect(office.slack.bundlesOf(ANA.slackUserId)).toHaveLength(1);
  for (const dealId of ['D-2', 'D-3']) {
    office.clock.pass({ minutes: 2 });
    await office.receive(dealUpdate({ dealId, status: 'won' }));
  }
  expect(office.slack.bundlesOf(ANA.slackUserId)).toHaveLength(1);
  office.clock.moveTo('2026-11-23T09:10:00Z');
  await office.sweep();
  const sizes = office.slack.bundlesOf(ANA.slackUserId).map((bundle) => bundle.prompts.length);
  expect(sizes).toEqual([1, 2]);
});

it('keeps the prompts of an owner whom Slack does not know, and asks once the person is there', async () => {
  const office = await Office.open(store(), { people: [BEN] });
  await office.receive(dealUpdate({ status: 'won' }));
  expect(office.slack.ledger).toEqual([]);
  office.slack.setPerson(ANA);
  office.clock.pass({ hours: 2 });
  await personChanged(office.flow, { workspaceId: office.workspaceId, person: ANA });
  await office.jobs.runDue();
  expect(office.slack.bundlesOf(ANA.slackUserId).map((bundle) => bundle.prompts.length)).toEqual([1]);
});
