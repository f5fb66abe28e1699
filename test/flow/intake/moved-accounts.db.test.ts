import { describe, expect, it } from 'vitest';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { receiveDealUpdates } from '../../../src/flow/intake/receive-deal-updates.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { verified } from '../../domain/cycle/facts.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { JobRunner } from '../../support/job-runner.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { stateOf } from '../model/state.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const ACME = { id: 'A-1', name: 'Acme' };
const BOLT = { id: 'A-2', name: 'Bolt' };

const later = (office: Office, minutes = 1) => {
  office.clock.pass({ minutes });
  return office.clock.now();
};

const anaIn = ({ workspaceId }: Office) => ({ workspaceId, slackUserId: ANA.slackUserId });

/** D-1 is won at Acme and asked about; Bolt, where D-2 is open, needs a van. */
async function wonAtAcme() {
  const office = await Office.open(store());
  await office.receive(
    dealUpdate({ dealId: 'D-2', account: BOLT }),
    dealUpdate({ status: 'won', account: ACME }),
  );
  await hearNeed(office.flow, {
    ...anaIn(office),
    client: { name: 'Bolt' },
    need: { words: 'a van' },
    key: 'need:1',
  });
  const [prompt] = office.slack.bundlesOf(ANA.slackUserId)[0]!.prompts;
  return { office, promptId: prompt!.promptId };
}

async function moveToBolt(office: Office) {
  await office.receive(dealUpdate({ status: 'won', account: BOLT, occurredAt: later(office) }));
  expect(await breaches(office)).toEqual([]);
}

async function shown(office: Office, name: string) {
  const found = await showAccount(office.flow, { ...anaIn(office), client: { name }, limit: 10 });
  if (found.kind !== 'found') throw new Error(`${name} is ${found.kind}`);
  return found.view;
}

describe('a deal that its source moves to another account', () => {
  it('is asked about as that account’s, in the DM that is out too, with the needs of that account', async () => {
    const { office, promptId } = await wonAtAcme();
    await moveToBolt(office);
    const [asked] = office.slack.ledger[0]!.redrawn!.prompts;
    expect(asked).toMatchObject({ promptId, account: { name: 'Bolt' }, needs: [{ words: 'a van' }] });
    const engage = { kind: 'engage' as const, needId: asked!.needs[0]!.id };
    const answer = verified('yes', engage);
    const click = { ...anaIn(office), promptId, key: 'click:1', answer };
    expect(await receiveAnswer(office.flow, click)).toMatchObject({ kind: 'taken' });
    expect((await shown(office, 'Acme')).turns).toEqual([]);
  });

  it('takes along what was heard, noted and verified in it, and what began from it', async () => {
    const { office, promptId } = await wonAtAcme();
    const needs = [{ words: 'a crane' }, { words: 'a shed' }];
    const answer = { ...verified('yes'), needs, next: { kind: 'engage_heard' as const, index: 0 } };
    await receiveAnswer(office.flow, { ...anaIn(office), promptId, key: 'click:1', answer });
    const written = { ts: '1.1', threadTs: null, writtenAt: office.clock.now() };
    const note = { ...written, channelId: 'D1', text: 'Acme wants it by May', key: 'note:1' };
    await keepNote(office.flow, { ...anaIn(office), ...note });
    await office.jobs.runDue();
    await moveToBolt(office);
    const bolt = await shown(office, 'Bolt');
    expect(bolt.turns.map(({ name }) => name).sort()).toEqual(['GTX Pro', 'GTX Pro', 'a crane']);
    expect(bolt.turns.flatMap(({ verification }) => verification?.words ?? [])).toEqual(['it saves hours']);
    expect(bolt.needs.map(({ words }) => words).sort()).toEqual(['a crane', 'a shed', 'a van']);
    expect(bolt.notes.map(({ text }) => text)).toEqual(['Acme wants it by May']);
    const acme = await shown(office, 'Acme');
    expect(acme).toMatchObject({ turns: [], needs: [], notes: [], next: [] });
  });
});

