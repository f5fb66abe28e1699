import { expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import type { Money } from '../../../src/domain/money.ts';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { readFigures } from '../../../src/flow/digests/read-figures.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';

const store = useStore();
const usd = (value: string): Money => ({ value, currency: 'USD' });

it('an order that a rep told and the CRM tells later counts once and is asked about once', async () => {
  const office = await Office.open(store());
  await tell(office, usd('5000'));
  office.clock.pass({ minutes: 30 });
  await office.receive(won(office, { amount: usd('5000.00') }));
  await nextDays(office);
  expect(await counted(office)).toEqual({ count: 1, amounts: [usd('5000')] });
  expect(closesAsked(office)).toEqual(['Acme']);
  expect(await breaches(office)).toEqual([]);
});

it('an order within a tenth of what was told counts once, with the amount of the CRM', async () => {
  const office = await Office.open(store());
  await tell(office, usd('5400'));
  await office.receive(won(office, { amount: usd('5000') }));
  await nextDays(office);
  expect(await counted(office)).toEqual({ count: 1, amounts: [usd('5000')] });
  expect(closesAsked(office)).toEqual(['Acme']);
});

it('an order for which the CRM names no amount counts once, with the amount that was told', async () => {
  const office = await Office.open(store());
  await tell(office, usd('5000'));
  await office.receive(won(office, { amount: undefined }));
  expect(await counted(office)).toEqual({ count: 1, amounts: [usd('5000')] });
});

it('what was answered about the order told is answered for the deal, whichever comes first', async () => {
  const office = await Office.open(store());
  const prompt = await tell(office, usd('5000'));
  office.clock.pass({ minutes: 20 });
  const verification = { who: 'Mia', seesValue: 'yes' as const, words: 'It runs.', heldOn: '2026-11-23' };
  await receiveAnswer(office.flow, {
    ...{ workspaceId: office.workspaceId, slackUserId: ANA.slackUserId, promptId: prompt, key: 'story' },
    answer: { kind: 'verified', verification, needs: [], next: { kind: 'return', on: '2026-12-14' } },
  });
  office.clock.pass({ minutes: 20 });
  await office.receive(won(office, { amount: usd('5000') }));
  await nextDays(office);
  expect(closesAsked(office)).toEqual(['Acme']);
  const { total } = await figures(office);
  expect({ won: total.won.count, verified: total.verified }).toEqual({ won: 1, verified: 1 });
});

it('an order that turns out to be another one counts and is asked about on its own', async () => {
  const office = await Office.open(store());
  await tell(office, usd('5000'));
  await office.receive(won(office, { amount: usd('5000') }));
  expect((await counted(office)).count).toBe(1);
  office.clock.pass({ minutes: 30 });
  await office.receive(won(office, { amount: usd('9000') }));
  await nextDays(office);
  expect(await counted(office)).toEqual({ count: 2, amounts: [usd('14000')] });
  expect(await breaches(office)).toEqual([]);
});

it('two deals of the CRM stay two orders, however alike', async () => {
  const office = await Office.open(store());
  await office.receive(
    won(office, { amount: usd('5000') }),
    won(office, { dealId: 'D-2', amount: usd('5000') }),
  );
  expect(await counted(office)).toEqual({ count: 2, amounts: [usd('10000')] });
});

/** Ana types that Acme said yes; returns the prompt that it brings. */
async function tell(office: Office, amount: Money): Promise<string> {
  const { flow, workspaceId } = office;
  const said = { client: { name: 'Acme', isNew: true }, amount, key: `typed:${amount.value}` };
  const declared = await declareWon(flow, { workspaceId, slackUserId: ANA.slackUserId, ...said });
  await office.jobs.runDue();
  if (declared.kind !== 'taken' || declared.prompt === null)
    throw new Error(`the order was ${declared.kind}`);
  return declared.prompt.promptId;
}

function won(office: Office, change: Partial<DealUpdate>): DealUpdate {
  return dealUpdate({ status: 'won', account: { name: 'Acme' }, occurredAt: office.clock.now(), ...change });
}

/** Long enough for whatever is still to be asked for the first time. */
async function nextDays(office: Office): Promise<void> {
  for (let hours = 0; hours < 26; hours += 1) {
    office.clock.pass({ hours: 1 });
    await office.sweep();
  }
}

/** The accounts whose close Ana was asked about, once a prompt. */
function closesAsked(office: Office): string[] {
  const prompts = office.slack.bundlesOf(ANA.slackUserId).flatMap((bundle) => bundle.prompts);
  const first = prompts.filter((prompt) => prompt.question === 'promise' && prompt.asked === 0);
  return first.map((prompt) => prompt.account.name);
}

async function figures(office: Office) {
  const [from, to] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-12-31T00:00:00Z')];
  return await readFigures(office.flow, { workspaceId: office.workspaceId, from, to, timeZone: 'UTC' });
}

async function counted(office: Office) {
  return (await figures(office)).total.won;
}
