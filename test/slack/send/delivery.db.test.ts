import { describe, expect, it } from 'vitest';
import { findRepBySlackUser, saveRep } from '../../../src/db/who/rep.ts';
import { claimDueBundles } from '../../../src/flow/asking/claim-bundles.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

/** Ana is about to be asked about another order, and her DM is no longer where it was. */
async function withoutDm() {
  const side = await SlackSide.open(store());
  const { flow, slack, jobs } = side;
  const { id: workspaceId } = slack.team;
  const rep = () => flow.store.read((tx) => findRepBySlackUser(tx, workspaceId, ANA.id));
  const { id } = (await rep())!;
  await flow.store.transaction((tx) => saveRep(tx, workspaceId, id, { dmChannelId: 'D0GONE' }));
  await gatherDealUpdates(flow)(workspaceId, [dealUpdate({ dealId: 'D-2', status: 'won' })]);
  await jobs.runDue();
  side.clock.pass({ hours: 1 });
  await claimDueBundles(flow, workspaceId);
  return { slack, jobs, dm: side.dm, rep };
}

describe('a DM that is gone', () => {
  it('is opened anew, and kept for the next time', async () => {
    const { slack, jobs, dm, rep } = await withoutDm();
    await jobs.runDue();
    expect(slack.messages(dm)).toHaveLength(2);
    expect(await rep()).toMatchObject({ dmChannelId: dm });
  });

  it('is opened anew to look for what may have gone there, so that it is not sent again', async () => {
    const { slack, jobs, dm, rep } = await withoutDm();
    slack.fail({ method: 'chat.postMessage', kind: 'reset_after', when: ({ channel }) => channel === dm });
    await jobs.runAll();
    expect(slack.messages(dm)).toHaveLength(2);
    expect(await rep()).toMatchObject({ dmChannelId: dm });
  });
});
