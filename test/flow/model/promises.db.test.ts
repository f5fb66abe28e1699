import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { STARTS } from './cast.ts';
import { leftUndone } from './left-undone.ts';
import { whileAway } from './never-while-away.ts';
import { anyStep } from './steps.ts';
import { Story } from './story.ts';

const store = useStore();

it('keeps every promise after each step, whatever happens', async () => {
  const steps = fc.array(anyStep(), { minLength: 5, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), steps, async (start, all) => {
      const story = await Story.begin(store(), start);
      const told = [start];
      for (const step of all) {
        told.push(JSON.stringify(step));
        await story.take(step);
        await story.office.sweep();
        const found = [...(await breaches(story.office)), ...whileAway(story.office, story.absences.spells)];
        expect(found, told.join('\n')).toEqual([]);
      }
      await story.rest();
      const found = [...(await breaches(story.office)), ...(await leftUndone(story))];
      expect(found, [...told, 'and days of rest'].join('\n')).toEqual([]);
    }),
    { numRuns: runs(6) },
  );
});
