import { expect, it } from 'vitest';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { COMMAND } from '../../../src/slack/command/command.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

/** The card of an account, as Slack shows it to Ana. */
async function card(side: SlackSide, name: string, shows: string) {
  await side.slack.command(ANA.id, side.dm, COMMAND, name);
  return await side.slack.until(`the card of ${name}`, () =>
    side.slack
      .messages(side.dm, ANA.id)
      .findLast((message) => JSON.stringify(message.blocks).includes(shows)),
  );
}

it('makes one client of two from the account card, and two again by /whatsnext undo', async () => {
  const side = await SlackSide.open(store());
  const other = dealUpdate({ dealId: 'D-2', account: { id: 'A-2', name: 'Acme Corp' } });
  await gatherDealUpdates(side.flow)(side.slack.team.id, [other]);
  await side.jobs.runDue();
  const { ts } = await card(side, 'Acme Corp', ACTION.sameClient);
  await side.slack.click(ANA.id, { channel: side.dm, ts }, { actionId: ACTION.sameClient });
  const form = await side.slack.until('the form', () => side.slack.openViews(ANA.id)[0]);
  const typed = { blockId: 'as', actionId: ACTION.account, value: 'Acm' };
  const found = await side.slack.suggest(ANA.id, { viewId: form.id }, typed);
  const acme = found.ok ? found.options.find(({ text }) => text === 'Acme') : undefined;
  await side.slack.submit(ANA.id, form.id, { as: { [ACTION.account]: acme?.value ?? '' } });
  const [closing] = side.slack.openViews(ANA.id);
  expect(JSON.stringify(closing?.view)).toContain('*Acme Corp* is *Acme* from now on');
  await card(side, 'acme corp', 'The same client as *Acme Corp*');
  const last = await card(side, 'undo', 'that *Acme Corp* is the same client as *Acme*');
  await side.slack.click(ANA.id, { channel: side.dm, ts: last.ts }, { actionId: ACTION.partClient });
  await side.whispered('*Acme Corp* and *Acme* are two clients again');
});
