import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { MONDAY, Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';
import { anyChange, anyClient, MIA, STAFF } from './happenings.ts';
import { breaches } from './promises.ts';
import { stateOf } from './state.ts';

const numRuns = Number(process.env.RUNS ?? 6);
const HOUR = 3_600_000;
const store = useStore();

/** Some updates of a few deals within a few hours, so that several fall on the same instant, and an order for them. */
function anyNews() {
  // Mostly one account, so that its return hangs on several deals.
  const clients = fc.oneof({ arbitrary: fc.constant({ id: 'A-1', name: 'Acme' }), weight: 3 }, anyClient());
  const hoursAgo = fc.nat(6);
  const closedHoursAgo = fc.constantFrom(undefined, 1, 50, 2_000);
  return fc
    .array(fc.record({ change: anyChange(clients), hoursAgo, closedHoursAgo }), {
      minLength: 2,
      maxLength: 9,
    })
    .map((all) => all.map(toUpdate))
    .chain((updates) =>
      fc.record({
        updates: fc.constant(updates),
        // Some of them twice, in any order.
        order: fc
          .subarray(updates)
          .chain((again) =>
            fc.shuffledSubarray([...updates, ...again], { minLength: updates.length + again.length }),
          ),
        minutesBetween: fc.constantFrom(0, 1, 30),
      }),
    );
}

function toUpdate({
  change,
  hoursAgo,
  closedHoursAgo,
}: {
  change: Partial<DealUpdate>;
  hoursAgo: number;
  closedHoursAgo: number | undefined;
}): DealUpdate {
  const ago = (hours: number) => new Date(new Date(MONDAY).getTime() - hours * HOUR);
  const closedAt = closedHoursAgo === undefined ? undefined : ago(hoursAgo + closedHoursAgo);
  return dealUpdate({ ...change, occurredAt: ago(hoursAgo), closedAt });
}

it('comes to the same state whatever the order in which updates come in, and however often', async () => {
  await fc.assert(
    fc.asyncProperty(anyNews(), async ({ updates, order, minutesBetween }) => {
      const atOnce = await Office.open(store(), { people: [...STAFF, MIA] });
      await atOnce.receive(...updates);
      const oneByOne = await Office.open(store(), { people: [...STAFF, MIA] });
      for (const update of order) {
        await oneByOne.receive(update);
        oneByOne.clock.pass({ minutes: minutesBetween });
      }
      expect(await breaches(oneByOne)).toEqual([]);
      expect(await stateOf(oneByOne)).toEqual(await stateOf(atOnce));
    }),
    { numRuns },
  );
}, 600_000);
