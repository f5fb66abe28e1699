import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { STARTS } from './cast.ts';
import { anyStep } from './steps.ts';
import { Story } from './story.ts';

const store = useStore();

it('keeps every promise after each step, whatever happens', async () => {
  const steps = fc.array(anyStep(), { minLength: 5, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), steps, async (start, all) => {
      const story = await Story.begin(store(), start);
      for (const [index, step] of all.entries()) {
        await story.take(step);
        await story.office.sweep();
        const until = all.slice(0, index + 1).map((one) => JSON.stringify(one));
        expect(await breaches(story.office), [start, ...until].join('\n')).toEqual([]);
      }
    }),
    { numRuns: runs(6) },
  );
});
