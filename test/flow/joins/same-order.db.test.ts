import { describe, expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { declareWon, type MeantOrder } from '../../../src/flow/answers/declare-won.ts';
import { saySameOrder, takeBackSameOrder } from '../../../src/flow/joins/same-order.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { showPrompt } from '../../../src/flow/show/show-prompt.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { stateOf } from '../model/state.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const usd = (value: string) => ({ value, currency: 'USD' });
const ana = ({ workspaceId }: Office) => ({ workspaceId, slackUserId: ANA.slackUserId });

async function tell(office: Office, amount: string, order?: MeantOrder, key = 'command:1') {
  const said = { ...ana(office), client: { name: 'Acme', isNew: true }, amount: usd(amount), key };
  const declared = await declareWon(office.flow, { ...said, order });
  await office.jobs.runDue();
  return declared;
}

async function crm(office: Office, amount: string, change: Partial<DealUpdate> = {}) {
  office.clock.pass({ minutes: 10 });
  const deal = { account: { name: 'Acme' }, status: 'won' as const, occurredAt: office.clock.now() };
  const eventId = `evt:${change.dealId ?? 'D-1'}:${amount}`;
  await office.receive(dealUpdate({ ...deal, eventId, amount: usd(amount), ...change }));
}

/** The question about the CRM's deal, as Ana sees it. */
async function asked(office: Office) {
  const { prompts, engagements } = await readOffice(office);
  const deal = engagements.find(({ source }) => source !== 'slack');
  const open = prompts.find((one) => one.engagementId === deal?.id && one.closedAt === null);
  const shown = await showPrompt(office.flow, { ...ana(office), promptId: open?.id ?? '' });
  if (shown.kind !== 'shown') throw new Error(`the question is ${shown.kind}`);
  return shown.prompt;
}

async function say(office: Office, isSame: boolean, slackUserId = ANA.slackUserId) {
  const { promptId } = await asked(office);
  const who = { workspaceId: office.workspaceId, slackUserId };
  const said = await saySameOrder(office.flow, { ...who, promptId, isSame, key: 'click:1' });
  await office.jobs.runDue();
  return said;
}

async function ordersOf(office: Office) {
  const shown = await showAccount(office.flow, { ...ana(office), client: { name: 'Acme' }, limit: 9 });
  return shown.kind === 'found' ? shown.view.won : null;
}

/** Ana told of 4,600 USD, and the CRM reports 4,514. */
async function likely() {
  const office = await Office.open(store());
  await tell(office, '4600');
  await crm(office, '4514');
  return office;
}

describe('an order that may be the one the CRM reports', () => {
  it('counts once with the CRM’s amount, and is asked about', async () => {
    const office = await likely();
    expect(await ordersOf(office)).toEqual({ count: 1, amounts: [usd('4514')] });
    expect((await asked(office)).told).toMatchObject({ certainty: 'likely', amount: usd('4600') });
  });

  it('is that one, once the rep says so, even where the CRM changes its amount', async () => {
    const office = await likely();
    expect(await say(office, true)).toMatchObject({ kind: 'said' });
    await crm(office, '9000');
    expect(await ordersOf(office)).toEqual({ count: 1, amounts: [usd('9000')] });
    expect((await asked(office)).told).toMatchObject({ certainty: 'said' });
    expect(await breaches(office)).toEqual([]);
  });

  it('is another one, once the rep says so, and stays it', async () => {
    const office = await likely();
    await say(office, false);
    await crm(office, '4600');
    expect(await ordersOf(office)).toMatchObject({ count: 2, amounts: [usd('9200')] });
    expect((await asked(office)).told).toBeNull();
    expect(await breaches(office)).toEqual([]);
  });

  it.each([true, false])('stands as before once that is taken back (same: %s)', async (isSame) => {
    const office = await likely();
    const before = await stateOf(office);
    const said = await say(office, isSame);
    const joinId = said.kind === 'said' ? said.joinId : '';
    expect(await takeBackSameOrder(office.flow, { ...ana(office), joinId })).toEqual({ kind: 'taken_back' });
    await office.jobs.runDue();
    expect((await stateOf(office)).engagements).toEqual(before.engagements);
    expect((await stateOf(office)).history).toEqual(before.history);
    expect(await ordersOf(office)).toEqual({ count: 1, amounts: [usd('4514')] });
  });

  it('is said of by whoever may answer there, and by nobody else', async () => {
    const office = await likely();
    expect(await say(office, true, BEN.slackUserId)).toEqual({ kind: 'not_theirs' });
  });
});

it('one that is another is none of those that the CRM reported before', async () => {
  const office = await Office.open(store());
  await crm(office, '4514');
  expect(await tell(office, '4514')).toMatchObject({ kind: 'which', orders: [{ amount: usd('4514') }] });
  expect(await tell(office, '4514', { kind: 'another' })).toMatchObject({ kind: 'taken' });
  expect(await ordersOf(office)).toEqual({ count: 2, amounts: [usd('9028')] });
});

it('a certain one joins, and the next message says so', async () => {
  const office = await Office.open(store());
  await tell(office, '4514');
  await crm(office, '4514');
  expect(await ordersOf(office)).toMatchObject({ count: 1 });
  const drawn = office.slack.bundlesOf(ANA.slackUserId).at(-1);
  expect((await asked(office)).told).toMatchObject({ certainty: 'certain' });
  expect(drawn).toBeDefined();
});

it('comes to the same whether people say so before or after the CRM tells more', async () => {
  const [early, late] = [await likely(), await likely()];
  const more = { dealId: 'D-9', occurredAt: new Date('2026-11-23T09:30:00Z') };
  await say(early, false);
  await crm(early, '4605', more);
  await crm(late, '4605', more);
  await say(late, false);
  expect((await stateOf(late)).engagements).toEqual((await stateOf(early)).engagements);
});
