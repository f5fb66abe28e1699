import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';
import { anyHappening, type Happening, MIA, STAFF, STARTS } from './happenings.ts';
import { stateOf } from './state.ts';
import { Story } from './story.ts';

const numRuns = Number(process.env.RUNS ?? 3);
const store = useStore();
const open = (start: string) => Office.open(store(), { start, people: [...STAFF, MIA] });

/** What happens where: `0` and `1` are two workspaces with the same people, accounts, deals and event ids. */
const anyStory = () =>
  fc.array(fc.tuple(fc.constantFrom(0, 1), anyHappening()), { minLength: 5, maxLength: 25, size: 'max' });

async function tell(office: Office, story: Story, happening: Happening): Promise<void> {
  await story.happen(happening);
  await office.jobs.runDue();
}

it('lets no workspace see another, though people, accounts, deals and events have the same ids', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), anyStory(), async (start, all) => {
      const [left, right, alone] = [await open(start), await open(start), await open(start)];
      const stories = [new Story(left), new Story(right)] as const;
      for (const [where, happening] of all) await tell([left, right][where]!, stories[where]!, happening);
      const mine = new Story(alone);
      for (const [where, happening] of all) if (where === 0) await tell(alone, mine, happening);
      expect(factless(await stateOf(left))).toEqual(factless(await stateOf(alone)));
      expect(sent(left)).toEqual(sent(alone));
    }),
    { numRuns },
  );
}, 600_000);

/** Answers have ids of our own, so what counts from an answer is compared without them. */
function factless(state: Awaited<ReturnType<typeof stateOf>>): string {
  return JSON.stringify(state).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ours');
}

function sent({ slack }: Office): string[] {
  return slack.ledger.map(({ at, slackUserId, bundle }) => {
    const asked = bundle?.prompts.map((prompt) => `${prompt.question} ${prompt.account.name}`).sort();
    return `${at.toISOString()} ${slackUserId}: ${asked?.join(', ')}`;
  });
}
