import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import type { Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { readOffice } from '../office-rows.ts';
import { breaches } from './breaches.ts';
import { ANA } from './cast.ts';
import { takeBackKey } from './corrections.ts';
import { again, another, openOffice, plant, promptsOf } from './plant.ts';
import { wholeOf } from './put-right.ts';
import { stateOf } from './state.ts';

const store = useStore();
const open = async () => await openOffice(store());

describe('promise 2 is known to be broken', () => {
  // The database holds to this by itself; here it is kept from doing so.
  it('where an engagement has two prompts, or a rep two bundles on their way', async () => {
    const office = await open();
    await plant(office, sql`drop index prompts_one_open`);
    await plant(office, sql`drop index prompts_one_of_stage`);
    await plant(office, sql`drop index bundles_one_on_its_way`);
    await plant(
      office,
      sql`insert into prompts select (jsonb_populate_record(null::prompts,
          to_jsonb(prompts) || jsonb_build_object('id', gen_random_uuid()))).*
        from prompts where ${promptsOf(office, 'Acme')} and question = 'verify'`,
    );
    await plant(
      office,
      sql`insert into bundles (workspace_id, id, rep_id, status, urgent, daily, claimed_at)
        select workspace_id, gen_random_uuid(), id, 'on_its_way', false, false, now()
        from reps cross join generate_series(1, 2) where workspace_id = ${office.workspaceId} and slack_user_id = 'UANA'`,
    );
    expect(await breaches(office)).toEqual([
      'deal D-1 has 2 prompts for verify',
      'UANA has 2 bundles on their way',
    ]);
  });

  it('where a bundle is in Slack twice', async () => {
    const office = await open();
    again(office, { at: new Date('2026-11-24T09:00:00Z') });
    expect(await breaches(office)).toEqual([
      expect.stringMatching(/^bundle \S+ reached Slack 2 times$/),
      'live in 2 messages: UANA: promise of Acme',
    ]);
  });

  it('where a bundle counts as delivered and is not in Slack', async () => {
    const office = await open();
    office.slack.ledger.length = 0;
    expect(await breaches(office)).toEqual([expect.stringMatching(/^bundle \S+ never reached Slack$/)]);
  });

  it('where a question is asked twice on one day', async () => {
    const office = await open();
    const [first] = office.slack.ledger;
    if (first?.bundle == null) throw new Error('Ana was asked about Acme');
    again(office, { bundle: { ...first.bundle, bundleId: 'another' } });
    expect(await breaches(office)).toEqual([
      'asked twice on one day: UANA: promise of Acme on 2026-11-23',
      'live in 2 messages: UANA: promise of Acme',
    ]);
  });

  it('where the only message of a question leads to a later one', async () => {
    const office = await open();
    const [message] = office.slack.ledger;
    if (message?.bundle == null) throw new Error('Ana was asked about Acme');
    const again = { at: new Date('2026-11-24T09:00:00Z'), link: null };
    const askedAgain = { [message.bundle.prompts[0]?.promptId ?? '']: again };
    message.redrawn = { ...message.bundle, askedAgain };
    expect(await breaches(office)).toEqual(['folded everywhere: promise of Acme']);
  });
});

describe('promise 3 is known to be broken', () => {
  it('where two that were told the same have other owners, accounts, stages or dates', async () => {
    const [mine, yours] = [await open(), await open()];
    const dated = async (office: Office) => JSON.stringify(await stateOf(office, { dates: true }));
    // Events have ids of their own here, for they were told twice.
    const plain = async (office: Office) => (await dated(office)).replaceAll(/evt_\d+/g, 'evt');
    expect(await plain(mine)).toEqual(await plain(yours));
    for (const change of [
      sql`update engagements set owner_id = (select id from reps where workspace_id = ${mine.workspaceId} and slack_user_id = 'UBEN')`,
      sql`update engagements set account_id = (select id from accounts where workspace_id = ${mine.workspaceId} and name = 'Corner')`,
      sql`update engagements set stage = 'next'`,
    ]) {
      const before = await plain(mine);
      await plant(mine, sql`${change} where workspace_id = ${mine.workspaceId} and deal_id = 'D-1'`);
      expect(await plain(mine)).not.toEqual(before);
    }
  });

  it('where the order that was told last is not known', async () => {
    const office = await open();
    await plant(
      office,
      sql`update engagements set stage = 'close' where workspace_id = ${office.workspaceId} and deal_id = 'D-1'`,
    );
    await plant(
      office,
      sql`update prompts set question = 'close' where ${promptsOf(office, 'Acme')} and question = 'verify'`,
    );
    expect(await breaches(office)).toEqual([
      expect.stringMatching(/^deal D-1 is told won by evt_\d+ and stands in close, open$/),
    ]);
  });
});

describe('promise 9 is known to be broken', () => {
  it('where something is left of an answer that was taken back', async () => {
    const office = await open();
    const { flow, workspaceId } = office;
    const before = await wholeOf(office);
    const verify = (await readOffice(office)).prompts.find(
      ({ question, closedAt }) => question === 'verify' && closedAt === null,
    );
    const verification = { seesValue: 'yes' as const, words: 'it saves hours', heldOn: '2026-11-23' };
    const answer = { kind: 'verified' as const, verification, needs: [{ words: 'training' }] };
    const click = { workspaceId, slackUserId: ANA.slackUserId, promptId: verify?.id ?? '', key: 'slip' };
    await receiveAnswer(flow, { ...click, answer });
    await takeBackKey(office, 'slip');
    expect(await wholeOf(office)).toEqual(before);
    const ofOffice = sql`where workspace_id = ${workspaceId}`;
    for (const change of [
      sql`update needs set retracted_at = null ${ofOffice}`,
      sql`update verifications set retracted_at = null ${ofOffice}`,
      sql`update engagements set verified_at = won_at ${ofOffice} and deal_id = 'D-1'`,
      sql`update prompts set asked = asked + 1 ${ofOffice} and closed_at is null`,
    ]) {
      const known = await wholeOf(office);
      await plant(office, change);
      expect(await wholeOf(office)).not.toEqual(known);
    }
  });
});

describe('accounts are known to be astray', () => {
  it('where a deal is not with the account that it names, and where its question stayed behind', async () => {
    const office = await open();
    await plant(
      office,
      sql`update engagements set account_id = (select id from accounts where workspace_id = ${office.workspaceId} and name = 'Corner')
        where workspace_id = ${office.workspaceId} and deal_id = 'D-1'`,
    );
    expect(await breaches(office)).toEqual(
      expect.arrayContaining([
        'deal D-1 is not where its account is',
        'a prompt of deal D-1 is not where that is',
      ]),
    );
  });

  it('where a name does not lead to the one account that bears it', async () => {
    const office = await open();
    await plant(
      office,
      sql`insert into accounts (workspace_id, id, name, name_key, named_at, created_at)
        select workspace_id, '00000000-0000-0000-0000-000000000001', 'bolt', 'bolt', named_at, created_at
        from accounts where workspace_id = ${office.workspaceId} and name = 'Bolt'`,
    );
    expect(await breaches(office)).toEqual(['the name bolt leads to the wrong account']);
  });
});

describe('promise 4 is known to be broken', () => {
  it('where somebody is written to at night or at a weekend', async () => {
    const office = await open();
    another(office, { at: new Date('2026-11-27T17:00:00Z') }, 'in the evening');
    another(office, { at: new Date('2026-11-27T17:00:00Z'), timeZone: 'America/New_York' }, 'at noon');
    another(office, { at: new Date('2026-11-28T10:00:00Z') }, 'on a Saturday');
    expect(await breaches(office)).toEqual([
      'UANA was written to at 2026-11-27T17:00:00.000Z, in Europe/Berlin',
      'UANA was written to at 2026-11-28T10:00:00.000Z, in Europe/Berlin',
    ]);
  });

  it('where a day has two daily bundles, or closes are not gathered', async () => {
    const office = await open();
    await plant(office, sql`update bundles set daily = true where workspace_id = ${office.workspaceId}`);
    await plant(
      office,
      sql`insert into bundles (workspace_id, id, rep_id, status, urgent, daily, claimed_at)
        select workspace_id, '00000000-0000-0000-0000-000000000001', rep_id, 'delivered', true, true, claimed_at + interval '2 minutes'
        from bundles where workspace_id = ${office.workspaceId}`,
    );
    another(office, {}, '00000000-0000-0000-0000-000000000001');
    expect(await breaches(office)).toEqual([
      'UANA was sent two daily bundles on 2026-11-23',
      'UANA was asked about two closes within 00:02:00',
    ]);
  });
});

describe('promise 8 is known to be broken', () => {
  it.each([
    ['a rule that there is not', sql`rule = 'on_a_whim'`],
    ['a fact that nobody told', sql`fact_id = 'crm:evt_0'`],
    ['a time that the fact does not tell', sql`since = since - interval '1 hour'`],
  ])('where a prompt is asked for %s', async (_, change) => {
    const office = await open();
    await plant(
      office,
      sql`update prompts set ${change} where ${promptsOf(office, 'Acme')} and question = 'verify'`,
    );
    expect(await breaches(office)).toEqual([expect.stringMatching(/^the verify of Acme is asked by rule /)]);
  });
});
