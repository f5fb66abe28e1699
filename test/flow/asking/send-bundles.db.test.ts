import { describe, expect, it, vi } from 'vitest';
import { claimDueBundles } from '../../../src/flow/asking/claim-bundles.ts';
import { sendBundles } from '../../../src/flow/asking/send-bundles.ts';
import { applyDealUpdates } from '../../../src/flow/intake/apply-deal-updates.ts';
import { receiveDealUpdates } from '../../../src/flow/intake/receive-deal-updates.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import type { Log } from '../../../src/flow/ports.ts';
import { sweepWorkspace } from '../../../src/flow/sweep.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { readJobs } from '../../support/job-runner.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { recordingLog } from '../../web/recording-log.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const CARL = person('Carl');

/** An office whose reps are known to Slack, each with a deal that is open. */
async function openOffice(reps = [ANA, BEN, CARL], log?: Log): Promise<Office> {
  const people = [ANA, BEN, CARL];
  const office = await Office.open(store(), log === undefined ? { people } : { people, log });
  await office.receive(...reps.map((rep) => dealOf(rep, 'open')));
  return office;
}

function dealOf(rep: { name: string; email: string | null }, status: 'open' | 'won') {
  const account = { id: `A-${rep.name}`, name: `Account of ${rep.name}` };
  return dealUpdate({ dealId: `D-${rep.name}`, owner: { email: rep.email ?? '' }, status, account });
}

/** They have won, and their bundles are on their way; nothing is sent yet. */
async function win({ flow, workspaceId }: Office, ...reps: (typeof ANA)[]): Promise<void> {
  const updates = reps.map((rep) => ({
    ...dealOf(rep, 'won'),
    occurredAt: flow.now(),
    closedAt: flow.now(),
  }));
  await receiveDealUpdates(flow, workspaceId, [updates]);
  await applyDealUpdates(flow, workspaceId);
}

/** Whom Slack has messages for, in the order they came. */
function asked({ slack }: Office): (string | null)[] {
  return slack.ledger.map(({ slackUserId }) => slackUserId);
}

/** How many bundles nobody knows the fate of. */
async function inDoubt(office: Office): Promise<number> {
  return (await readOffice(office)).bundles.filter((bundle) => bundle.ambiguousAttempts > 0).length;
}

const run = ({ flow, workspaceId }: Office) => sendBundles(flow, { workspaceId });

describe('what waits to be sent', () => {
  it('goes closes first, however long the bundles of the day have waited', async () => {
    const office = await openOffice([ANA, BEN]);
    const { flow, workspaceId, clock } = office;
    clock.pass({ days: 27 });
    await office.receive({ ...dealOf(CARL, 'open'), occurredAt: clock.now() });
    clock.pass({ days: 1 });
    expect(await claimDueBundles(flow, workspaceId)).toBe(2);
    clock.pass({ minutes: 20 });
    await win(office, CARL);
    // Each turn comes when the one before has reached Slack: posts on their way together may overtake one another.
    let turns = 0;
    vi.spyOn(office.slack, 'turn').mockImplementation(async (to: string) => {
      if (to !== 'send') return true;
      await expect.poll(() => asked(office).length).toBe(turns);
      turns += 1;
      return true;
    });
    await run(office);
    expect(asked(office)).toHaveLength(3);
    expect(asked(office)[0]).toBe(CARL.slackUserId);
  });

  it('is let through one by one, and the rest stays in the table when the process stops', async () => {
    const office = await openOffice();
    const { flow, workspaceId, slack } = office;
    await win(office, ANA, BEN, CARL);
    const ending = new AbortController();
    vi.spyOn(slack, 'turn').mockImplementationOnce(async () => {
      ending.abort();
      return true;
    });
    await sendBundles(flow, { workspaceId }, ending.signal);
    expect(asked(office)).toHaveLength(1);
    await office.jobs.runDue();
    expect(asked(office)).toHaveLength(3);
  });

  it('does not wait for one whom Slack makes wait', async () => {
    const office = await openOffice();
    await win(office, ANA, BEN, CARL);
    office.slack.fail('later');
    await run(office);
    expect(asked(office)).toHaveLength(2);
    office.clock.pass({ seconds: 31 });
    await office.jobs.runDue();
    expect(asked(office).sort()).toEqual([ANA, BEN, CARL].map(({ slackUserId }) => slackUserId));
  });

  it('is left to its own job by a sweep that comes just then', async () => {
    const { log, lines } = recordingLog();
    const office = await openOffice([ANA], log);
    await win(office, ANA);
    await sweepWorkspace(office.flow, office.workspaceId);
    expect(lines.filter(({ message }) => message.includes('stranded'))).toEqual([]);
  });

  it('needs no DM to be opened, nor to be searched', async () => {
    const office = await openOffice();
    const opened = vi.spyOn(office.slack, 'openDm');
    const searched = vi.spyOn(office.slack, 'findBundle');
    await win(office, ANA);
    await run(office);
    const { reps } = await readOffice(office);
    expect(reps.find(({ slackUserId }) => slackUserId === ANA.slackUserId)?.dmChannelId).toBe('D-UANA');
    expect([opened.mock.calls, searched.mock.calls]).toEqual([[], []]);
  });
});

