import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { astray } from '../model/astray.ts';
import { deadEnds } from '../model/no-dead-end.ts';
import { stateOf } from '../model/state.ts';
import { anyStep } from '../model/steps.ts';
import { Story } from '../model/story.ts';

const store = useStore();
const MONDAY = '2026-11-23T09:00:00Z';
const TOLD = ['news', 'order', 'need', 'note', 'same client', 'same order', 'take back', 'pass'];

it('what people joined holds after each step, and what hangs on it follows', async () => {
  const told = anyStep().filter(({ kind }) => TOLD.includes(kind));
  const steps = fc.array(told, { minLength: 4, maxLength: 16, size: 'max' });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const story = await Story.begin(store(), MONDAY);
      for (const step of all) {
        await story.take(step);
        expect(await astray(story.office), JSON.stringify(step)).toEqual([]);
        expect(await deadEnds(story.office), JSON.stringify(step)).toEqual([]);
      }
    }),
    { numRuns: runs(6) },
  );
});

it('comes to the same when updates around what people say come in otherwise', async () => {
  const told = anyStep().filter(({ kind }) => TOLD.includes(kind));
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 4, maxLength: 12, size: 'max' }), async (all) => {
      const once = await Story.begin(store(), MONDAY);
      const otherwise = await Story.begin(store(), MONDAY, (updates) =>
        updates.toReversed().map((one) => [one]),
      );
      for (const step of all) {
        await once.take(step);
        await otherwise.take(step);
        const [{ engagements, names }, other] = [await stateOf(once.office), await stateOf(otherwise.office)];
        expect(other.engagements, JSON.stringify(step)).toEqual(engagements);
        expect(other.names, JSON.stringify(step)).toEqual(names);
      }
    }),
    { numRuns: runs(4) },
  );
});
