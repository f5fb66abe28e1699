import { expect, it } from 'vitest';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { COMMAND } from '../../../src/slack/command/command.ts';
import { ACTION, MORE, TOLD } from '../../../src/slack/kit/ids.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, type Mode, SlackSide } from '../slack-side.ts';

const store = useStore();
const BEN = {
  id: 'U0BEN',
  name: 'ben',
  realName: 'Ben Okoye',
  email: 'ben@example.com',
  tz: 'Europe/Lisbon',
};

/** Ana was asked about Acme; Ben is a colleague of hers. */
async function office(mode: Mode = 'socket') {
  const side = await SlackSide.open(store(), mode, { users: [ANA, BEN] });
  const { slack } = side;
  const dm = slack.dm(BEN.id);
  const latest = () => slack.messages(dm).findLast(({ text }) => text.startsWith('<@U0'));
  const asked = async () => {
    await side.jobs.runDue();
    return await slack.until('Ben to be asked', latest);
  };
  const press = async (actionId: string) => {
    const ts = (await asked()).ts;
    await slack.click(BEN.id, { channel: dm, ts }, { actionId });
    await side.jobs.runDue();
    return JSON.stringify(slack.messages(dm).find((message) => message.ts === ts)?.blocks);
  };
  const form = async () => {
    await side.click({ actionId: ACTION.more, value: MORE.notUseful });
    for (const actionId of [`${ACTION.notUseful}:not_mine`, ACTION.handOver]) {
      const { ts } = await slack.until(actionId, () =>
        slack
          .messages(side.dm, ANA.id)
          .findLast(({ ephemeralFor, blocks }) => ephemeralFor && JSON.stringify(blocks).includes(actionId)),
      );
      await slack.click(ANA.id, { channel: side.dm, ts }, { actionId });
    }
    return await slack.until('the form', () => slack.openViews(ANA.id)[0]);
  };
  const heard = (userId: string, text: string) =>
    slack.until(`to ${userId}: ${text}`, () =>
      slack.messages(slack.dm(userId), userId).find((message) => message.text.includes(text)),
    );
  return { side, slack, dm, asked, press, form, heard };
}

it.each(['socket', 'http'] as const)(
  'a colleague takes on what is not mine, and is asked in my place (%s)',
  async (mode) => {
    const { side, slack, asked, press, form, heard, dm } = await office(mode);
    const shown = await side.submit(await form(), { to: BEN.id, line: 'Dana knows <you>' });
    expect(JSON.stringify(shown)).toContain('Until they do it stays with <@U0ANA>');
    const question = await asked();
    expect(question.text).toBe('<@U0ANA> asks whether you take on *Acme* · GTX Pro.');
    expect(JSON.stringify(question.blocks)).toContain('Dana knows &lt;you&gt;');
    expect(await press(ACTION.takeHandOver)).toContain('<@U0BEN> has taken on *Acme* · GTX Pro');
    await heard(BEN.id, "It's yours now");
    await heard(ANA.id, '<@U0BEN> has taken on *Acme*');
    expect(await side.drawn()).toContain('Handed to Ben Okoye');
    await slack.until('Ben to be asked what was promised', () =>
      slack.messages(dm).some(({ blocks }) => JSON.stringify(blocks).includes(ACTION.promised)),
    );
  },
);

it('a colleague who would rather not leaves it with me, and a second click is told so', async () => {
  const { side, press, form, heard } = await office();
  const before = await side.drawn();
  await side.submit(await form(), { to: BEN.id });
  const drawn = await press(ACTION.declineHandOver);
  expect(drawn).toContain("<@U0BEN> can't take on");
  expect(drawn).not.toContain(ACTION.takeHandOver);
  await heard(ANA.id, "<@U0BEN> can't take on *Acme* · GTX Pro. It stays with <@U0ANA>.");
  expect((await side.drawn()).replaceAll(/"b\d{10}"/g, '')).toBe(before.replaceAll(/"b\d{10}"/g, ''));
});

