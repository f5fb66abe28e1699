import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { keepTypedNote } from '../../../src/flow/answers/keep-typed-note.ts';
import { sayClientsSame, takeBackSameClient } from '../../../src/flow/joins/same-client.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { stateOf } from '../model/state.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const ACME = { id: 'A-1', name: 'Acme' };
const ACME_CORP = { id: 'A-2', name: 'Acme Corp' };
const EVA = person('Eva');

const anaIn = ({ workspaceId }: Office) => ({ workspaceId, slackUserId: ANA.slackUserId });

async function idOf(office: Office, name: string): Promise<string> {
  const { accounts } = await readOffice(office);
  const borne = accounts.filter((account) => account.name === name);
  const found = borne.find(({ externalId }) => externalId !== null) ?? borne[0];
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found.id;
}

async function join(office: Office, name: string, as: string, key = `join:${name}:${as}`) {
  const [accountId, asId] = [await idOf(office, name), await idOf(office, as)];
  const joined = await sayClientsSame(office.flow, { ...anaIn(office), accountId, asId, key });
  await office.jobs.runDue();
  return joined;
}

async function part(office: Office, name: string, who = ANA) {
  const { joins } = await readOffice(office);
  const id = await idOf(office, name);
  const join = joins.findLast(({ subject }) => subject === id);
  const said = { workspaceId: office.workspaceId, slackUserId: who.slackUserId, joinId: join?.id ?? '' };
  const parted = await takeBackSameClient(office.flow, said);
  await office.jobs.runDue();
  return parted.kind;
}

/** One client, twice in the CRM: Ana has won at one, and heard and noted something at the other. */
async function twice() {
  const office = await Office.open(store(), { people: [ANA, BEN, EVA] });
  await office.receive(
    dealUpdate({ dealId: 'D-1', account: ACME, status: 'won' }),
    dealUpdate({ dealId: 'D-2', account: ACME_CORP }),
  );
  const said = { ...anaIn(office), client: { name: 'Acme Corp' } };
  await hearNeed(office.flow, { ...said, need: { words: 'a van' }, key: 'need:1' });
  await keepTypedNote(office.flow, { ...said, text: 'call Ms Silva', key: 'note:1' });
  return office;
}

async function shown(office: Office, name: string) {
  const found = await showAccount(office.flow, { ...anaIn(office), client: { name }, limit: 10 });
  return found.kind === 'found' ? found.view : null;
}

