import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const ana = (office: Office) => ({ workspaceId: office.workspaceId, slackUserId: ANA.slackUserId });

/** An office in which Ana has asked Acme for the order this Monday. */
async function asked(): Promise<Office> {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ stage: 'close' }));
  return office;
}

/** Lets the mornings until a day go by, those on which something is due. */
async function until(office: Office, day: string): Promise<void> {
  const end = new Date(`${day}T12:00:00Z`);
  for (;;) {
    const { prompts } = await readOffice(office);
    const open = prompts.filter(({ closedAt }) => closedAt === null);
    const next = Math.min(...open.map(({ dueAt }) => dueAt.getTime()));
    if (next > end.getTime()) break;
    office.clock.moveTo(new Date(next));
    await office.sweep();
  }
  office.clock.moveTo(end);
}

const askedOn = ({ slack }: Office) =>
  withoutLosses(slack.ledger).map(
    ({ at, bundle }) => `${at.toISOString().slice(0, 10)}${bundle?.prompts[0]?.isRested ? ', last' : ''}`,
  );

/** Why a deal was lost is asked once, beside what this is about. */
const withoutLosses = (ledger: Office['slack']['ledger']) =>
  ledger.filter(({ bundle }) => bundle?.prompts.some(({ question }) => question !== 'lost'));

const lastPrompt = ({ slack }: Office) => slack.bundlesOf(ANA.slackUserId).at(-1)?.prompts[0]?.promptId ?? '';

async function say(office: Office, answer: Answer): Promise<void> {
  const key = `click at ${office.clock.now().toISOString()}`;
  await receiveAnswer(office.flow, { ...ana(office), promptId: lastPrompt(office), key, answer });
  await office.jobs.runDue();
}

describe('a question that nobody answers', () => {
  it('is asked three times, then rests on the board, and is asked once more every sixty days', async () => {
    const office = await asked();
    await until(office, '2027-01-20');
    expect(askedOn(office)).toEqual(['2026-11-30', '2026-12-03', '2026-12-10, last']);
    const { doors } = await showBoard(office.flow, { ...ana(office), limit: 5 });
    expect(doors).toMatchObject([{ question: 'close', quietSince: new Date('2026-12-10T09:00:00Z') }]);
    await until(office, '2027-05-01');
    expect(askedOn(office).slice(3)).toEqual(['2027-02-08, last', '2027-04-09, last']);
  });

  it('is asked as often of whoever has the deal now, however often somebody else was asked', async () => {
    const office = await Office.open(store());
    const won = { status: 'won' } as const;
    await office.receive(dealUpdate(won));
    await until(office, '2026-12-17');
    const valueAsksOf = ({ slackUserId }: typeof ANA) =>
      office.slack
        .bundlesOf(slackUserId)
        .flatMap(({ prompts }) => prompts)
        .filter(({ question }) => question === 'verify')
        .map(({ isRested }) => isRested);
    expect(valueAsksOf(ANA)).toEqual([false, false]);
    const owner = { email: BEN.email ?? undefined };
    await office.receive(dealUpdate({ ...won, eventId: 'handed', occurredAt: office.clock.now(), owner }));
    await until(office, '2027-01-15');
    expect(valueAsksOf(BEN)).toEqual([false, false, true]);
  });

  it('is asked every week where its rep wants that, and every month', async () => {
    const office = await asked();
    await until(office, '2026-12-10');
    await say(office, { kind: 'keep_asking', every: 'weekly' });
    await until(office, '2027-01-01');
    expect(askedOn(office).slice(3)).toEqual(['2026-12-17', '2026-12-24', '2026-12-31']);
    await say(office, { kind: 'keep_asking', every: 'monthly' });
    await until(office, '2027-03-10');
    expect(askedOn(office).slice(6)).toEqual(['2027-02-01', '2027-03-03']);
  });

  it('waits anew, with all its asks, from a value that changed or a word of its rep on', async () => {
    const office = await asked();
    await until(office, '2026-12-03');
    await office.receive(
      dealUpdate({ stage: 'close', amount: { value: '9', currency: 'USD' }, occurredAt: office.clock.now() }),
    );
    await until(office, '2026-12-15');
    expect(askedOn(office)).toEqual(['2026-11-30', '2026-12-03', '2026-12-10', '2026-12-15']);
    const note = {
      channelId: 'D-UANA',
      ts: '1.0',
      threadTs: null,
      key: 'note',
      writtenAt: office.clock.now(),
    };
    await keepNote(office.flow, { ...ana(office), ...note, text: 'their board meets in January' });
    await until(office, '2027-02-01');
    expect(askedOn(office).slice(4)).toEqual(['2026-12-22', '2026-12-25', '2027-01-01, last']);
    // It kept its place all the while.
    expect(
      new Set(office.slack.bundlesOf(ANA.slackUserId).map(({ prompts }) => prompts[0]?.promptId)).size,
    ).toBe(1);
  });
});

it('a return that nobody answers is asked twice, then rests, unless its rep wants it every month', async () => {
  const office = await asked();
  await office.receive(dealUpdate({ stage: 'close', status: 'lost', occurredAt: office.clock.now() }));
  await until(office, '2027-03-01');
  expect(askedOn(office)).toEqual(['2027-01-22', '2027-02-05, last']);
  await say(office, { kind: 'keep_asking', every: 'monthly' });
  await until(office, '2027-05-10');
  expect(askedOn(office).slice(2)).toEqual(['2027-03-31', '2027-04-30']);
});
