import { expect, it } from 'vitest';
import { claimDueDigests } from '../../../src/flow/digests/claim-due-digests.ts';
import { COMMAND } from '../../../src/slack/command/command.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();
const SALES = { id: 'C0SALES', name: 'sales', members: [ANA.id], botIsMember: true };

it('a channel that the bot was taken out of gets its digest again once it is back', async () => {
  const side = await SlackSide.open(store(), 'socket', { channels: [SALES] });
  const { slack, clock, jobs, flow } = side;
  await slack.command(ANA.id, SALES.id, COMMAND, 'digest daily');
  const nextDay = async () => {
    clock.pass({ days: 1 });
    await claimDueDigests(flow, slack.team.id);
    await jobs.runDue();
  };
  const posted = () => slack.messages(SALES.id).filter(({ text }) => text.startsWith("What's next:"));
  const told = () =>
    slack.messages(side.dm).filter(({ text }) => text.startsWith("I couldn't post the digest"));
  await slack.removeApp(SALES.id);
  await nextDay();
  await nextDay();
  expect(posted()).toEqual([]);
  expect(told()).toMatchObject([{ text: expect.stringContaining('Invite me again with `/invite`') }]);
  await slack.inviteApp(SALES.id, ANA.id);
  await nextDay();
  expect(posted()).toHaveLength(1);
  expect(told()).toHaveLength(1);
});