it('says in the form why somebody cannot take it on, with what was typed still there', async () => {
  const { side, slack, form } = await office();
  const tz = 'UTC';
  await slack.addUser({ id: 'U0EVE', name: 'eve', realName: 'Eve', tz, teamId: 'T0ELSEWHERE' });
  await slack.addUser({ id: 'U0BOT', name: 'bot', realName: 'Bot', tz, isBot: true });
  await slack.addUser({ id: 'U0GONE', name: 'gone', realName: 'Gone', tz, deleted: true });
  const open = await form();
  for (const [to, why] of [
    ['', 'Pick a colleague'],
    [ANA.id, "That's you"],
    ['U0EVE', "They don't sell here"],
    ['U0BOT', "They don't sell here"],
    ['U0GONE', 'They have left'],
  ] as const) {
    const typed = to === '' ? { line: 'a line' } : { to, line: 'a line' };
    const shown = await side.submit(open, typed);
    expect(JSON.stringify(shown)).toContain(why);
  }
  const away = slack.openViews(ANA.id)[0];
  side.loseStore();
  const shown = await side.submit(away ?? open, { to: BEN.id, line: 'a line' });
  expect(JSON.stringify(shown)).toContain("I couldn't keep this just now");
});

it('opens from a deal on the account’s card, shows who is asked already, and takes that back', async () => {
  const { side, slack, asked } = await office();
  await slack.command(ANA.id, side.dm, COMMAND, 'Acme');
  const card = await slack.until('the card', () =>
    slack.messages(side.dm, ANA.id).find(({ blocks }) => JSON.stringify(blocks).includes(TOLD.handOver)),
  );
  const [, id = ''] = new RegExp(`${TOLD.handOver}([0-9a-f-]+)`).exec(JSON.stringify(card.blocks)) ?? [];
  const pick = async () => {
    const value = `${TOLD.handOver}${id}`;
    await slack.click(ANA.id, { channel: side.dm, ts: card.ts }, { actionId: ACTION.toldMenu, value });
    return await slack.until('the form', () => slack.openViews(ANA.id)[0]);
  };
  const open = await pick();
  await side.submit(open, { to: BEN.id });
  await asked();
  await slack.close(ANA.id, slack.openViews(ANA.id)[0]?.id ?? '', { all: true });
  const waits = await pick();
  expect(JSON.stringify(waits.view)).toContain('is asked to take it on, since today');
  await slack.click(ANA.id, { viewId: waits.id }, { actionId: ACTION.withdrawHandOver });
  await slack.until('that nobody is asked', () =>
    JSON.stringify(slack.openViews(ANA.id)).includes('asks no more about'),
  );
  await side.jobs.runDue();
  expect(JSON.stringify((await asked()).blocks)).not.toContain(ACTION.takeHandOver);
});

it('nobody else is shown the form', async () => {
  const { side, slack, dm } = await office();
  await gatherDealUpdates(side.flow)(slack.team.id, [
    dealUpdate({ dealId: 'D-BEN', account: { name: 'Zenith' }, owner: { email: BEN.email } }),
  ]);
  await side.jobs.runDue();
  await slack.command(BEN.id, dm, COMMAND, 'Acme');
  const card = await slack.until('the card', () =>
    slack.messages(dm, BEN.id).find(({ blocks }) => JSON.stringify(blocks).includes(TOLD.handOver)),
  );
  const [value = ''] = new RegExp(`${TOLD.handOver}[0-9a-f-]+`).exec(JSON.stringify(card.blocks)) ?? [];
  await slack.click(BEN.id, { channel: dm, ts: card.ts }, { actionId: ACTION.toldMenu, value });
  const open = await slack.until('why not', () => slack.openViews(BEN.id)[0]);
  expect(JSON.stringify(open)).toContain('theirs to hand on');
  expect(JSON.stringify(open)).not.toContain('users_select');
});
