import { describe, expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { findUndoable } from '../../../src/flow/corrections/find-undoable.ts';
import { undo } from '../../../src/flow/corrections/undo.ts';
import { declineHandOver, takeHandOver, withdrawHandOver } from '../../../src/flow/hand-over/decide.ts';
import { proposeHandOver } from '../../../src/flow/hand-over/propose.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import type { Person } from '../../../src/flow/ports.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { wholeOf } from '../model/put-right.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const MIA = person('Mia');
const CLEO = person('Cleo', { timeZone: 'America/New_York' });

/** Ana's deal with Acme, won; Mia leads her. */
async function acme(change: Partial<DealUpdate> = {}) {
  const office = await Office.open(store(), { people: [ANA, BEN, MIA, CLEO] });
  const { flow, workspaceId, clock } = office;
  await office.receive(dealUpdate({ status: 'won', ...change }));
  const lead = (one: Person, by: Person) =>
    setManager(flow, { workspaceId, slackUserId: one.slackUserId, managerSlackUserId: by.slackUserId });
  await lead(ANA, MIA);
  await office.sweep();
  const who = (one: Person) => ({ workspaceId, slackUserId: one.slackUserId });
  const engagementId = async () => (await readOffice(office)).engagements[0]?.id ?? '';
  const propose = async (to: Person, by = ANA, line = 'They know you') => {
    const asked = { ...who(by), engagementId: await engagementId(), toSlackUserId: to.slackUserId, line };
    const proposed = await proposeHandOver(flow, asked);
    await office.jobs.runDue();
    return proposed;
  };
  const asked = (one: Person) => {
    const last = office.slack.handOversOf(one.slackUserId).at(-1);
    return { handOverId: last?.handOver.handOverId ?? '', last };
  };
  const decide = async (
    what: typeof takeHandOver | typeof declineHandOver | typeof withdrawHandOver,
    by: Person,
    handOverId: string,
  ) => {
    const decided = await what(flow, { ...who(by), handOverId, key: `click-${handOverId}` });
    await office.jobs.runDue();
    return decided;
  };
  const pass = async (hours: number) => {
    for (let left = hours; left > 0; left -= 1) {
      clock.pass({ hours: 1 });
      await office.sweep();
    }
  };
  const doorsOf = async (one: Person) => (await showBoard(flow, { ...who(one), limit: 9 })).doors.length;
  return { office, flow, who, propose, asked, decide, pass, doorsOf, lead, engagementId };
}

const leave = async (office: Office, one: Person) => {
  const gone = { ...one, active: false };
  office.slack.setPerson(gone);
  await personChanged(office.flow, { workspaceId: office.workspaceId, person: gone });
  await office.jobs.runDue();
};

describe('a colleague who is asked', () => {
  it('takes the deal on: what is asked of it is asked of them, and the giver hears of it', async () => {
    const { office, propose, asked, decide, doorsOf } = await acme();
    expect(await propose(BEN)).toMatchObject({ kind: 'proposed' });
    const { handOverId, last } = asked(BEN);
    expect(last).toMatchObject({ kind: 'asked', handOver: { ending: null, line: 'They know you' } });
    const before = await doorsOf(ANA);
    expect([before > 0, await doorsOf(BEN)]).toEqual([true, 0]);
    expect(await decide(takeHandOver, BEN, handOverId)).toMatchObject({ kind: 'done' });
    expect([await doorsOf(ANA), await doorsOf(BEN)]).toEqual([0, before]);
    expect(asked(BEN).last).toMatchObject({ kind: 'asked', handOver: { ending: 'taken' } });
    expect(asked(ANA).last).toMatchObject({ kind: 'told', handOver: { endedBy: { name: 'Ben Example' } } });
    expect(office.slack.bundlesOf(BEN.slackUserId)).toHaveLength(1);
    expect(await breaches(office)).toEqual([]);
  });

  it('declines: the giver hears of it, and nothing else changes', async () => {
    const { office, propose, asked, decide } = await acme();
    const before = await wholeOf(office);
    await propose(BEN);
    const { handOverId } = asked(BEN);
    expect(await decide(declineHandOver, BEN, handOverId)).toMatchObject({ kind: 'done' });
    expect(await wholeOf(office)).toEqual(before);
    expect(asked(ANA).last).toMatchObject({ kind: 'told', handOver: { ending: 'declined' } });
    expect(await decide(takeHandOver, BEN, handOverId)).toMatchObject({
      kind: 'as_it_stands',
      handOver: { ending: 'declined' },
    });
  });

  it('is asked in their own working time only, and not at all once it is withdrawn', async () => {
    const { office, propose, asked, decide, pass } = await acme();
    const proposed = await propose(CLEO);
    expect(asked(CLEO).last).toBeUndefined();
    const handOverId = proposed.kind === 'proposed' ? proposed.handOver.handOverId : '';
    expect(await decide(withdrawHandOver, BEN, handOverId)).toEqual({ kind: 'not_theirs' });
    expect(await decide(withdrawHandOver, ANA, handOverId)).toMatchObject({ kind: 'done' });
    await pass(24);
    expect(asked(CLEO).last).toBeUndefined();
    await propose(CLEO);
    await pass(24);
    expect(asked(CLEO).last).toMatchObject({ handOver: { ending: null } });
    expect(await breaches(office)).toEqual([]);
  });
});

describe('without an answer for two working days', () => {
  it('the giver’s manager is asked, and told whom it was put to', async () => {
    const { office, propose, asked, decide, pass, doorsOf } = await acme();
    await propose(BEN);
    await pass(47);
    expect(asked(MIA).last).toBeUndefined();
    await pass(2);
    expect(asked(MIA).last).toMatchObject({
      kind: 'asked_above',
      handOver: { to: { name: 'Ben Example' }, asked: { name: 'Mia Example' } },
    });
    expect(asked(BEN).last?.handOver.asked.name).toBe('Mia Example');
    expect(await decide(takeHandOver, MIA, asked(MIA).handOverId)).toMatchObject({ kind: 'done' });
    expect(await doorsOf(MIA)).toBeGreaterThan(0);
    expect(asked(BEN).last?.handOver).toMatchObject({ ending: 'taken', endedBy: { name: 'Mia Example' } });
    expect(await breaches(office)).toEqual([]);
  });

  it('weekends do not count, and the first one’s late yes still does', async () => {
    const { office, propose, asked, decide, pass, doorsOf } = await acme();
    office.clock.moveTo(new Date('2026-11-27T15:00:00Z'));
    await propose(BEN);
    await pass(4 * 24 - 1);
    expect(asked(MIA).last).toBeUndefined();
    await pass(2);
    expect(asked(MIA).last?.kind).toBe('asked_above');
    expect(await decide(takeHandOver, BEN, asked(BEN).handOverId)).toMatchObject({ kind: 'done' });
    expect(await doorsOf(BEN)).toBeGreaterThan(0);
  });

  it('where nobody leads the giver, they hear that nobody answered', async () => {
    const { office, propose, asked, pass, lead } = await acme();
    await lead(ANA, BEN);
    await propose(BEN);
    await pass(49);
    expect(asked(ANA).last).toMatchObject({ kind: 'told', handOver: { ending: 'unanswered' } });
    expect(await breaches(office)).toEqual([]);
  });
});

it('a colleague who leaves is not waited for', async () => {
  const { office, propose, asked, pass } = await acme();
  await propose(BEN);
  await leave(office, BEN);
  await pass(1);
  expect(asked(MIA).last?.kind).toBe('asked_above');
});

it('a deal that was taken on goes up the taker’s line when they leave, not back', async () => {
  const { office, propose, asked, decide, doorsOf, lead } = await acme();
  await lead(BEN, CLEO);
  await propose(BEN);
  await decide(takeHandOver, BEN, asked(BEN).handOverId);
  await leave(office, BEN);
  expect([await doorsOf(ANA), (await doorsOf(CLEO)) > 0]).toEqual([0, true]);
  expect(await breaches(office)).toEqual([]);
});

describe('the source’s own word', () => {
  it('repeated, changes nothing; another owner than before ends the hand-over', async () => {
    const { office, propose, asked, decide, doorsOf } = await acme();
    await propose(BEN);
    await decide(takeHandOver, BEN, asked(BEN).handOverId);
    office.clock.pass({ minutes: 5 });
    const told = (email: string) =>
      office.receive(dealUpdate({ status: 'won', owner: { email }, occurredAt: office.clock.now() }));
    await told('ana@example.com');
    expect([await doorsOf(ANA), (await doorsOf(BEN)) > 0]).toEqual([0, true]);
    office.clock.pass({ minutes: 5 });
    await told('cleo@example.com');
    expect([await doorsOf(BEN), (await doorsOf(CLEO)) > 0]).toEqual([0, true]);
    expect(await breaches(office)).toEqual([]);
  });

  it('that names another owner while somebody is asked lets nobody be asked any more', async () => {
    const { office, propose, asked, decide, pass } = await acme();
    await propose(BEN);
    office.clock.pass({ minutes: 5 });
    const owner = { email: 'cleo@example.com' };
    await office.receive(dealUpdate({ status: 'won', owner, occurredAt: office.clock.now() }));
    await pass(1);
    expect(asked(BEN).last?.handOver.ending).toBe('overtaken');
    expect(await decide(takeHandOver, BEN, asked(BEN).handOverId)).toMatchObject({ kind: 'as_it_stands' });
  });
});

it('what a need of the deal says by which day goes along, and comes back with it', async () => {
  const { office, flow, who, propose, asked, decide } = await acme();
  const [door] = (await showBoard(flow, { ...who(ANA), limit: 1 })).doors;
  const verification = { who: 'Dana', seesValue: 'yes' as const, words: 'A day', heldOn: '2026-11-23' };
  const needs = [{ words: 'A van', neededOn: '2026-12-08' }];
  const answer = { kind: 'verified' as const, verification, needs };
  await receiveAnswer(flow, { ...who(ANA), promptId: door?.promptId ?? '', key: 'said', answer });
  await office.jobs.runDue();
  const askedOf = async () => {
    const { prompts, reps } = await readOffice(office);
    const open = prompts.find(({ question, closedAt }) => question === 'need' && closedAt === null);
    return reps.find(({ id }) => id === open?.repId)?.slackUserId;
  };
  expect(await askedOf()).toBe(ANA.slackUserId);
  await propose(BEN);
  await decide(takeHandOver, BEN, asked(BEN).handOverId);
  expect(await askedOf()).toBe(BEN.slackUserId);
  const factId = asked(BEN).last?.handOver.factId ?? '';
  await undo(flow, { ...who(BEN), factId, key: 'undo' });
  await office.jobs.runDue();
  expect(await askedOf()).toBe(ANA.slackUserId);
});

it('who gave, who took, and who leads them take a hand-over back, and all is as it was', async () => {
  const { office, flow, who, propose, asked, decide, pass } = await acme();
  await propose(BEN);
  office.clock.pass({ minutes: 30 });
  const before = await wholeOf(office);
  await decide(takeHandOver, BEN, asked(BEN).handOverId);
  expect(await wholeOf(office)).not.toEqual(before);
  const factId = asked(BEN).last?.handOver.factId ?? '';
  expect(await findUndoable(flow, { ...who(CLEO), factId })).toEqual({ kind: 'not_theirs' });
  for (const one of [ANA, BEN, MIA])
    expect(await findUndoable(flow, { ...who(one), factId })).toMatchObject({ kind: 'found' });
  expect(await undo(flow, { ...who(ANA), factId, key: 'undo' })).toMatchObject({ kind: 'undone' });
  await office.jobs.runDue();
  expect(await wholeOf(office)).toEqual(before);
  await pass(1);
  expect(await breaches(office)).toEqual([]);
});

it('only who owns it, or leads them, hands it on, and only to somebody who can take it', async () => {
  const { office, propose, flow, who } = await acme();
  await leave(office, CLEO);
  const to = (slackUserId: string) => ({ ...BEN, slackUserId });
  expect(await propose(MIA, BEN)).toEqual({ kind: 'refused', why: 'not_yours' });
  expect(await propose(ANA, ANA)).toEqual({ kind: 'refused', why: 'self' });
  expect(await propose(ANA, MIA)).toEqual({ kind: 'refused', why: 'theirs' });
  expect(await propose(to('UNOBODY'))).toEqual({ kind: 'refused', why: 'no_rep' });
  expect(await propose(CLEO)).toEqual({ kind: 'refused', why: 'left' });
  expect(await propose(BEN, MIA)).toMatchObject({ kind: 'proposed' });
  expect(await propose(MIA)).toMatchObject({ kind: 'waits' });
  const unknown = { engagementId: '01a20f26-0000-779f-8bac-000000000000', toSlackUserId: BEN.slackUserId };
  expect(await proposeHandOver(flow, { ...who(ANA), ...unknown })).toEqual({ kind: 'refused', why: 'gone' });
});

it('an order told in Slack and the CRM’s stay one when it is handed on', async () => {
  const { office, flow, who, asked, decide } = await acme();
  const amount = { value: '7600', currency: 'USD' };
  await declareWon(flow, { ...who(ANA), client: { name: 'Newco', isNew: true }, amount, key: 'told' });
  const deal = { dealId: 'D-2', account: { name: 'Newco' }, status: 'won' as const, amount };
  const tell = () => office.receive(dealUpdate({ ...deal, occurredAt: office.clock.now() }));
  await tell();
  const joined = async () => (await readOffice(office)).engagements.find(({ sameAsId }) => sameAsId !== null);
  const engagementId = (await joined())?.sameAsId ?? '';
  await proposeHandOver(flow, { ...who(ANA), engagementId, toSlackUserId: BEN.slackUserId });
  await office.jobs.runDue();
  expect(await decide(takeHandOver, BEN, asked(BEN).handOverId)).toMatchObject({ kind: 'done' });
  office.clock.pass({ minutes: 5 });
  await tell();
  expect((await joined())?.sameAsId).toBe(engagementId);
  expect(await breaches(office)).toEqual([]);
});

describe('a word about a hand-over', () => {
  it.each(['ambiguous_posted', 'ambiguous_lost', 'dies_after', 'dies_before', 'later'] as const)(
    'reaches Slack once (%s)',
    async (trouble) => {
      const { office, propose, pass } = await acme();
      office.slack.fail(trouble);
      await propose(BEN);
      await pass(3);
      expect(office.slack.handOversOf(BEN.slackUserId)).toHaveLength(1);
    },
  );
});