describe('what is said of a name', () => {
  it('goes along to the account that comes to bear it, and back when a second one does', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate({ status: 'won', account: { name: 'Corner' } }));
    await hearNeed(office.flow, {
      ...anaIn(office),
      client: { name: 'corner' },
      need: { words: 'a van' },
      key: 'need:1',
    });
    const other = dealUpdate({
      dealId: 'D-2',
      account: { id: 'A-1', name: 'Corner' },
      occurredAt: later(office),
    });
    await office.receive(other);
    expect(await breaches(office)).toEqual([]);
    const joined = await shown(office, 'Corner');
    expect([joined.turns.length, joined.needs.length]).toEqual([2, 1]);
    const second = dealUpdate({
      dealId: 'D-3',
      account: { id: 'A-2', name: 'Corner' },
      occurredAt: later(office),
    });
    await office.receive(second);
    expect(await breaches(office)).toEqual([]);
    const { accounts, needs, engagements } = await readOffice(office);
    const alone = accounts.find(({ externalId }) => externalId === null);
    expect(needs.map(({ accountId }) => accountId)).toEqual([alone?.id]);
    expect(engagements.find(({ dealId }) => dealId === 'D-1')?.accountId).toBe(alone?.id);
  });

  it('takes along the day on which a rep will come back', async () => {
    const office = await Office.open(store());
    const lost = dealUpdate({ status: 'lost', account: { name: 'Corner' } });
    await office.receive(lost);
    const { prompts } = await readOffice(office);
    const click = { ...anaIn(office), promptId: prompts.find(({ question }) => question === 'return')!.id };
    later(office);
    const answer = { kind: 'later' as const, on: '2027-02-01' };
    await receiveAnswer(office.flow, { ...click, key: 'click:1', answer });
    await office.receive({
      ...lost,
      eventId: 'evt_other',
      dealId: 'D-2',
      account: { id: 'A-1', name: 'Corner' },
    });
    expect(await breaches(office)).toEqual([]);
    const { next } = await shown(office, 'Corner');
    const returns = next.filter(({ question }) => question === 'return');
    expect(returns.map(({ question, dueAt }) => [question, dueAt.toISOString()])).toEqual([
      ['return', '2027-02-01T09:00:00.000Z'],
    ]);
  });

  it('leads to one account though the name and its bearer are told at once to two workers', async () => {
    for (let round = 0; round < 5; round += 1) {
      const office = await Office.open(store());
      const { flow, workspaceId, clock } = office;
      const news = [
        dealUpdate({ account: { name: 'Corner' } }),
        dealUpdate({ dealId: 'D-2', account: { id: 'A-1', name: 'Corner' } }),
      ];
      await Promise.all(
        news.map(async (update) => {
          await receiveDealUpdates(flow, workspaceId, [[update]]);
          await new JobRunner(flow, clock, workspaceId).runDue();
        }),
      );
      await office.jobs.runAll();
      expect(await breaches(office)).toEqual([]);
      expect((await stateOf(office)).accounts).toEqual(['A-1 Corner']);
    }
  });
});

it('takes a typed order at the account that was meant, where two bear its name', async () => {
  const office = await Office.open(store());
  const amount = { value: '100', currency: 'USD' };
  const ben = { email: 'ben@example.com' };
  await office.receive(
    dealUpdate({ account: { id: 'A-1', name: 'Acme' }, owner: ben }),
    dealUpdate({ dealId: 'D-2', account: { id: 'A-2', name: 'Acme' }, status: 'won', amount }),
  );
  const order = { kind: 'another' as const };
  const typed = {
    ...anaIn(office),
    client: { name: 'acme' },
    order,
    amount: { value: '900', currency: 'USD' },
  };
  expect(await declareWon(office.flow, { ...typed, key: 'command:1' })).toMatchObject({ kind: 'taken' });
  // The CRM names its account anew for a time before the order: the order gave it no name.
  const renamed = dealUpdate({
    dealId: 'D-2',
    account: { id: 'A-2', name: 'Acme North' },
    status: 'won',
    amount,
  });
  later(office);
  await office.receive({ ...renamed, occurredAt: new Date(office.clock.now().getTime() - 30_000) });
  expect(await breaches(office)).toEqual([]);
  const { engagements } = await stateOf(office);
  expect(engagements.map(({ account }) => account)).toEqual(['A-1 Acme', 'A-2 Acme North', 'A-2 Acme North']);
});
