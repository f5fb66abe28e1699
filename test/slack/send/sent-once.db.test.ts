import { expect, it } from 'vitest';
import { claimDueBundles } from '../../../src/flow/asking/claim-bundles.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { SlackSide } from '../slack-side.ts';

const store = useStore();

it('a question that Slack took without an answer, and then has no time to be asked about, is not sent again', async () => {
  const { flow, slack, jobs, clock, dm } = await SlackSide.open(store());
  const { id: workspaceId } = slack.team;
  await gatherDealUpdates(flow)(workspaceId, [dealUpdate({ dealId: 'D-2', status: 'won' })]);
  await jobs.runDue();
  clock.pass({ hours: 1 });
  await claimDueBundles(flow, workspaceId);
  slack.fail({ method: 'chat.postMessage', kind: 'reset_after' });
  await jobs.runDue();
  expect(slack.messages(dm)).toHaveLength(2);
  const calls = /^(conversations\.(open|history)|chat\.postMessage)$/;
  slack.fail({ method: calls, kind: 'ratelimited', retryAfter: 1 });
  await jobs.runAll();
  expect(slack.messages(dm)).toHaveLength(2);
});
