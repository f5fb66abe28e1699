import { expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { readFigures } from '../../../src/flow/digests/read-figures.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const MIDNIGHT = '2026-11-24T00:00:00.000Z';

it('what happens on the stroke of midnight counts in the period that begins, and only there', async () => {
  const office = await Office.open(store(), {
    start: MIDNIGHT,
    playbook: { hours: { from: 0, to: 24 * 60 }, days: [1, 2, 3, 4, 5, 6, 7] },
  });
  const { flow, workspaceId, slack } = office;
  const at = new Date(MIDNIGHT);
  await office.receive(
    dealUpdate({ status: 'won', occurredAt: at, amount: { value: '100.00', currency: 'USD' } }),
  );
  const promptId = slack.bundlesOf(ANA.slackUserId)[0]!.prompts[0]!.promptId;
  await receiveAnswer(flow, {
    ...{ workspaceId, slackUserId: ANA.slackUserId, promptId, key: 'story' },
    answer: {
      kind: 'verified',
      verification: { who: 'Dana', seesValue: 'yes', words: 'It saves hours', heldOn: '2026-11-24' },
      needs: [{ words: 'A second line' }],
      next: { kind: 'engage_heard', index: 0 },
    },
  });
  const figuresOf = async (from: string, to: string) => {
    const period = { from: new Date(from), to: new Date(to) };
    const { total } = await readFigures(flow, { workspaceId, ...period, timeZone: 'UTC' });
    return { won: total.won.count, verified: total.verified, needs: total.needs, begun: total.begun };
  };
  expect(await figuresOf('2026-11-23T00:00:00Z', MIDNIGHT)).toEqual({
    won: 0,
    verified: 0,
    needs: 0,
    begun: 0,
  });
  expect(await figuresOf(MIDNIGHT, '2026-11-25T00:00:00Z')).toEqual({
    won: 1,
    verified: 1,
    needs: 1,
    begun: 1,
  });
});