describe('two accounts that are the same client', () => {
  it('are one from then on: deals, needs, notes, and what comes of either later', async () => {
    const office = await twice();
    expect(await join(office, 'Acme Corp', 'Acme')).toMatchObject({ kind: 'joined' });
    await office.receive(dealUpdate({ dealId: 'D-3', account: ACME_CORP }));
    const view = await shown(office, 'acme corp');
    expect(view).toMatchObject({ account: { name: 'Acme' }, totalTurns: 3, needs: [{ words: 'a van' }] });
    expect(view?.notes).toMatchObject([{ text: 'call Ms Silva' }]);
    expect(new Set(view?.next.map(({ engagement }) => engagement?.id)).size).toBe(3);
    expect(await breaches(office)).toEqual([]);
  });

  it('are two again once that is taken back, as if it had never been said', async () => {
    const office = await twice();
    const before = await stateOf(office, { dates: true });
    await join(office, 'Acme Corp', 'Acme');
    expect(await part(office, 'Acme Corp')).toBe('parted');
    expect(await stateOf(office, { dates: true })).toEqual(before);
    expect(await breaches(office)).toEqual([]);
    expect(await shown(office, 'Acme Corp')).toMatchObject({ totalTurns: 1, notes: [{}] });
  });

  it('are called by both names, in what is typed too', async () => {
    const office = await twice();
    await join(office, 'Acme Corp', 'Acme');
    const need = { words: 'a crane' };
    const said = { ...anaIn(office), client: { name: 'ACME corp' }, need, key: 'need:2' };
    expect(await hearNeed(office.flow, said)).toMatchObject({ kind: 'heard', account: { name: 'Acme' } });
    const order = { ...anaIn(office), client: { name: 'Acme Corp' }, key: 'command:1' };
    expect(await declareWon(office.flow, { ...order, order: { kind: 'another' } })).toMatchObject({
      account: { name: 'Acme' },
    });
  });

  it('take along what is known by their name only, and give it back', async () => {
    const office = await twice();
    await office.receive(dealUpdate({ dealId: 'D-4', account: { name: 'acme corp' } }));
    await join(office, 'Acme Corp', 'Acme');
    expect((await shown(office, 'Acme'))?.totalTurns).toBe(3);
    await part(office, 'Acme Corp');
    expect((await shown(office, 'Acme Corp'))?.totalTurns).toBe(2);
  });

  it('stay one where the CRM gives them other names', async () => {
    const office = await twice();
    await join(office, 'Acme Corp', 'Acme');
    office.clock.pass({ minutes: 1 });
    const renamed = { dealId: 'D-2', account: { id: 'A-2', name: 'Zeta' }, occurredAt: office.clock.now() };
    await office.receive(dealUpdate(renamed));
    expect(await shown(office, 'Zeta')).toMatchObject({ account: { name: 'Acme' }, totalTurns: 2 });
  });

  it('are parted by whoever said it, who leads them, or who works there', async () => {
    const office = await twice();
    await join(office, 'Acme Corp', 'Acme');
    expect(await part(office, 'Acme Corp', BEN)).toBe('not_theirs');
    const owner = { email: BEN.email ?? '' };
    await office.receive(dealUpdate({ dealId: 'D-5', account: ACME, owner }));
    expect(await part(office, 'Acme Corp', BEN)).toBe('parted');
    expect(await shown(office, 'Acme')).toMatchObject({ totalTurns: 2 });
  });
});

it('are the same clients in whatever order people say so and sources tell of them', async () => {
  const names = ['Acme', 'Bolt', 'Corner', 'Dock'];
  const anyDeal = fc.record({
    account: fc.constantFrom(
      ...names.map((name, index) => ({ id: `A-${index}`, name })),
      ...names.map((name): { id?: string; name: string } => ({ name })),
    ),
    status: fc.constantFrom('open' as const, 'won' as const),
  });
  const anyWord = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.boolean());
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDeal, { minLength: 1, maxLength: 6 }),
      fc.array(anyWord, { minLength: 1, maxLength: 4 }),
      fc.nat(6),
      async (deals, words, early) => {
        // Each account is there before anything is said of it.
        const first = names.map((name, index) =>
          dealUpdate({ dealId: `F-${index}`, account: { id: `A-${index}`, name } }),
        );
        const updates = deals.map((deal, index) => dealUpdate({ dealId: `D-${index}`, ...deal }));
        const once = await tell(first, updates, words, updates.length);
        const otherwise = await tell(first, updates.toReversed(), words, early);
        const { accounts: _, ...before } = await stateOf(once);
        const { accounts: __, ...after } = await stateOf(otherwise);
        expect(after).toEqual(before);
        expect(await breaches(once)).toEqual([]);
      },
    ),
    { numRuns: runs(12) },
  );
});

type Word = [name: string, as: string, isTakenBack: boolean];

/** Tells of some deals, then says all the words, then tells of the other deals. */
async function tell(first: DealUpdate[], updates: DealUpdate[], words: readonly Word[], early: number) {
  const office = await Office.open(store());
  await office.receive(...first, ...updates.slice(0, early));
  for (const [index, [name, as, isTakenBack]] of words.entries()) {
    const joined = await join(office, name, as, `join:${index}`);
    if (isTakenBack && joined.kind === 'joined') {
      const { joins } = await readOffice(office);
      const said = joins.find(({ key }) => key === `join:${index}`);
      await takeBackSameClient(office.flow, { ...anaIn(office), joinId: said?.id ?? '' });
      await office.jobs.runDue();
    }
  }
  for (const update of updates.slice(early)) await office.receive(update);
  return office;
}
