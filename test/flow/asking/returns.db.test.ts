import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { isExtra } from '../../../src/domain/cycle/stage.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import type { Person } from '../../../src/flow/ports.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const ofBen = { dealId: 'D-2', owner: { email: 'ben@example.com' } };
const lost: Answer = { kind: 'lost', reason: 'No budget', returnOn: '2027-03-01' };

/** An office in which Ana has a deal at Acme that stands where its client is to answer, and Ben another. */
async function twoAtAcme(people: readonly Person[] = [ANA, BEN]): Promise<Office> {
  const office = await Office.open(store(), { people });
  await office.receive(dealUpdate({ stage: 'close' }), dealUpdate({ ...ofBen, stage: 'close' }));
  return office;
}

async function receive(office: Office, change: Partial<DealUpdate>): Promise<void> {
  office.clock.pass({ hours: 1 });
  await office.receive(dealUpdate({ stage: 'close', occurredAt: office.clock.now(), ...change }));
}

/** Answers the question about a deal, or without one the return, that is asked of somebody. */
async function answer(office: Office, who: Person, said: Answer, dealId?: string) {
  const { prompts, engagements, reps } = await readOffice(office);
  const rep = reps.find(({ slackUserId }) => slackUserId === who.slackUserId);
  const about = engagements.find((engagement) => engagement.dealId === dealId)?.id ?? null;
  const open = prompts.filter(({ closedAt, repId }) => closedAt === null && repId === rep?.id);
  const asked = open.filter(({ question }) => about === null || !isExtra(question));
  const promptId = asked.find(({ engagementId }) => engagementId === about)?.id ?? '';
  const { flow, workspaceId, jobs } = office;
  const key = `click on ${promptId}`;
  const answered = await receiveAnswer(flow, {
    workspaceId,
    slackUserId: who.slackUserId,
    promptId,
    key,
    answer: said,
  });
  if (answered.kind === 'refused') throw new Error(answered.why);
  await jobs.runDue();
  return answered;
}

/** The returns that stand: for whom, asked of whom, by which rule, and due on which day. */
async function returnsIn(office: Office): Promise<string[]> {
  const { prompts, reps } = await readOffice(office);
  const name = (id: string | null) =>
    reps
      .find((rep) => rep.id === id)
      ?.name.split(/\W/)[0]
      ?.toLowerCase();
  expect(await breaches(office)).toEqual([]);
  return prompts
    .filter(({ closedAt, question }) => closedAt === null && question === 'return')
    .map((one) => {
      const asked = one.repId === one.namedRepId ? '' : `, asked of ${name(one.repId)}`;
      return `${name(one.namedRepId)}${asked}: ${one.rule}, ${one.dueAt.toISOString().slice(0, 10)}`;
    })
    .sort();
}

