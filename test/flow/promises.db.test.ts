import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setManager } from '../../src/flow/people/set-manager.ts';
import { Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';
import { anyHappening, type Happening, MIA, STAFF, STARTS } from './happenings.ts';
import { breaches } from './promises.ts';
import { Story } from './story.ts';

/** Set RUNS to hunt: each run is a story of its own. */
const numRuns = Number(process.env.RUNS ?? 6);
const store = useStore();

async function openOffice(start: string): Promise<Office> {
  const office = await Office.open(store(), { start, people: [...STAFF, MIA] });
  const { flow, workspaceId } = office;
  for (const { slackUserId } of STAFF.slice(0, 2)) {
    await setManager(flow, { workspaceId, slackUserId, managerSlackUserId: MIA.slackUserId });
  }
  return office;
}

async function live(office: Office, happenings: readonly Happening[]): Promise<void> {
  const story = new Story(office);
  for (const happening of happenings) {
    await story.happen(happening);
    await office.sweep();
    expect(await breaches(office), JSON.stringify(happening)).toEqual([]);
  }
}

it('keeps every door open, and asks nobody twice or at a bad time, whatever happens', async () => {
  const happenings = fc.array(anyHappening(), { minLength: 5, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), happenings, async (start, all) => {
      await live(await openOffice(start), all);
    }),
    { numRuns },
  );
}, 600_000);
