import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { chanceFrom } from '../../support/chance.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { Office } from '../../support/office.ts';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { EVERYBODY, STARTS } from './cast.ts';
import { stateOf } from './state.ts';
import { anyAccount, anyNews, anyStep, type News, type Step } from './steps.ts';
import { Story } from './story.ts';

const HOUR_MS = 3_600_000;
/** A Sunday all around the world: nobody is asked, so nothing but the facts tells when that is due. */
const SUNDAY = '2026-11-22T11:00:00Z';

const store = useStore();

/** What is told twice, in another order, in batches of one to four. */
function retold(updates: readonly DealUpdate[], seed: number): DealUpdate[][] {
  const chance = chanceFrom(seed);
  const again = updates.filter(() => chance() < 0.3);
  const left = [...updates, ...again]
    .map((update) => ({ update, place: chance() }))
    .sort((a, b) => a.place - b.place)
    .map(({ update }) => update);
  const batches: DealUpdate[][] = [];
  while (left.length > 0) batches.push(left.splice(0, 1 + Math.floor(chance() * 4)));
  return batches;
}

function toUpdate({ change, hoursAgo, closedHoursAgo, openedHoursAgo }: News): DealUpdate {
  const ago = (hours: number) => new Date(Date.parse(SUNDAY) - hours * HOUR_MS);
  const closedAt = closedHoursAgo === null ? undefined : ago(hoursAgo + closedHoursAgo);
  const openedAt = openedHoursAgo === null ? undefined : ago(hoursAgo + openedHoursAgo);
  return dealUpdate({ ...change, occurredAt: ago(hoursAgo), closedAt, openedAt });
}

it('comes to the same state whatever the order in which facts come in, and however often', async () => {
  // Mostly one account, so that its return hangs on several deals.
  const account = fc.oneof({ arbitrary: fc.constant({ id: 'A-1', name: 'Acme' }), weight: 2 }, anyAccount());
  const anyUpdates = fc
    .array(anyNews(account), { minLength: 2, maxLength: 10 })
    .map((news) => news.map(toUpdate));
  await fc.assert(
    fc.asyncProperty(anyUpdates, fc.nat(), async (updates, seed) => {
      const atOnce = await Office.open(store(), { start: SUNDAY, people: EVERYBODY });
      await atOnce.receive(...updates);
      const otherwise = await Office.open(store(), { start: SUNDAY, people: EVERYBODY });
      for (const batch of retold(updates, seed)) await otherwise.receive(...batch);
      expect(await breaches(otherwise)).toEqual([]);
      expect(await stateOf(otherwise, { dates: true })).toEqual(await stateOf(atOnce, { dates: true }));
    }),
    { numRuns: runs(10) },
  );
});

it('comes to the same state when a story is told in other batches', async () => {
  // Which message meets the trouble would be another one.
  const smooth = anyStep()
    .filter(({ kind }) => kind !== 'trouble')
    .map((step): Step => (step.kind === 'close' ? { ...step, trouble: null } : step));
  const steps = fc.array(smooth, { minLength: 3, maxLength: 20, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), steps, fc.nat(), async (start, all, seed) => {
      const once = await Story.begin(store(), start);
      const otherwise = await Story.begin(store(), start, (updates) => retold(updates, seed));
      for (const step of all) {
        await once.take(step);
        await otherwise.take(step);
        expect(await stateOf(otherwise.office), JSON.stringify(step)).toEqual(await stateOf(once.office));
      }
    }),
    { numRuns: runs(3) },
  );
});
