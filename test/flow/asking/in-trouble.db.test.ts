import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { savePrompt } from '../../../src/db/asking/prompt.ts';
import { insertMatchedRep } from '../../../src/db/who/rep.ts';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { sendBundles } from '../../../src/flow/asking/send-bundles.ts';
import { sendDigest } from '../../../src/flow/digests/send-digest.ts';
import { subscribeDigest } from '../../../src/flow/digests/subscribe-digest.ts';
import { ensureRep } from '../../../src/flow/people/ensure-rep.ts';
import type { Found } from '../../../src/flow/ports.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { sweepWorkspace } from '../../../src/flow/sweep.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { readJobs } from '../../support/job-runner.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();

/** Nothing can be reckoned for somebody whose clock does not exist. */
const ZOE = person('Zoe', { timeZone: 'Mars/Olympus' });

const won = (dealId: string, owner: { email: string } | { name: string }) =>
  dealUpdate({ dealId, owner, status: 'won', account: { id: dealId, name: `Account ${dealId}` } });
const ofAna = { email: 'ana@example.com' };
const ofZoe = { email: 'zoe@example.com' };

function accountsAsked({ slack }: Office, { slackUserId }: { slackUserId: string }): string[] {
  return slack.bundlesOf(slackUserId).flatMap(({ prompts }) => prompts.map(({ account }) => account.name));
}

describe('a deal that cannot be applied', () => {
  it('holds up no other, is told in the log, and is tried again by the sweep', async () => {
    const { log, lines } = recordingLog();
    const office = await Office.open(store(), { people: [ANA, ZOE], log, playbook: { bundleSize: 7 } });
    const { flow, workspaceId, clock } = office;
    await ensureRep(flow, { workspaceId, slackUserId: ZOE.slackUserId });
    const deals = ['D-1', 'D-2', 'D-3', 'D-4', 'D-5', 'D-6', 'D-7'].map((dealId) => won(dealId, ofAna));
    await office.receive(...deals.slice(0, 4), won('Z-1', ofZoe), ...deals.slice(4));
    expect(accountsAsked(office, ANA)).toHaveLength(7);
    const told = lines.filter(({ message }) => message.startsWith('a deal could not be applied'));
    expect(told).toMatchObject([{ level: 'error', data: { dealId: 'Z-1' } }]);
    clock.pass({ minutes: 2 });
    await sweepWorkspace(flow, workspaceId);
    expect((await readJobs(store(), workspaceId)).map(({ name }) => name)).toContain('apply-deal-updates');
    await office.jobs.runDue();
  });
});

describe('owners are matched', () => {
  it('also when one of them cannot be', async () => {
    const office = await Office.open(store(), { people: [ANA, ZOE] });
    await office.receive(won('Z-1', ofZoe), won('D-1', ofAna));
    expect(office.jobs.failures.length).toBeGreaterThan(0);
    expect(accountsAsked(office, ANA)).toEqual(['Account D-1']);
  });

  it('also when more of those before them never were than anybody has patience for', async () => {
    const office = await Office.open(store());
    const { flow, workspaceId } = office;
    await flow.store.transaction(async (tx) => {
      for (let index = 0; index < 1_001; index += 1) {
        const id = `01a207b5-954c-70c0-9110-${String(index).padStart(12, '0')}`;
        await insertMatchedRep(tx, { workspaceId, id, name: `Gone ${index}`, createdAt: new Date(0) });
      }
    });
    await office.receive(won('D-1', ofAna), won('D-2', { name: 'Ben Example' }));
    expect(accountsAsked(office, ANA)).toEqual(['Account D-1']);
    expect(accountsAsked(office, BEN)).toEqual(['Account D-2']);
  });
});

describe('the sweep', () => {
  it('goes on with the next step when one fails, and says so at the end', async () => {
    const office = await Office.open(store(), { people: [ANA, ZOE] });
    const { flow, workspaceId, clock } = office;
    await office.receive(dealUpdate({ status: 'open', owner: ofAna }));
    await subscribeDigest(flow, {
      workspaceId,
      slackUserId: ANA.slackUserId,
      channelId: 'C1',
      cadence: 'daily',
    });
    await ensureRep(flow, { workspaceId, slackUserId: ZOE.slackUserId });
    const { reps, prompts } = await readOffice(office);
    const zoe = reps.find(({ slackUserId }) => slackUserId === ZOE.slackUserId)!;
    clock.pass({ days: 30 });
    await flow.store.transaction((tx) => savePrompt(tx, workspaceId, prompts[0]!.id, { repId: zoe.id }));
    await expect(sweepWorkspace(flow, workspaceId)).rejects.toThrow(RangeError);
    expect((await readJobs(store(), workspaceId)).map(({ name }) => name)).toContain('send-digest');
    await office.jobs.runDue();
  });
});

