import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { STARTS } from './cast.ts';
import { anyStep, type Step } from './steps.ts';
import { Story } from './story.ts';

const store = useStore();
const DAY_MINUTES = 24 * 60;

/** Days in which little happens, so that questions are asked again, rest, and come back. */
function anyWeeks(): fc.Arbitrary<Step[]> {
  const days = fc.constantFrom(1, 1, 1, 3, 12, 30);
  const pass = days.map((count): Step => ({ kind: 'pass', minutes: count * DAY_MINUTES }));
  const step = fc.oneof({ weight: 3, arbitrary: pass }, { weight: 2, arbitrary: anyStep() });
  return fc.array(step, { minLength: 20, maxLength: 60, size: 'max' });
}

it('asks no more than three times a round and three DMs a day, lets what moves alone, and comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), anyWeeks(), async (start, steps) => {
      const story = await Story.begin(store(), start);
      const told = [start];
      for (const step of steps) {
        told.push(JSON.stringify(step));
        await story.take(step);
        await story.office.sweep();
      }
      expect(await breaches(story.office), told.join('\n')).toEqual([]);
    }),
    { numRuns: runs(5) },
  );
});
