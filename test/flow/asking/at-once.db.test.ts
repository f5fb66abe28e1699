import fc from 'fast-check';
import { expect, it } from 'vitest';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { JobRunner } from '../../support/job-runner.ts';
import { ANA, Office } from '../../support/office.ts';
import { runs } from '../../support/runs.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { EVERYBODY } from '../model/cast.ts';
import { stateOf } from '../model/state.ts';
import { anyChange } from '../model/steps.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();

/** Several processes' worth of workers. */
function workers({ flow, clock, workspaceId }: Office, count: number): JobRunner[] {
  return Array.from({ length: count }, () => new JobRunner(flow, clock, workspaceId));
}

it('takes updates that come in all at once, to several workers, as if one came after the other', async () => {
  const change = fc.tuple(anyChange(), fc.nat(3));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 8 }), async (changes) => {
      const office = await Office.open(store(), { people: EVERYBODY });
      const updates = changes.map(([one, hours]) => {
        return dealUpdate({ ...one, occurredAt: new Date(office.clock.now().getTime() - hours * 3_600_000) });
      });
      const crowd = workers(office, 3);
      await Promise.all(
        updates.map(async (update, index) => {
          await gatherDealUpdates(office.flow)(office.workspaceId, [update, ...updates.slice(0, index)]);
          await crowd[index % crowd.length]!.runDue();
        }),
      );
      await office.jobs.runAll();
      await office.sweep();
      expect(await breaches(office)).toEqual([]);
      const calm = await Office.open(store(), { people: EVERYBODY });
      await calm.receive(...updates);
      expect(await stateOf(office)).toEqual(await stateOf(calm));
    }),
    { numRuns: runs(4) },
  );
});

it('takes a click that Slack repeats at once as one answer', async () => {
  const office = await Office.open(store());
  const { flow, workspaceId } = office;
  await office.receive(dealUpdate({ status: 'won' }));
  const promptId = office.slack.bundlesOf(ANA.slackUserId)[0]!.prompts[0]!.promptId;
  const click = { workspaceId, slackUserId: ANA.slackUserId, promptId, key: 'click-1' };
  const answer = { kind: 'later', on: '2026-12-24' } as const;
  const answered = await Promise.all([1, 2, 3].map(() => receiveAnswer(flow, { ...click, answer })));
  expect(answered.map(({ kind }) => kind)).toEqual(['taken', 'taken', 'taken']);
  const { prompts } = await readOffice(office);
  expect(prompts.map(({ closedAt }) => closedAt !== null).sort()).toEqual([false, false, true]);
  expect(await breaches(office)).toEqual([]);
});

it('begins one engagement when two people take up the same need at once', async () => {
  const office = await Office.open(store());
  const { flow, workspaceId } = office;
  const verification = { who: 'Dana', seesValue: 'yes' as const, words: 'saves hours', heldOn: '2026-11-23' };
  await office.receive(dealUpdate({ status: 'won' }), dealUpdate({ dealId: 'D-2', status: 'won' }));
  const prompts = office.slack.bundlesOf(ANA.slackUserId).flatMap((bundle) => bundle.prompts);
  expect(prompts).toHaveLength(2);
  const click = { workspaceId, slackUserId: ANA.slackUserId };
  const say = async (index: number, needs: { words: string }[]) =>
    await receiveAnswer(flow, {
      ...click,
      promptId: prompts[index]!.promptId,
      key: `verified-${index}`,
      answer: { kind: 'verified', verification, needs },
    });
  const [first, second] = [await say(0, [{ words: 'a second site' }]), await say(1, [])];
  if (first.kind !== 'taken' || second.kind !== 'taken') throw new Error('both verifications fit');
  const needId = second.next!.needs[0]!.id;
  const taken = await Promise.all(
    [first, second].map(async ({ next }, index) => {
      const step = { kind: 'engage', needId } as const;
      const answer = { kind: 'next' as const, needs: [], step };
      return await receiveAnswer(flow, { ...click, promptId: next!.promptId, key: `next-${index}`, answer });
    }),
  );
  expect(taken.map(({ kind }) => kind).sort()).toEqual(['refused', 'taken']);
  const { engagements } = await readOffice(office);
  expect(engagements.filter((engagement) => engagement.needId === needId)).toHaveLength(1);
  expect(await breaches(office)).toEqual([]);
});
