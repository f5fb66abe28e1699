import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import type { Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { ANA } from './cast.ts';
import { openOffice, plant, promptsOf } from './plant.ts';
import { select } from './select.ts';

const store = useStore();
const open = async () => await openOffice(store());
const anaIn = ({ workspaceId }: Office) => ({ workspaceId, slackUserId: ANA.slackUserId });

/** Ana answers what she is asked about Acme, and nothing is wrong after it. */
async function answer(office: Office, question: string, said: (needId: string) => Answer): Promise<void> {
  const [prompt] = await select<{ id: string; need: string | null }>(
    office,
    sql`select id::text, need_id::text as need from prompts
      where ${promptsOf(office, 'Acme')} and question = ${question} and closed_at is null`,
  );
  const click = { ...anaIn(office), promptId: prompt?.id ?? '', key: `${question} of Acme` };
  const taken = await receiveAnswer(office.flow, { ...click, answer: said(prompt?.need ?? '') });
  expect(taken.kind).toBe('taken');
  expect(await breaches(office)).toEqual([]);
}

/** Ana hears that Acme needs a second site by that day. */
async function hearOf(office: Office, neededOn: string): Promise<void> {
  const need = { words: 'a second site', neededOn };
  await hearNeed(office.flow, { ...anaIn(office), client: { name: 'Acme' }, need, key: 'need' });
  expect(await breaches(office)).toEqual([]);
}

const change = (office: Office, question: string, set: ReturnType<typeof sql>) =>
  plant(office, sql`update prompts set ${set} where ${promptsOf(office, 'Acme')} and question = ${question}`);

const partly: Answer = {
  kind: 'verified',
  verification: { who: 'Dana', seesValue: 'partly', words: 'it saves hours', heldOn: '2026-11-23' },
  needs: [],
  repair: { what: 'a workshop', by: '2026-12-04' },
};

describe('promise 1 is known to be broken for the day', () => {
  it('of a need that is forgotten, comes too early, or too late', async () => {
    const office = await open();
    await hearOf(office, '2026-12-04');
    const asked = 'the need a second site for 2026-12-04 is asked about on';
    await change(office, 'need', sql`due_at = '2026-12-03T22:00:00Z'`);
    expect(await breaches(office)).toEqual([`${asked} 2026-12-03 23:00:00`]);
    await change(office, 'need', sql`due_at = '2026-12-10T08:00:00Z'`);
    expect(await breaches(office)).toEqual([`${asked} 2026-12-10 09:00:00`]);
    await change(office, 'need', sql`closed_at = now()`);
    expect(await breaches(office)).toEqual([`${asked} no day`]);
  });

  it('of a need that was asked about before it', async () => {
    const office = await open();
    await hearOf(office, '2026-12-04');
    await change(office, 'need', sql`asked = 1, last_asked_at = '2026-12-03T08:00:00Z'`);
    expect(await breaches(office)).toContain(
      'the need a second site for 2026-12-04 was asked about on 2026-12-03 09:00:00',
    );
  });

  it('of a promise that is forgotten', async () => {
    const office = await open();
    const promise = { words: '3 hours a week', by: '2027-01-15' };
    await answer(office, 'promise', () => ({ kind: 'promised', promise, talkOn: '2026-12-01' }));
    await change(office, 'promised', sql`closed_at = now()`);
    expect(await breaches(office)).toEqual(['the promise of D-1 for 2027-01-15 is asked about on no day']);
  });

  it('of a repair that comes too early', async () => {
    const office = await open();
    await answer(office, 'verify', () => partly);
    await change(office, 'verify', sql`due_at = '2026-12-03T22:00:00Z'`);
    expect(await breaches(office)).toContain(
      'the promise of D-1 for 2026-12-04 is asked about on 2026-12-03 23:00:00',
    );
  });
});

it('a push is known where an order begins at a client who does not see yet what another brought', async () => {
  const office = await open();
  await hearOf(office, '2026-11-23');
  await answer(office, 'verify', () => partly);
  office.clock.pass({ minutes: 1 });
  await answer(office, 'need', (needId) => ({ kind: 'need_taken_up', needId, anyway: true }));
  await plant(
    office,
    sql`update answers set fact = jsonb_set(fact, '{answer,anyway}', 'false')
      where workspace_id = ${office.workspaceId} and fact#>>'{answer,kind}' = 'need_taken_up'`,
  );
  expect(await breaches(office)).toEqual(['an order began from a second site while D-1 was not seen']);
});

it('a door is known to be shut for good where a client is waited for, and nobody is asked whether they see it', async () => {
  const office = await open();
  await answer(office, 'verify', () => partly);
  await change(office, 'verify', sql`closed_at = now()`);
  expect(await breaches(office)).toContain(
    'nothing can begin at the client of D-1, and nobody is asked whether they see it',
  );
});
