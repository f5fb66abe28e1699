import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Office } from '../support/office.ts';
import { runs } from '../support/runs.ts';
import { useStore } from '../support/test-store.ts';
import { STARTS } from './model/cast.ts';
import { stateOf } from './model/state.ts';
import { anyStep } from './model/steps.ts';
import { Story } from './model/story.ts';

const store = useStore();

/** What happens where: `0` and `1` are two workspaces with the same people, accounts, deals and event ids. */
const anyStory = () =>
  fc.array(fc.tuple(fc.constantFrom(0, 1), anyStep()), { minLength: 5, maxLength: 25, size: 'max' });

it('lets no workspace see another, though people, accounts, deals and events have the same ids', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), anyStory(), async (start, all) => {
      const [left, right, alone] = [await begin(start), await begin(start), await begin(start)];
      for (const [where, step] of all) await [left, right][where]?.take(step);
      for (const [where, step] of all) if (where === 0) await alone.take(step);
      expect(await stateOf(left.office)).toEqual(await stateOf(alone.office));
      expect(sent(left.office)).toEqual(sent(alone.office));
    }),
    { numRuns: runs(3) },
  );
});

const begin = async (start: string) => await Story.begin(store(), start);

function sent({ slack }: Office): string[] {
  return slack.ledger.map(({ at, slackUserId, bundle }) => {
    const asked = bundle?.prompts.map((prompt) => `${prompt.question} ${prompt.account.name}`).sort();
    return `${at.toISOString()} ${slackUserId}: ${asked?.join(', ')}`;
  });
}
