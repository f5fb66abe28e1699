import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from './breaches.ts';
import { ANA } from './cast.ts';
import { openOffice, plant, promptsOf } from './plant.ts';
import { select } from './select.ts';

const store = useStore();
const open = async () => await openOffice(store());

describe('promise 1 is known to be broken', () => {
  it('where an account has nothing that is asked', async () => {
    const office = await open();
    await plant(office, sql`update prompts set closed_at = now() where ${promptsOf(office, 'Corner')}`);
    expect(await breaches(office)).toEqual([
      'account Corner has no question and no return',
      'UANA at Corner has ended everything and never comes back',
    ]);
  });

  it('where an open deal is not asked about in its stage', async () => {
    const office = await open();
    await plant(
      office,
      sql`update prompts set question = 'next' where ${promptsOf(office, 'Acme')} and question = 'verify'`,
    );
    expect(await breaches(office)).toEqual([
      'deal D-1 stands in verify and its owner is not asked about that',
    ]);
  });

  it('where whoever is asked has left Slack', async () => {
    const office = await open();
    await plant(
      office,
      sql`insert into reps (workspace_id, id, name, active, created_at)
        values (${office.workspaceId}, gen_random_uuid(), 'Gone', false, now())`,
    );
    await plant(
      office,
      sql`update prompts set rep_id = (select id from reps where workspace_id = ${office.workspaceId} and name = 'Gone')
        where ${promptsOf(office, 'Corner')} and question = 'return'`,
    );
    expect(await breaches(office)).toEqual([
      'the return of Corner is asked of somebody who cannot be reached',
    ]);
  });

  it('where a deal has ended and is still asked about', async () => {
    const office = await open();
    await plant(
      office,
      sql`update engagements set ending = 'continued', ended_at = now()
        where workspace_id = ${office.workspaceId} and deal_id = 'D-1'`,
    );
    expect(await breaches(office)).toEqual([
      'deal D-1 has ended and is still asked about',
      'UANA at Acme has ended everything and never comes back',
    ]);
  });

  it('where a question is held by a bundle that is through', async () => {
    const office = await open();
    await plant(
      office,
      sql`update prompts set bundle_id = (select id from bundles where workspace_id = ${office.workspaceId} limit 1)
        where ${promptsOf(office, 'Corner')} and question = 'return'`,
    );
    expect(await breaches(office)).toEqual(['the return of Corner is held by a bundle that is delivered']);
  });

  it('where a day that a rep named is forgotten, or comes too early', async () => {
    const office = await open();
    const due = (at: string) =>
      sql`update prompts set due_at = ${at} where ${promptsOf(office, 'Bolt')} and rule = 'named_date'`;
    await plant(office, due('2026-12-03T23:30:00+01:00'));
    expect(await breaches(office)).toEqual([
      'deal D-3 was put off to 2026-12-04 and is asked about on 2026-12-03 23:30:00',
    ]);
    await plant(office, due('2026-12-10T09:00:00+01:00'));
    expect(await breaches(office)).toEqual([
      'deal D-3 was put off to 2026-12-04 and is asked about on 2026-12-10 09:00:00',
    ]);
  });
});

describe('promise 1 is known to be broken for those who come back', () => {
  it('where a colleague moved something meanwhile, or a deal of theirs is open', async () => {
    const office = await open();
    const corner = sql`workspace_id = ${office.workspaceId} and deal_id = 'D-4'`;
    const moved = sql`moved_at = '2027-01-01T09:00:00Z', account_id = (select account_id from engagements
      where workspace_id = ${office.workspaceId} and deal_id = 'D-2')`;
    await plant(office, sql`update engagements set ${moved} where ${corner}`);
    expect(await breaches(office)).toContainEqual(
      expect.stringMatching(/^UANA at Corner comes back too early/),
    );
    const ana = sql`(select named_owner_id from engagements where workspace_id = ${office.workspaceId} and deal_id = 'D-2')`;
    await plant(office, sql`update engagements set named_owner_id = ${ana} where ${corner}`);
    expect(await breaches(office)).toContain(
      'UANA at Corner comes back unasked, and has not ended everything',
    );
  });

  it('where a day that was named is dropped, or comes too early', async () => {
    const office = await open();
    const { flow, workspaceId } = office;
    const [prompt] = await select<{ id: string }>(
      office,
      sql`select id::text from prompts where ${promptsOf(office, 'Corner')} and question = 'return'`,
    );
    const click = { workspaceId, slackUserId: ANA.slackUserId, promptId: prompt?.id ?? '', key: 'come back' };
    await receiveAnswer(flow, { ...click, answer: { kind: 'later', on: '2027-03-01' } });
    expect(await breaches(office)).toEqual([]);
    const corner = sql`${promptsOf(office, 'Corner')} and question = 'return' and closed_at is null`;
    await plant(office, sql`update prompts set due_at = '2027-02-28T22:00:00Z' where ${corner}`);
    expect(await breaches(office)).toEqual(['UANA at Corner comes back before 2027-03-01']);
    await plant(
      office,
      sql`update prompts set due_at = '2027-03-01T08:00:00Z', last_asked_at = '2027-02-28T22:00:00Z' where ${corner}`,
    );
    expect(await breaches(office)).toEqual(['UANA at Corner comes back before 2027-03-01']);
    await plant(
      office,
      sql`update prompts set due_at = '2027-04-01T08:00:00Z', "on" = '2027-04-01', last_asked_at = null where ${corner}`,
    );
    expect(await breaches(office)).toEqual(['UANA at Corner comes back on 2027-03-01 no more']);
  });
});
