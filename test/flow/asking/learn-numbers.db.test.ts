import { expect, it } from 'vitest';
import { readRhythms } from '../../../src/db/asking/learned.ts';
import { readPlaybook } from '../../../src/db/who/workspace.ts';
import { DEFAULT_PLAYBOOK } from '../../../src/domain/asking/playbook.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { learnNumbers } from '../../../src/flow/asking/learn-numbers.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, MONDAY, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.parse(MONDAY) - days * DAY_MS);

/** Deals of Ana's at Acme that were open for two days each, with rests between them. */
function turns(count: number, restDays: number): DealUpdate[] {
  return Array.from({ length: count }, (_, index) => {
    const begun = (count - index) * (restDays + 2);
    const closed = { status: 'lost' as const, occurredAt: ago(begun - 2), closedAt: ago(begun - 2) };
    return dealUpdate({ dealId: `D-${index}`, openedAt: ago(begun), ...closed });
  });
}

async function learned(office: Office) {
  await learnNumbers(office.flow);
  return await office.flow.store.read(async (tx) => {
    const { learned: versions } = await readPlaybook(tx, office.workspaceId, DEFAULT_PLAYBOOK);
    const rhythms = await readRhythms(tx, office.workspaceId);
    return { versions: versions.length, rhythms: rhythms.map(({ version, days }) => [version, days]) };
  });
}

it('a client’s own rhythm is learned from twenty rests, once a week, and counts for what ends from then on', async () => {
  const office = await Office.open(store());
  await office.receive(...turns(20, 40));
  expect(await learned(office)).toEqual({ versions: 0, rhythms: [] });
  const last = dealUpdate({ dealId: 'D-20', openedAt: ago(1), occurredAt: ago(1) });
  await office.receive(last);
  expect(await learned(office)).toEqual({ versions: 0, rhythms: [] });
  office.clock.pass({ days: 7 });
  expect(await learned(office)).toEqual({ versions: 1, rhythms: [[1, 40]] });
  office.clock.pass({ days: 7 });
  expect(await learned(office)).toEqual({ versions: 1, rhythms: [[1, 40]] });
  await office.receive({ ...last, eventId: 'lost', occurredAt: office.clock.now(), status: 'lost' });
  const { prompts } = await readOffice(office);
  const [comesBack] = prompts.filter(({ closedAt, question }) => closedAt === null && question === 'return');
  expect(comesBack).toMatchObject({ afterDays: 40, playbookVersion: 1 });
  expect(comesBack?.dueAt).toEqual(new Date('2027-01-18T09:00:00Z'));
});

it('two reps come back to one client a week apart, and the second hears who was there', async () => {
  const office = await Office.open(store());
  const lost = { status: 'lost' as const, occurredAt: ago(0) };
  await office.receive(
    dealUpdate({ dealId: 'D-1', ...lost }),
    dealUpdate({ dealId: 'D-2', owner: { email: BEN.email ?? '' }, ...lost }),
  );
  for (let day = 0; day < 80; day += 1) {
    office.clock.pass({ days: 1 });
    await office.sweep();
  }
  const [ana, ben] = [ANA, BEN].map(({ slackUserId }) => {
    const message = office.slack.ledger.find(
      (one) => one.slackUserId === slackUserId && one.bundle?.prompts[0]?.question === 'return',
    );
    return { on: message?.at.toISOString().slice(0, 10), colleague: message?.bundle?.prompts[0]?.colleague };
  });
  expect(ana).toMatchObject({ on: '2027-01-22', colleague: { name: 'Ben Example', how: 'moved' } });
  expect(ben).toMatchObject({ on: '2027-01-29', colleague: { name: 'Ana Example', how: 'asked' } });
});