describe('a day to come back that a rep named', () => {
  it('stands though a colleague has a deal open there', async () => {
    const office = await twoAtAcme();
    const answered = await answer(office, ANA, lost, 'D-1');
    expect(answered.next).toMatchObject({ question: 'return', dueAt: new Date('2027-03-01T09:00:00Z') });
    expect(await returnsIn(office)).toEqual(['ana: lost_return, 2027-03-01']);
    await receive(office, { ...ofBen, status: 'won' });
    expect(await returnsIn(office)).toEqual(['ana: lost_return, 2027-03-01']);
  });

  it('stands whatever becomes of the deal: edited, lost once more, reopened, won, with another owner', async () => {
    const office = await twoAtAcme();
    await answer(office, ANA, lost, 'D-1');
    const news: Partial<DealUpdate>[] = [
      { status: 'open', name: 'GTX Pro, once more' },
      { status: 'lost' },
      { status: 'open' },
      { status: 'won' },
      { status: 'won', owner: { email: 'ben@example.com' } },
      { status: 'deleted' },
    ];
    for (const change of news) {
      await receive(office, change);
      expect(await returnsIn(office)).toContain('ana: lost_return, 2027-03-01');
    }
  });

  it('is kept for each rep, and each is shown with whose it is', async () => {
    const office = await twoAtAcme();
    await answer(office, ANA, lost, 'D-1');
    await answer(office, BEN, { ...lost, returnOn: '2027-02-01' }, 'D-2');
    expect(await returnsIn(office)).toEqual(['ana: lost_return, 2027-03-01', 'ben: lost_return, 2027-02-01']);
    const { flow, workspaceId } = office;
    const asked = { workspaceId, slackUserId: ANA.slackUserId, client: { name: 'Acme' }, limit: 9 };
    const shown = await showAccount(flow, asked);
    const next = shown.kind === 'found' ? shown.view.next : [];
    expect(next.map(({ rep, dueAt }) => `${rep} ${dueAt.toISOString().slice(0, 10)}`)).toEqual([
      'Ben Example 2027-02-01',
      'Ana Example 2027-03-01',
    ]);
  });

  it('is asked about on its day, and then on the day that was named instead', async () => {
    const office = await twoAtAcme();
    await answer(office, ANA, lost, 'D-1');
    office.clock.moveTo('2027-03-01T09:00:00Z');
    await office.sweep();
    expect(office.slack.bundlesOf(ANA.slackUserId).at(-1)?.prompts).toMatchObject([
      { question: 'return', rule: 'lost_return', account: { name: 'Acme' } },
    ]);
    await answer(office, ANA, { kind: 'later', on: '2027-06-01' });
    await receive(office, { status: 'lost' });
    expect(await returnsIn(office)).toEqual(['ana: named_date, 2027-06-01']);
  });
});

describe('without a day that was named', () => {
  it('a rep comes back sixty days after the last that happened there, a nightly touch not counted', async () => {
    const office = await twoAtAcme();
    await receive(office, { status: 'lost' });
    expect(await returnsIn(office)).toEqual(['ana: return, 2027-01-25']);
    office.clock.pass({ days: 14 });
    await receive(office, { ...ofBen });
    expect(await returnsIn(office)).toEqual(['ana: return, 2027-01-25']);
    await receive(office, { ...ofBen, amount: { value: '10', currency: 'USD' } });
    expect(await returnsIn(office)).toEqual(['ana: return, 2027-02-08']);
  });

  it('nobody comes back where a deal of their own is open', async () => {
    const office = await twoAtAcme();
    await receive(office, { status: 'lost' });
    await receive(office, { dealId: 'D-3' });
    expect(await returnsIn(office)).toEqual([]);
  });
});

describe('a return of somebody who is away', () => {
  it('is asked of whoever stands in, and comes home with the rep', async () => {
    const office = await twoAtAcme();
    const { flow, workspaceId } = office;
    await answer(office, ANA, lost, 'D-1');
    await personChanged(flow, { workspaceId, person: { ...ANA, active: false } });
    expect(await returnsIn(office)).toEqual(['ana, asked of ben: lost_return, 2027-03-01']);
    await personChanged(flow, { workspaceId, person: ANA });
    expect(await returnsIn(office)).toEqual(['ana: lost_return, 2027-03-01']);
  });
});

describe('a day that was named in one part of the world', () => {
  const auckland = person('Ana', { timeZone: 'Pacific/Auckland' });
  const losAngeles = { ...auckland, timeZone: 'America/Los_Angeles' };

  it.each([
    ['to come back', { ...lost, returnOn: '2026-12-02' }],
    ['to ask again', { kind: 'later', on: '2026-12-02' }],
  ] as const)('%s stays that day in another, for a rep who moves', async (_, said) => {
    const office = await twoAtAcme([auckland, BEN]);
    const { flow, workspaceId, clock, slack } = office;
    await answer(office, auckland, said, 'D-1');
    slack.setPerson(losAngeles);
    await personChanged(flow, { workspaceId, person: losAngeles });
    clock.moveTo('2026-12-02T16:59:00Z');
    await office.sweep();
    expect(slack.bundlesOf(auckland.slackUserId)).toEqual([]);
    clock.moveTo('2026-12-02T17:00:00Z');
    await office.sweep();
    expect(slack.bundlesOf(auckland.slackUserId)).toHaveLength(1);
  });
});