describe('among replicas', () => {
  it('one sends at a time, and the other has nothing to do', async () => {
    const office = await openOffice();
    await win(office, ANA, BEN);
    const { promise: goesOn, resolve } = Promise.withResolvers<boolean>();
    const turn = vi.spyOn(office.slack, 'turn').mockImplementationOnce(() => goesOn);
    const first = run(office);
    await expect.poll(() => turn.mock.calls.length).toBe(1);
    await run(office);
    expect(asked(office)).toEqual([]);
    resolve(true);
    await first;
    expect(asked(office)).toHaveLength(2);
  });

  it('another takes over within seconds when the one that sends has died', async () => {
    const office = await openOffice();
    const { clock, slack } = office;
    const diedAt = clock.now().getTime();
    await win(office, ANA, BEN);
    vi.spyOn(slack, 'turn').mockRejectedValueOnce(new Error('the process died'));
    await expect(run(office)).rejects.toThrow('died');
    await run(office);
    expect(asked(office)).toEqual([]);
    await office.jobs.runAll();
    expect(asked(office)).toHaveLength(2);
    const last = Math.max(...slack.ledger.map(({ at }) => at.getTime()));
    expect(last - diedAt).toBeLessThanOrEqual(15_000);
  });

  it('another takes over within seconds though its clock is behind that of the one that has died', async () => {
    const office = await openOffice();
    const { flow, slack, clock } = office;
    await win(office, ANA, BEN);
    vi.spyOn(slack, 'turn').mockRejectedValueOnce(new Error('the process died'));
    await expect(run(office)).rejects.toThrow('died');
    const diedAt = clock.now().getTime();
    const now = vi.spyOn(flow, 'now').mockImplementation(() => new Date(clock.now().getTime() - 3_000));
    await office.jobs.runAll();
    now.mockRestore();
    expect(asked(office)).toHaveLength(2);
    const last = Math.max(...slack.ledger.map(({ at }) => at.getTime()));
    expect(last - diedAt).toBeLessThanOrEqual(20_000);
  });

  it('a run that goes on for long keeps its lease, and is no reason for the sweep to step in', async () => {
    const { log, lines } = recordingLog();
    const office = await openOffice([ANA, BEN], log);
    const { flow, workspaceId, clock, slack } = office;
    await win(office, ANA, BEN);
    let turns = 0;
    vi.spyOn(slack, 'turn').mockImplementation(async (_to: string, withinMs: number) => {
      clock.pass({ seconds: withinMs / 1_000 });
      turns += 1;
      if (turns > 8) return true;
      await run(office);
      return false;
    });
    await run(office);
    expect(turns).toBeGreaterThan(8);
    expect(asked(office)).toHaveLength(2);
    await sweepWorkspace(flow, workspaceId);
    expect(lines.filter(({ message }) => message.includes('stranded'))).toEqual([]);
  });
});

