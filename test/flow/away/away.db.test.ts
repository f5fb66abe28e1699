import { describe, expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { comeBack } from '../../../src/flow/away/come-back.ts';
import { declineStandingIn } from '../../../src/flow/away/decline-standing-in.ts';
import { goAway } from '../../../src/flow/away/go-away.ts';
import { passValueTalks } from '../../../src/flow/away/pass-value-talks.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { readOffice } from '../office-rows.ts';

const CARL = person('Carl');

const store = useStore();
const ALL_HERS = ['Acme D-1, promise: Ana', 'Acme D-1, verify: Ana', 'Bolt, deliver: Ana'];

/** Monday 23 November, on which Ana has an open deal that can wait and goes away until the Monday after. */
async function anaAway(delegate?: typeof BEN, from?: string) {
  const office = await Office.open(store(), { people: [ANA, BEN, CARL] });
  await office.receive(dealUpdate({ dealId: 'D-9', account: { id: 'A-9', name: 'Bolt' }, stage: 'deliver' }));
  const away = { from, until: '2026-11-30', delegateSlackUserId: delegate?.slackUserId };
  const went = await goAway(office.flow, { ...office, slackUserId: ANA.slackUserId, away });
  expect(went).toMatchObject({ kind: 'away' });
  await office.sweep();
  return office;
}

/** Wins Acme for Ana. */
async function win(office: Office, dealId = 'D-1') {
  const account = { id: `A-${dealId}`, name: `Acme ${dealId}` };
  await office.receive(dealUpdate({ dealId, account, status: 'won', occurredAt: office.clock.now() }));
}

async function pass(office: Office, to: string) {
  for (const until = new Date(to); office.clock.now() < until; ) {
    office.clock.pass({ hours: 1 });
    await office.sweep();
  }
}

/** Who was asked about what in bundles, in the order of asking. */
function asked(office: Office): string[] {
  return office.slack.ledger.flatMap(({ slackUserId, bundle }) =>
    (bundle?.prompts ?? []).map(({ account }) => `${slackUserId} ${account.name}`),
  );
}

function told(office: Office): string[] {
  return office.slack.ledger.flatMap(({ slackUserId, notice }) =>
    notice === null
      ? []
      : [`${slackUserId} ${notice.kind} ${notice.about.name.split(' ')[0]} ${notice.on ?? ''}`.trim()],
  );
}

/** Whose the open questions are, and to whom each is put. */
async function whose(office: Office): Promise<string[]> {
  expect(await breaches(office)).toEqual([]);
  const { prompts, reps, accounts } = await readOffice(office);
  const name = (id: string | null) => reps.find((rep) => rep.id === id)?.name.split(' ')[0];
  return prompts
    .filter(({ closedAt }) => closedAt === null)
    .map((one) => {
      const account = `${accounts.find(({ id }) => id === one.accountId)?.name}, ${one.question}`;
      return one.askedForId === null
        ? `${account}: ${name(one.repId)}`
        : `${account}: ${name(one.askedForId)}, put to ${name(one.repId)}`;
    })
    .sort();
}

describe('somebody who is away with a delegate', () => {
  it('has closes put to the delegate, who is told; the rest waits for them, and all comes home', async () => {
    const office = await anaAway(BEN);
    expect(told(office)).toEqual(['UBEN asked_to_stand_in Ana 2026-11-30']);
    await win(office);
    expect(asked(office)).toEqual(['UBEN Acme D-1']);
    expect(await whose(office)).toEqual([
      'Acme D-1, promise: Ana, put to Ben',
      'Acme D-1, verify: Ana',
      'Bolt, deliver: Ana',
    ]);

    await pass(office, '2026-11-29T12:00:00Z');
    expect(asked(office).filter((one) => one.startsWith('UANA'))).toEqual([]);

    await pass(office, '2026-11-30T09:00:00Z');
    expect(await whose(office)).toEqual(ALL_HERS);
    expect(told(office).at(-1)).toBe('UBEN stand_in_over Ana');
    await pass(office, '2026-12-03T12:00:00Z');
    const afterwards = asked(office).filter((one) => one.startsWith('UANA'));
    expect([...new Set(afterwards)].sort()).toEqual(['UANA Acme D-1', 'UANA Bolt']);
  });

  it('takes back what was put to the delegate once they say that they are here', async () => {
    const office = await anaAway(BEN);
    await win(office);
    expect(await comeBack(office.flow, { ...office, slackUserId: ANA.slackUserId })).toBe(true);
    expect(await comeBack(office.flow, { ...office, slackUserId: ANA.slackUserId })).toBe(false);
    expect(await whose(office)).toEqual(ALL_HERS);
    await pass(office, '2026-11-26T12:00:00Z');
    expect(asked(office)).toContain('UANA Bolt');
  });

  it('keeps everything when the delegate would rather not, and hears of it', async () => {
    const office = await anaAway(BEN);
    await win(office);
    const { reps } = await readOffice(office);
    const awayRepId = reps.find(({ slackUserId }) => slackUserId === ANA.slackUserId)?.id ?? '';
    const declining = { ...office, slackUserId: BEN.slackUserId, awayRepId };
    expect(await declineStandingIn(office.flow, { ...declining, slackUserId: ANA.slackUserId })).toBe(null);
    expect(await declineStandingIn(office.flow, declining)).toBe('Ana Example');
    expect(await declineStandingIn(office.flow, declining)).toBe(null);
    expect(await whose(office)).toEqual(ALL_HERS);
    await pass(office, '2026-11-30T12:00:00Z');
    expect(told(office)).toContain('UANA stand_in_declined Ben');
  });

  it('keeps everything when the delegate leaves', async () => {
    const office = await anaAway(BEN);
    await win(office);
    const { flow, workspaceId } = office;
    const gone = { ...BEN, active: false };
    office.slack.setPerson(gone);
    await personChanged(flow, { workspaceId, person: gone });
    expect(await whose(office)).toEqual(ALL_HERS);
  });

  it('has days that were named put to the delegate on their day', async () => {
    const office = await Office.open(store(), { people: [ANA, BEN] });
    await office.receive(dealUpdate({ stage: 'close' }));
    const promptId = (await readOffice(office)).prompts[0]?.id ?? '';
    const answer = { kind: 'later' as const, on: '2026-12-02' };
    await receiveAnswer(office.flow, { ...office, slackUserId: ANA.slackUserId, promptId, key: 'k', answer });
    const away = { from: '2026-12-01', until: '2026-12-07', delegateSlackUserId: BEN.slackUserId };
    await goAway(office.flow, { ...office, slackUserId: ANA.slackUserId, away });
    expect(await whose(office)).toEqual(['Acme, close: Ana']);
    await pass(office, '2026-12-01T20:00:00Z');
    expect(await whose(office)).toEqual(['Acme, close: Ana, put to Ben']);
    expect(asked(office)).toEqual([]);
    await pass(office, '2026-12-02T12:00:00Z');
    expect(asked(office)).toEqual(['UBEN Acme']);
  });
});

describe('who stands in', () => {
  it('is told again when the days change, and that it is over when somebody else does', async () => {
    const office = await anaAway(BEN);
    const change = (until: string, delegate: typeof BEN) =>
      goAway(office.flow, {
        ...{ ...office, slackUserId: ANA.slackUserId },
        away: { until, delegateSlackUserId: delegate.slackUserId },
      });
    await change('2026-11-30', BEN);
    await change('2026-12-02', BEN);
    await win(office);
    await change('2026-12-02', CARL);
    await office.jobs.runDue();
    expect(told(office).sort()).toEqual([
      'UBEN asked_to_stand_in Ana 2026-11-30',
      'UBEN asked_to_stand_in Ana 2026-12-02',
      'UBEN stand_in_over Ana',
      'UCARL asked_to_stand_in Ana 2026-12-02',
    ]);
    expect(await whose(office)).toContain('Acme D-1, promise: Ana, put to Carl');
  });

  it('is not asked once the days away are to come later', async () => {
    const office = await anaAway(BEN);
    await win(office);
    await goAway(office.flow, {
      ...{ ...office, slackUserId: ANA.slackUserId },
      away: { from: '2026-12-07', until: '2026-12-11', delegateSlackUserId: BEN.slackUserId },
    });
    expect(await whose(office)).toEqual(ALL_HERS);
  });

  it('reads in the message that asked them with whom it is now', async () => {
    const office = await anaAway(BEN);
    await win(office);
    await comeBack(office.flow, { ...office, slackUserId: ANA.slackUserId });
    await office.jobs.runDue();
    const message = office.slack.ledger.find(({ bundle }) => bundle !== null);
    expect(message?.redrawn?.prompts[0]?.state).toEqual({ kind: 'elsewhere', with: 'Ana Example' });
  });

  it('is not asked while they are away as well, and again once they are back', async () => {
    const office = await anaAway(BEN);
    await win(office);
    const asBen = { ...office, slackUserId: BEN.slackUserId };
    await goAway(office.flow, { ...asBen, away: { until: '2026-11-26' } });
    expect(await whose(office)).toEqual(ALL_HERS);
    await comeBack(office.flow, asBen);
    expect(await whose(office)).toContain('Acme D-1, promise: Ana, put to Ben');
  });

  it('for the colleague who has the value talks hands them back to that colleague', async () => {
    const office = await Office.open(store(), { people: [ANA, BEN, CARL] });
    const { flow } = office;
    const asBen = { ...office, slackUserId: BEN.slackUserId };
    await passValueTalks(flow, {
      ...{ ...office, slackUserId: ANA.slackUserId },
      colleagueSlackUserId: BEN.slackUserId,
    });
    await goAway(flow, { ...asBen, away: { until: '2026-11-30', delegateSlackUserId: CARL.slackUserId } });
    await win(office);
    expect(await whose(office)).toEqual([
      'Acme D-1, promise: Ana, put to Carl',
      'Acme D-1, verify: Ana, put to Ben',
    ]);
    await comeBack(flow, asBen);
    expect(await whose(office)).toEqual([
      'Acme D-1, promise: Ana, put to Ben',
      'Acme D-1, verify: Ana, put to Ben',
    ]);
    await passValueTalks(flow, { ...office, slackUserId: ANA.slackUserId, colleagueSlackUserId: null });
    expect(await whose(office)).toEqual(['Acme D-1, promise: Ana', 'Acme D-1, verify: Ana']);
  });

  it('is no bot, and nobody who has left', async () => {
    const office = await Office.open(store(), { people: [ANA, { ...BEN, active: false }] });
    for (const delegateSlackUserId of [BEN.slackUserId, 'UBOT']) {
      const away = { until: '2026-12-01', delegateSlackUserId };
      const went = await goAway(office.flow, { ...office, slackUserId: ANA.slackUserId, away });
      expect(went).toEqual({ kind: 'refused', why: 'delegate_gone' });
    }
  });

  it('goes on for nobody who leaves while they are away: then it is whoever leads them', async () => {
    const office = await anaAway(BEN);
    await win(office);
    const { flow, workspaceId } = office;
    await setManager(flow, { ...office, slackUserId: ANA.slackUserId, managerSlackUserId: CARL.slackUserId });
    const gone = { ...ANA, active: false };
    office.slack.setPerson(gone);
    await personChanged(flow, { workspaceId, person: gone });
    expect(await whose(office)).toEqual(ALL_HERS.map((one) => one.replace('Ana', 'Carl')));
  });
});

describe('somebody who is away without a delegate', () => {
  it('is asked nothing until they are back', async () => {
    const office = await anaAway();
    await win(office);
    await pass(office, '2026-11-30T08:00:00Z');
    expect(asked(office)).toEqual([]);
    await pass(office, '2026-11-30T12:00:00Z');
    expect(asked(office)).toContain('UANA Acme D-1');
  });

  it('is not silent on those days', async () => {
    const office = await Office.open(store(), { people: [ANA, BEN] });
    await win(office);
    expect(asked(office)).toEqual(['UANA Acme D-1']);
    // Two working days after Monday it would be Wednesday: Tuesday is one of them, the next is the Monday after.
    office.clock.pass({ hours: 28 });
    const away = { from: '2026-11-25', until: '2026-11-30' };
    await goAway(office.flow, { ...office, slackUserId: ANA.slackUserId, away });
    const { prompts } = await readOffice(office);
    expect(prompts.find(({ asked: times }) => times === 1)?.dueAt.toISOString()).toBe(
      '2026-11-30T09:00:00.000Z',
    );
  });
});

describe('what cannot be', () => {
  it.each([
    ['a day that is over', { until: '2026-11-20' }, 'not_later'],
    ['today', { until: '2026-11-23' }, 'not_later'],
    ['years', { until: '2028-11-23' }, 'too_far'],
    ['oneself as the delegate', { until: '2026-12-01', delegateSlackUserId: ANA.slackUserId }, 'self'],
  ])('is refused: %s', async (_what, away, why) => {
    const office = await Office.open(store(), { people: [ANA, BEN] });
    const went = await goAway(office.flow, { ...office, slackUserId: ANA.slackUserId, away });
    expect(went).toEqual({ kind: 'refused', why });
  });
});
