import { expect, it } from 'vitest';
import { readBundleView } from '../../src/flow/bundle-view.ts';
import { receiveAnswer } from '../../src/flow/receive-answer.ts';
import { showBoard } from '../../src/flow/show-board.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { ANA, MONDAY, Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';

const store = useStore();
const aWeekAgo = new Date(new Date(MONDAY).getTime() - 7 * 86_400_000);

it('a question that was put off to tomorrow does not count as another that waits', async () => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ stage: 'deliver', occurredAt: aWeekAgo }));
  await office.sweep();
  const bundleId = office.slack.bundlesOf(ANA.slackUserId)[0]?.bundleId ?? '';
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const { doors } = await showBoard(office.flow, { ...ana, limit: 1 });
  const answer = { kind: 'later' as const, on: '2026-11-24' };
  await receiveAnswer(office.flow, { ...ana, promptId: doors[0]?.promptId ?? '', key: 'click:1', answer });
  const view = await readBundleView(office.flow, office.workspaceId, bundleId);
  expect(view).toMatchObject({ prompts: [{ state: { kind: 'answered' } }], alsoWaiting: 0 });
});