describe('a bundle that may have reached Slack', () => {
  it('is looked for before anything is sent again, and not sent when it is there', async () => {
    const office = await openOffice();
    await win(office, ANA);
    office.slack.fail('ambiguous_posted');
    await office.jobs.runAll();
    expect(asked(office)).toEqual([ANA.slackUserId]);
    const [bundle] = (await readOffice(office)).bundles;
    expect(bundle).toMatchObject({ status: 'delivered', attempts: 1 });
  });

  it('is looked for while others are still being sent', async () => {
    const office = await openOffice();
    const { clock, slack } = office;
    await win(office, ANA, BEN, CARL);
    slack.fail('ambiguous_posted');
    const looked = vi.spyOn(slack, 'findBundle');
    let sends = 0;
    vi.spyOn(slack, 'turn').mockImplementation(async (to: string) => {
      if (to === 'send') sends += 1;
      if (to === 'send' && sends === 2) {
        await expect.poll(async () => await inDoubt(office)).toBe(1);
        clock.pass({ seconds: 6 });
      }
      if (to === 'send' && sends === 3) await expect.poll(() => looked.mock.calls.length).toBe(1);
      return true;
    });
    await run(office);
    expect(asked(office)).toHaveLength(3);
  });

  it('is looked for again after a refusal: a "not now" does not mean that it is not there', async () => {
    const office = await openOffice();
    await win(office, ANA);
    office.slack.fail('ambiguous_posted', 'later');
    // Slack is slow: at the first look the message is not there yet.
    vi.spyOn(office.slack, 'findBundle').mockResolvedValueOnce({ kind: 'absent' });
    await office.jobs.runAll();
    expect(asked(office)).toEqual([ANA.slackUserId]);
  });

  it('is looked for no more once its rep has left Slack: what it asked is asked of somebody else', async () => {
    const office = await openOffice();
    const { flow, workspaceId, slack, clock } = office;
    await win(office, ANA);
    slack.fail('ambiguous_posted');
    await office.jobs.runDue();
    const gone = { ...ANA, active: false };
    slack.setPerson(gone);
    await personChanged(flow, { workspaceId, person: gone });
    clock.pass({ minutes: 1 });
    await sweepWorkspace(flow, workspaceId);
    await office.jobs.runAll();
    const ofAna = (await readOffice(office)).bundles.find(({ attempts }) => attempts === 1);
    expect(ofAna).toMatchObject({ status: 'dropped' });
  });

  it('waits no longer for all the times that it was only told to wait', async () => {
    const office = await openOffice();
    const { clock, slack } = office;
    await win(office, ANA);
    slack.fail('later', 'later', 'later', 'later', 'later', 'ambiguous_lost');
    for (let wait = 0; wait < 5; wait += 1) {
      await office.jobs.runDue();
      clock.pass({ seconds: 30 });
    }
    await office.jobs.runDue();
    const since = clock.now().getTime();
    await office.jobs.runAll();
    const [message] = slack.ledger;
    expect((message?.at.getTime() ?? 0) - since).toBeLessThanOrEqual(6_000);
  });

  it('is looked for after longer and longer pauses while nobody knows', async () => {
    const office = await openOffice();
    await win(office, ANA);
    office.slack.fail('ambiguous_lost', 'ambiguous_lost', 'ambiguous_lost');
    const since = office.clock.now().getTime();
    await office.jobs.runAll();
    const [message] = office.slack.ledger;
    expect((message?.at.getTime() ?? 0) - since).toBeGreaterThanOrEqual((5 + 10 + 20) * 1_000);
  });
});

it('a wait is one job, however many bundles it is for', async () => {
  const office = await openOffice();
  const { workspaceId, slack } = office;
  await win(office, ANA, BEN, CARL);
  slack.fail('later', 'later', 'later');
  await office.jobs.runDue();
  const waiting = (await readJobs(store(), workspaceId)).filter(({ name }) => name === 'send-bundles');
  // One for when they are to be tried again, one in case that the run had died.
  expect(waiting).toHaveLength(2);
});
