import { expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { readFigures } from '../../../src/flow/digests/read-figures.ts';
import { verified } from '../../domain/cycle/facts.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, MONDAY, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const AHEAD = new Date('2199-12-31T00:00:00Z');

it.each([
  ['evt_9', 'evt_10'],
  ['evt_10', 'evt_9'],
])('asks about a close (%s won) that came in the same second as %s, still open', async (won, open) => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ eventId: won, status: 'won' }), dealUpdate({ eventId: open }));
  expect(office.slack.bundlesOf(ANA.slackUserId)).toHaveLength(1);
});

it('takes a close told of ahead of its day as of when it was told: no median below zero, no late return', async () => {
  const office = await Office.open(store());
  const { flow, workspaceId, clock } = office;
  const lost = dealUpdate({
    dealId: 'D-2',
    account: { id: 'A-2', name: 'Bolt' },
    status: 'lost',
    closedAt: AHEAD,
  });
  await office.receive(dealUpdate({ status: 'won', closedAt: AHEAD }), lost);
  const promptId = office.slack.bundlesOf(ANA.slackUserId)[0]!.prompts[0]!.promptId;
  clock.pass({ minutes: 60 });
  const click = { workspaceId, slackUserId: ANA.slackUserId, promptId, key: 'click' };
  await receiveAnswer(flow, { ...click, answer: verified('yes') });
  clock.pass({ minutes: 60 });
  const period = { from: new Date(MONDAY), to: clock.now() };
  const { total } = await readFigures(flow, { workspaceId, ...period, timeZone: 'UTC' });
  expect(total).toMatchObject({ won: { count: 1 }, verified: 1 });
  expect(total.medianDaysToVerified).toBeCloseTo(1 / 24);
  const { prompts } = await readOffice(office);
  const returns = prompts.filter(({ question }) => question === 'return');
  expect(returns.map(({ dueAt }) => dueAt < new Date('2027-03-01'))).toEqual([true]);
});
