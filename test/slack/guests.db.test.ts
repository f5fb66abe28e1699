import { expect, it } from 'vitest';
import { findRepBySlackUser } from '../../src/db/rep.ts';
import { gatherDealUpdates } from '../../src/flow/intake/gather-deal-updates.ts';
import { COMMAND } from '../../src/slack/command/command.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { useStore } from '../support/test-store.ts';
import { ANA, Desk } from './desk.ts';

const store = useStore();
const zoe = { id: 'U0ZOE', name: 'zoe', realName: 'Zoe Guest', email: 'zoe@client.example', tz: 'UTC' };
const NOTHING = 'people who work here';

it('a guest whom no deal names is shown nothing, is told so, and becomes no rep', async () => {
  const desk = await Desk.open(store());
  await desk.slack.addUser({ ...zoe, isGuest: true });
  const dm = desk.slack.dm(zoe.id);
  await desk.slack.command(zoe.id, dm, COMMAND, 'Acme');
  const answers = () => desk.slack.messages(dm, zoe.id).filter(({ text }) => text.includes(NOTHING));
  await desk.slack.until('an answer to the command', () => answers().length === 1);
  await desk.slack.openHome(zoe.id);
  await desk.slack.until('Home', () => JSON.stringify(desk.slack.home(zoe.id)).includes(NOTHING));
  expect(await desk.slack.say(zoe.id, dm, 'Hello?')).toMatchObject({ ok: true });
  await desk.slack.until('an answer to the message', () => answers().length === 2);
  expect(await isRep(desk, zoe.id)).toBe(false);
});

it('a guest whose e-mail a deal names is a rep as others are', async () => {
  const desk = await Desk.open(store());
  await desk.slack.addUser({ ...zoe, isGuest: true });
  const ofZoe = dealUpdate({ dealId: 'D-ZOE', account: { name: 'Zenith' }, owner: { email: zoe.email } });
  await gatherDealUpdates(desk.flow)(desk.slack.team.id, [ofZoe]);
  await desk.jobs.runDue();
  await desk.slack.openHome(zoe.id);
  await desk.slack.until('Home', () => JSON.stringify(desk.slack.home(zoe.id)).includes('Zenith'));
});

it('nobody of another company, and no bot, is taken for a manager', async () => {
  const desk = await Desk.open(store());
  const tz = 'UTC';
  await desk.slack.addUser({ id: 'U0EVE', name: 'eve', realName: 'Eve', tz, teamId: 'T0ELSEWHERE' });
  await desk.slack.addUser({ id: 'U0BOT', name: 'bot', realName: 'Bot', tz, isBot: true });
  for (const name of ['eve', 'bot']) {
    const shown = await desk.slack.command(ANA.id, desk.dm, COMMAND, `manager @${name}`);
    expect(JSON.stringify(shown)).toContain("doesn't work here as far as Slack tells me");
  }
  expect(await isRep(desk, 'U0EVE')).toBe(false);
  expect(await isRep(desk, 'U0BOT')).toBe(false);
});

async function isRep({ flow, slack }: Desk, slackUserId: string): Promise<boolean> {
  return (await flow.store.read((tx) => findRepBySlackUser(tx, slack.team.id, slackUserId))) !== null;
}
