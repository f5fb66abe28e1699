import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnerRef } from '../../../src/domain/cycle/deal-update.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { ensureRep } from '../../../src/flow/people/ensure-rep.ts';
import { importTeams } from '../../../src/flow/people/import-teams.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { type OfficeRows, readOffice } from '../office-rows.ts';

const store = useStore();
const numRuns = Number(process.env.RUNS ?? 6);

const MIA = person('Mia', { role: 'primary_owner' });
const NAMED_BEN = { realName: 'Ben Smith', displayName: '' };
const BEN_1 = person('Ben1', { ...NAMED_BEN, email: 'ben1@x.io' });
const BEN_2 = person('Ben2', { ...NAMED_BEN, email: 'ben2@x.io' });
/** Nobody tells their deals by e-mail, and one has left. */
const CLEO = person('Cleo', { realName: 'Cleo Park' });
const LEFT = person('Left', { realName: 'Dan Wu', email: 'dan@x.io', active: false });

const wonBy = (dealId: string, owner: OwnerRef) =>
  dealUpdate({ dealId, owner, status: 'won', account: { id: `A-${dealId}`, name: `Account ${dealId}` } });

/** Whose each deal is, and who is asked about it, in the words of Slack and the sources. */
function ownersOf(rows: OfficeRows): Record<string, { whose: string; asked: string }> {
  const nameOf = (id: string) => {
    const rep = rows.reps.find((one) => one.id === id);
    return rep?.slackUserId ?? rep?.name ?? id;
  };
  const deals = rows.engagements.map(({ dealId, namedOwnerId, ownerId, id }) => {
    const prompt = rows.prompts.find((one) => one.engagementId === id && one.closedAt === null);
    const kept = prompt?.unaskableSince == null ? '' : ' (kept)';
    expect(prompt?.repId).toBe(ownerId);
    return [dealId, { whose: nameOf(namedOwnerId), asked: `${nameOf(ownerId)}${kept}` }] as const;
  });
  return Object.fromEntries(deals.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('who owns a deal', () => {
  it('is nobody of two who bear the name, in whatever order they are told of', async () => {
    const facts = [
      wonBy('D-1', { email: 'ben1@x.io', name: 'Ben Smith' }),
      wonBy('D-2', { email: 'ben2@x.io', name: 'Ben Smith' }),
      wonBy('D-3', { name: 'Ben Smith' }),
    ];
    const orders = [facts, facts.toReversed(), [facts[0]!, facts[2]!, facts[1]!]];
    for (const people of [[MIA], [MIA, BEN_1], [MIA, BEN_1, BEN_2]]) {
      const seen: unknown[] = [];
      for (const order of orders) {
        const office = await Office.open(store(), { people });
        for (const fact of order) await office.receive(fact);
        const owners = ownersOf(await readOffice(office));
        expect(owners['D-3']).toEqual({ whose: 'Ben Smith', asked: 'UMIA (kept)' });
        if (people.includes(BEN_1)) expect(owners['D-1']).toEqual({ whose: 'UBEN1', asked: 'UBEN1' });
        if (!people.includes(BEN_2)) expect(owners['D-2']?.asked).toBe('UMIA (kept)');
        seen.push(owners);
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
    }
  });

  it('is the one who bears the name, until another does; the deal follows', async () => {
    const office = await Office.open(store(), { people: [MIA] });
    await office.receive(
      wonBy('D-1', { email: 'ben1@x.io', name: 'Ben Smith' }),
      wonBy('D-3', { name: 'ben smith' }),
    );
    const alone = ownersOf(await readOffice(office));
    expect(alone['D-3']?.whose).toBe('Ben Smith');
    expect((await readOffice(office)).engagements.map((one) => one.namedOwnerId)).toHaveLength(2);
    const [first, third] = (await readOffice(office)).engagements;
    expect(third!.namedOwnerId).toBe(first!.namedOwnerId);
    await office.receive(wonBy('D-2', { email: 'ben2@x.io', name: 'Ben Smith' }));
    const ids = (await readOffice(office)).engagements.map((one) => one.namedOwnerId);
    expect(new Set(ids).size).toBe(3);
    expect(await breaches(office)).toEqual([]);
  });

  it('comes to the same whatever the order, with names that several bear', async () => {
    const owners: OwnerRef[] = [
      { email: 'ben1@x.io', name: 'Ben Smith' },
      { email: 'ben2@x.io', name: 'Ben Smith' },
      { email: 'ben2@x.io', name: 'B. Smith' },
      { email: 'ben1@x.io' },
      { name: 'Ben Smith' },
      { name: 'B. Smith' },
      { name: 'Cleo Park' },
      { email: 'cleo@old.io', name: 'Cleo Park' },
      { email: 'dan@x.io', name: 'Dan Wu' },
      { name: 'Dan Wu' },
    ];
    const anyNews = fc
      .array(
        fc.record({ deal: fc.constantFrom('D-1', 'D-2', 'D-3', 'D-4'), owner: fc.constantFrom(...owners) }),
        {
          minLength: 2,
          maxLength: 7,
        },
      )
      .map((all) =>
        all.map(({ deal, owner }, hour) => ({
          ...wonBy(deal, owner),
          occurredAt: new Date(Date.UTC(2026, 10, 22, hour)),
        })),
      )
      .chain((updates) =>
        fc.record({
          updates: fc.constant(updates),
          order: fc.shuffledSubarray(updates, { minLength: updates.length }),
        }),
      );
    const people = [MIA, BEN_1, CLEO, LEFT];
    await fc.assert(
      fc.asyncProperty(anyNews, fc.subarray(people.slice(1)), async ({ updates, order }, others) => {
        const atOnce = await Office.open(store(), { people: [MIA, ...others] });
        await atOnce.receive(...updates);
        const oneByOne = await Office.open(store(), { people: [MIA, ...others] });
        for (const update of order) await oneByOne.receive(update);
        expect(ownersOf(await readOffice(oneByOne))).toEqual(ownersOf(await readOffice(atOnce)));
        expect(await breaches(oneByOne)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('is the same person with a new account in Slack and the old e-mail', async () => {
    const office = await Office.open(store(), { people: [MIA, ANA] });
    const { flow, workspaceId, slack } = office;
    await office.receive(wonBy('D-1', { email: 'ana@example.com' }));
    const again = { ...ANA, slackUserId: 'UANA2' };
    for (const one of [{ ...ANA, active: false }, again]) {
      slack.setPerson(one);
      await personChanged(flow, { workspaceId, person: one });
      await office.jobs.runDue();
    }
    expect(ownersOf(await readOffice(office))).toEqual({ 'D-1': { whose: 'UANA2', asked: 'UANA2' } });
    expect(await showBoard(flow, { workspaceId, slackUserId: 'UANA2', limit: 9 })).toMatchObject({
      total: 2,
    });
  });

  it('is shown by the name that Slack tells, not by the e-mail', async () => {
    const office = await Office.open(store(), { people: [MIA, ANA] });
    await office.receive(wonBy('D-1', { email: 'ana@example.com' }));
    const { reps } = await readOffice(office);
    expect(reps.find(({ slackUserId }) => slackUserId === 'UANA')?.name).toBe('Ana Example');
  });

  it('is somebody who speaks before anybody told of their deals by name', async () => {
    const office = await Office.open(store(), { people: [MIA, CLEO] });
    await ensureRep(office.flow, { workspaceId: office.workspaceId, slackUserId: CLEO.slackUserId });
    await office.receive(wonBy('D-1', { name: 'Cleo Park' }));
    expect(ownersOf(await readOffice(office))).toEqual({ 'D-1': { whose: 'UCLEO', asked: 'UCLEO' } });
    expect(office.slack.bundlesOf(CLEO.slackUserId)).toHaveLength(1);
  });
});

it('a manager whom teams.csv names answers for their people, being known in Slack by then or later', async () => {
  for (const isFirst of [true, false]) {
    const office = await Office.open(store(), { people: [MIA, ANA, BEN] });
    const { flow, workspaceId } = office;
    const teams = async () => {
      await importTeams(flow, workspaceId, [{ owner: 'Ana Example', manager: 'Ben Example' }]);
      await office.jobs.runDue();
    };
    if (isFirst) await teams();
    await ensureRep(flow, { workspaceId, slackUserId: BEN.slackUserId });
    await office.receive(wonBy('D-1', { email: 'ana@example.com' }));
    if (!isFirst) await teams();
    const [prompt] = (await readOffice(office)).prompts;
    const said = {
      workspaceId,
      promptId: prompt!.id,
      key: 'click',
      answer: { kind: 'later', on: '2026-12-01' } as const,
    };
    expect(await receiveAnswer(flow, { ...said, slackUserId: MIA.slackUserId })).toMatchObject({
      kind: 'refused',
    });
    expect(await receiveAnswer(flow, { ...said, slackUserId: BEN.slackUserId })).toMatchObject({
      kind: 'taken',
    });
  }
});
