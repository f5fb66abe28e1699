import { expect, it } from 'vitest';
import { findRepBySlackUser } from '../../src/db/who/rep.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { COMMAND } from '../../src/slack/command/command.ts';
import { ACTION } from '../../src/slack/kit/ids.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { useStore } from '../support/test-store.ts';
import { ANA, SlackSide } from './slack-side.ts';

const store = useStore();
const zoe = { id: 'U0ZOE', name: 'zoe', realName: 'Zoe Guest', email: 'zoe@client.example', tz: 'UTC' };
const NOTHING = 'people who work here';

it('a guest whom no deal names is shown nothing, is told so, and becomes no rep', async () => {
  const side = await SlackSide.open(store());
  await side.slack.addUser({ ...zoe, isGuest: true });
  const dm = side.slack.dm(zoe.id);
  await side.slack.command(zoe.id, dm, COMMAND, 'Acme');
  const answers = () => side.slack.messages(dm, zoe.id).filter(({ text }) => text.includes(NOTHING));
  await side.slack.until('an answer to the command', () => answers().length === 1);
  await side.slack.openHome(zoe.id);
  await side.slack.until('Home', () => JSON.stringify(side.slack.home(zoe.id)).includes(NOTHING));
  expect(await side.slack.say(zoe.id, dm, 'Hello?')).toMatchObject({ ok: true });
  await side.slack.until('an answer to the message', () => answers().length === 2);
  expect(await isRep(side, zoe.id)).toBe(false);
});

it('a guest whose e-mail a deal names is a rep as others are', async () => {
  const side = await SlackSide.open(store());
  await side.slack.addUser({ ...zoe, isGuest: true });
  const ofZoe = dealUpdate({ dealId: 'D-ZOE', account: { name: 'Zenith' }, owner: { email: zoe.email } });
  await gatherDealUpdates(side.flow)(side.slack.team.id, [ofZoe]);
  await side.jobs.runDue();
  await side.slack.openHome(zoe.id);
  await side.slack.until('Home', () => JSON.stringify(side.slack.home(zoe.id)).includes('Zenith'));
});

it('nobody of another company, and no bot, is taken for a manager', async () => {
  const side = await SlackSide.open(store());
  const tz = 'UTC';
  await side.slack.addUser({ id: 'U0EVE', name: 'eve', realName: 'Eve', tz, teamId: 'T0ELSEWHERE' });
  await side.slack.addUser({ id: 'U0BOT', name: 'bot', realName: 'Bot', tz, isBot: true });
  for (const name of ['eve', 'bot']) {
    const shown = await side.slack.command(ANA.id, side.dm, COMMAND, `manager @${name}`);
    expect(JSON.stringify(shown)).toContain("doesn't work here as far as Slack tells me");
  }
  expect(await isRep(side, 'U0EVE')).toBe(false);
  expect(await isRep(side, 'U0BOT')).toBe(false);
});

async function isRep({ flow, slack }: SlackSide, slackUserId: string): Promise<boolean> {
  return (await flow.store.read((tx) => findRepBySlackUser(tx, slack.team.id, slackUserId))) !== null;
}

it('a question of somebody else opens neither its form nor its reasons', async () => {
  const { slack } = await SlackSide.open(store());
  const ben = { id: 'U0BEN', name: 'ben', realName: 'Ben Okoye', email: 'ben@example.com', tz: 'UTC' };
  await slack.addUser(ben);
  const dm = slack.dm(ben.id);
  await slack.command(ben.id, dm, COMMAND, 'Acme');
  const card = await slack.until('the card', () =>
    slack.messages(dm, ben.id).find(({ blocks }) => JSON.stringify(blocks).includes(ACTION.open)),
  );
  const [{ block_id: blockId = '' } = {}] = (card.blocks ?? []).filter((block) =>
    JSON.stringify(block).includes(ACTION.open),
  );
  await slack.click(ben.id, { channel: dm, ts: card.ts }, { actionId: ACTION.open, blockId });
  await slack.until('a kind refusal', () =>
    slack.messages(dm, ben.id).some(({ text }) => text.startsWith('A colleague looks after this one')),
  );
  expect(slack.openViews(ben.id)).toEqual([]);
});