describe('a bundle whose first attempt may have gone through', () => {
  it('is sent once when two workers look for it for so long that each thinks the other dead', async () => {
    const office = await Office.open(store());
    const { flow, workspaceId, clock, slack } = office;
    slack.fail('ambiguous_lost');
    await office.receive(won('D-1', ofAna));
    const { promise: absent, resolve } = Promise.withResolvers<Found>();
    const looking = vi.spyOn(slack, 'findBundle').mockImplementation(() => absent);
    clock.pass({ minutes: 1 });
    const first = sendBundles(flow, { workspaceId });
    await expect.poll(() => looking.mock.calls.length).toBe(1);
    clock.pass({ minutes: 1 });
    const second = sendBundles(flow, { workspaceId });
    await expect.poll(() => looking.mock.calls.length).toBe(2);
    resolve({ kind: 'absent' });
    await Promise.all([first, second]);
    looking.mockRestore();
    await office.jobs.runAll();
    expect(accountsAsked(office, ANA)).toEqual(['Account D-1']);
  });
});

it('a question that Slack took without an answer and shows late is sent once, though it had no time in between', async () => {
  const office = await Office.open(store());
  const { slack, jobs } = office;
  vi.spyOn(slack, 'findBundle').mockResolvedValueOnce({ kind: 'absent' });
  slack.fail('ambiguous_posted', 'later');
  await office.receive(won('D-1', ofAna));
  await jobs.runAll();
  expect(accountsAsked(office, ANA)).toEqual(['Account D-1']);
});

describe('a rep whom Slack took for gone', () => {
  it('has their doors again when they speak, though nobody heard that they are back', async () => {
    const office = await Office.open(store());
    const { flow, workspaceId, slack, clock } = office;
    await office.receive(won('D-1', { email: 'ben@example.com' }), won('D-2', ofAna));
    slack.setPerson({ ...ANA, active: false });
    clock.pass({ hours: 1 });
    await office.receive(won('D-3', ofAna));
    const ofBen = { workspaceId, slackUserId: BEN.slackUserId, limit: 9 };
    expect(await showBoard(flow, ofBen)).toMatchObject({ total: 6 });
    slack.setPerson(ANA);
    expect(await showBoard(flow, { ...ofBen, slackUserId: ANA.slackUserId })).toMatchObject({ total: 4 });
    expect(await showBoard(flow, ofBen)).toMatchObject({ total: 2 });
  });
});

describe('a digest', () => {
  it('that could not be read is posted when it can be', async () => {
    const office = await Office.open(store());
    const { flow, workspaceId, clock, slack } = office;
    await subscribeDigest(flow, {
      workspaceId,
      slackUserId: ANA.slackUserId,
      channelId: 'C1',
      cadence: 'daily',
    });
    clock.pass({ days: 1 });
    await sweepWorkspace(flow, workspaceId);
    const [digest] = (await readJobs(store(), workspaceId)).filter(({ name }) => name === 'send-digest');
    const { digestId } = digest!.data as { digestId: string };
    const rename = async (from: string, to: string) =>
      await flow.store.read((tx) => tx.execute(sql.raw(`alter table ${from} rename to ${to}`)));
    await rename('needs', 'needs_away');
    await expect(sendDigest(flow, { workspaceId, digestId })).rejects.toThrow('needs');
    await rename('needs_away', 'needs');
    await office.jobs.runAll();
    expect(slack.ledger.filter(({ channelId }) => channelId === 'C1')).toHaveLength(1);
  });
});

it('a note that comes twice at once is thanked for once', async () => {
  const office = await Office.open(store());
  const { flow, workspaceId } = office;
  const who = { workspaceId, slackUserId: ANA.slackUserId };
  await ensureRep(flow, who);
  const words = { text: 'They want it', writtenAt: office.clock.now(), key: 'note:D1:1.1:1.1' };
  const note = { ...who, channelId: 'D1', ts: '1.1', threadTs: null, ...words };
  const kept = await Promise.all([keepNote(flow, note), keepNote(flow, note)]);
  expect(kept.map(({ again }) => again).sort()).toEqual([false, true]);
});
