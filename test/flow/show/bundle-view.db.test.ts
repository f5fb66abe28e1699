import { describe, expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { readBundleView } from '../../../src/flow/show/bundle-view.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import type { BundleView } from '../../../src/flow/show/views.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, MONDAY, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

describe('a bundle', () => {
  it('counts what found no room in it', async () => {
    const office = await Office.open(store(), { playbook: { bundleSize: 1 } });
    await office.receive(delivered(7, 'Acme'), delivered(7, 'Brightwater'));
    expect(await sentToAna(office)).toMatchObject({ prompts: [{}], alsoWaiting: 1 });
  });

  it('counts no question that is only due tomorrow', async () => {
    const office = await Office.open(store());
    await office.receive(delivered(7, 'Acme'), delivered(4, 'Brightwater'));
    expect(await sentToAna(office)).toMatchObject({ prompts: [{}], alsoWaiting: 0 });
  });

  it('counts no question that was put off to tomorrow', async () => {
    const office = await Office.open(store(), { playbook: { bundleSize: 1 } });
    await office.receive(delivered(7, 'Acme'));
    const { prompts } = await sentToAna(office);
    const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
    const answer = { kind: 'later' as const, on: '2026-11-24' };
    const promptId = prompts[0]?.promptId ?? '';
    await receiveAnswer(office.flow, { ...ana, promptId, key: 'click:1', answer });
    const { doors } = await showBoard(office.flow, { ...ana, limit: 2 });
    expect(doors).toMatchObject([{ dueAt: new Date('2026-11-24T09:00:00Z') }]);
    expect(await sentToAna(office)).toMatchObject({ alsoWaiting: 0 });
  });
});

/** A deal of Ana's that was brought to the client so many days ago: after three working days she is asked. */
function delivered(daysAgo: number, name: string) {
  const occurredAt = new Date(new Date(MONDAY).getTime() - daysAgo * 86_400_000);
  return dealUpdate({ dealId: name, account: { name }, stage: 'deliver', occurredAt });
}

/** The first bundle that Ana was sent, as it stands now. */
async function sentToAna(office: Office): Promise<BundleView> {
  await office.sweep();
  const [bundle] = office.slack.bundlesOf(ANA.slackUserId);
  return await readBundleView(office.flow, office.workspaceId, bundle?.bundleId ?? '');
}
