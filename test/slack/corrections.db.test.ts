import { expect, it } from 'vitest';
import { answerCommand } from '../../src/slack/command/command.ts';
import { ACTION, MORE } from '../../src/slack/kit/ids.ts';
import { useStore } from '../support/test-store.ts';
import { SlackSide } from './slack-side.ts';

const store = useStore();

it.each(['socket', 'http'] as const)(
  'takes back a click in the message, and puts it back (%s)',
  async (mode) => {
    const side = await SlackSide.open(store(), mode);
    const before = await side.drawn();
    await side.click({ actionId: ACTION.more, value: MORE.tomorrow });
    const answered = await side.drawn();
    expect(answered).toContain('24 Nov');
    await side.click({ actionId: ACTION.undo });
    await side.whispered('Taken back: *Acme*');
    expect(shapeOf(await side.drawn())).toBe(shapeOf(before));
    const told = side.slack.messages(side.dm, 'U0ANA').findLast(({ ephemeralFor }) => ephemeralFor);
    await side.slack.click('U0ANA', { channel: side.dm, ts: told?.ts ?? '' }, { actionId: ACTION.putBack });
    await side.whispered('It stands again: *Acme*');
    expect(shapeOf(await side.drawn())).toBe(shapeOf(answered));
  },
);

/** Without the ids that Slack gives to blocks. */
function shapeOf(blocks: string): string {
  return blocks.replaceAll(/"b\d{10}"/g, '"b"');
}

it('shows by /whatsnext undo what it would take back, before it does', async () => {
  const side = await SlackSide.open(store());
  const asked = {
    workspaceId: side.slack.team.id,
    slackUserId: 'U0ANA',
    channelId: side.dm,
    key: 'command:1',
    at: side.clock.now(),
  };
  const nothing = await answerCommand(side.flow, { ...asked, text: 'undo' });
  expect(nothing.text).toBe('There is nothing of yours to take back.');
  await side.click({ actionId: ACTION.more, value: MORE.tomorrow });
  const shown = await answerCommand(side.flow, { ...asked, text: 'undo' });
  expect(shown.text).toMatch(/^The last you told me: \*Acme\* · .*24 Nov · Ana Lima, today$/);
  expect(JSON.stringify(shown.blocks)).toContain(`"action_id":"${ACTION.undo}"`);
  expect(await side.drawn()).toContain('24 Nov');
});

it('changes by a form what was told, with what was told in it', async () => {
  const side = await SlackSide.open(store());
  await side.click({ actionId: ACTION.more, value: MORE.tomorrow });
  await side.drawn();
  const form = await side.openForm(ACTION.change);
  expect(JSON.stringify(form)).toContain('2026-11-24');
  await side.submit(form, { on: '2026-12-04' });
  await expect.poll(async () => await side.drawn()).toContain('4 Dec');
});
