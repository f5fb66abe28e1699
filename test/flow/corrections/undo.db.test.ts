import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { findUndoable } from '../../../src/flow/corrections/find-undoable.ts';
import { putBack } from '../../../src/flow/corrections/put-back.ts';
import { undo } from '../../../src/flow/corrections/undo.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { wholeOf } from '../model/put-right.ts';

const store = useStore();
const verification = { who: 'Dana', seesValue: 'yes' as const, words: 'A day earlier', heldOn: '2026-11-23' };
const next = { kind: 'engage_heard' as const, index: 0 };
const YES: Answer = { kind: 'verified', verification, needs: [{ words: 'A second line' }], next };
const PROMISE = { words: '3 hours a week', by: '2026-12-15' };
const NOT_YET: Answer = {
  kind: 'verified',
  verification: { ...verification, seesValue: 'not_yet' },
  needs: [],
  repair: { what: 'a workshop', by: '2026-12-04' },
};
const CLEO = person('Cleo');

/** Ana's deal with Acme, and what she can do about it. */
async function acme(status: 'open' | 'won' = 'open') {
  const office = await Office.open(store(), { people: [ANA, BEN, CLEO] });
  await office.receive(dealUpdate({ status, stage: 'close' }));
  await office.sweep();
  const { flow, workspaceId } = office;
  const ana = { workspaceId, slackUserId: ANA.slackUserId };
  let clicks = 0;
  const say = async (answer: Answer, slackUserId = ANA.slackUserId) => {
    clicks += 1;
    const [door] = (await showBoard(flow, { ...ana, limit: 1 })).doors;
    const promptId = door?.promptId ?? '';
    await receiveAnswer(flow, { workspaceId, slackUserId, promptId, key: `click-${clicks}`, answer });
    await office.jobs.runDue();
    return await last();
  };
  const last = async () => {
    const found = await findUndoable(flow, ana);
    return found.kind === 'found' ? found.told.factId : '';
  };
  const takeBack = async (factId: string, how: Partial<Parameters<typeof undo>[1]> = {}) => {
    clicks += 1;
    const undone = await undo(flow, { ...ana, factId, key: `click-${clicks}`, ...how });
    await office.jobs.runDue();
    return undone;
  };
  return { office, flow, workspaceId, ana, say, last, takeBack };
}

describe('undoing the last answer leaves what would have been', () => {
  it('also where each follows from the one before: a promise, not seen, repaired, seen', async () => {
    const { office, say, takeBack } = await acme('won');
    const before = [];
    const told = [];
    for (const answer of [{ kind: 'promised', promise: PROMISE } as const, NOT_YET, YES]) {
      office.clock.pass({ minutes: 30 });
      before.push(await wholeOf(office));
      told.push(await say(answer));
    }
    for (const [index, factId] of [...told.entries()].reverse()) {
      expect(await takeBack(factId)).toMatchObject({ kind: 'undone' });
      expect((await wholeOf(office)).told).toEqual(before[index]?.told);
      expect((await wholeOf(office)).figures).toEqual(before[index]?.figures);
    }
    expect(await breaches(office)).toEqual([]);
  });

  it.each<[string, 'open' | 'won', Answer]>([
    ['a click', 'open', { kind: 'moved', to: 'deliver' }],
    ['a date', 'open', { kind: 'later', on: '2026-12-04' }],
    ['an order', 'open', { kind: 'won', amount: { value: '7600', currency: 'USD' } }],
    ['a loss', 'open', { kind: 'lost', reason: 'price', returnOn: '2027-03-01' }],
    ['that nothing is to follow up', 'open', { kind: 'dismissed' }],
    ['that nothing is to follow up after the close', 'won', { kind: 'dismissed' }],
    ['the day of a talk', 'won', { kind: 'talk', on: '2026-12-10' }],
    ['a promise', 'won', { kind: 'promised', promise: PROMISE, talkOn: '2026-12-10' }],
    ['a promise not seen yet, and what is done about it', 'won', NOT_YET],
    ['a verification', 'won', { ...YES, next: undefined }],
    ['a verification from which the next deal began', 'won', YES],
    ['a day to come back', 'won', { ...YES, next: { kind: 'return', on: '2027-03-01' } }],
  ])('%s', async (_, status, answer) => {
    const { office, say, takeBack } = await acme(status);
    office.clock.pass({ minutes: 30 });
    const before = await wholeOf(office);
    const factId = await say(answer);
    expect(await wholeOf(office)).not.toEqual(before);
    expect(await takeBack(factId)).toMatchObject({ kind: 'undone', told: { by: 'Ana Example' } });
    expect(await wholeOf(office)).toEqual(before);
    expect(await breaches(office)).toEqual([]);
  });

  it('and the same once more, when that is taken back as well', async () => {
    const { office, flow, ana, say, takeBack } = await acme('won');
    const factId = await say(YES);
    const after = await wholeOf(office);
    const undone = await takeBack(factId);
    const undoId = (undone.kind === 'undone' && undone.undoId) || '';
    expect(await putBack(flow, { ...ana, undoId, key: 'back' })).toMatchObject({ kind: 'back' });
    expect(await wholeOf(office)).toEqual(after);
    expect(await takeBack(factId)).toMatchObject({ kind: 'undone' });
  });
});

it('a question that was answered is asked again in its place, with its asks counted', async () => {
  const { office, flow, ana, say, takeBack } = await acme('won');
  const [asked] = (await showBoard(flow, { ...ana, limit: 1 })).doors;
  const factId = await say({ kind: 'later', on: '2026-12-04' });
  const undone = await takeBack(factId);
  expect(undone).toMatchObject({ next: { promptId: asked?.promptId, asked: 1 } });
  const [redrawn] = office.slack.ledger.slice(-1);
  expect(redrawn?.bundle?.prompts[0]).toMatchObject({ promptId: asked?.promptId, state: { kind: 'open' } });
});

describe('who may take something back', () => {
  it('is who said it and who leads them, nobody else', async () => {
    const { flow, workspaceId, say, takeBack } = await acme();
    const factId = await say({ kind: 'later', on: '2026-12-04' });
    expect(await takeBack(factId, { slackUserId: BEN.slackUserId })).toEqual({ kind: 'not_theirs' });
    await setManager(flow, {
      workspaceId,
      slackUserId: ANA.slackUserId,
      managerSlackUserId: CLEO.slackUserId,
    });
    expect(await takeBack(factId, { slackUserId: CLEO.slackUserId })).toMatchObject({ kind: 'undone' });
    expect(await takeBack(factId)).toEqual({ kind: 'nothing' });
  });
});

describe('what people made of it since', () => {
  it('is listed first, and goes or stays as they say', async () => {
    const { office, say, takeBack } = await acme('won');
    const before = await wholeOf(office);
    const factId = await say(YES);
    await say({ kind: 'moved', to: 'deliver' });
    const listed = await takeBack(factId);
    expect(listed).toMatchObject({ kind: 'hangs', told: { hangs: { engagements: [{ stage: 'deliver' }] } } });
    expect(await takeBack(factId, { hanging: 'take_back' })).toMatchObject({ kind: 'undone', undoId: null });
    expect(await wholeOf(office)).toEqual(before);
  });

  it('stays with what it grew from when it is kept', async () => {
    const { office, say, takeBack } = await acme('won');
    const factId = await say(YES);
    await say({ kind: 'moved', to: 'deliver' });
    expect(await takeBack(factId, { hanging: 'keep' })).toMatchObject({ kind: 'undone' });
    const stages = (await wholeOf(office)).engagements.map(({ stage, ending }) => [stage, ending]);
    expect(stages).toEqual(
      expect.arrayContaining([
        ['verify', null],
        ['deliver', null],
      ]),
    );
    expect(await breaches(office)).toEqual([]);
  });

  it('goes with an order that never was: what was answered to it', async () => {
    const { office, say, takeBack } = await acme();
    const before = await wholeOf(office);
    const factId = await say({ kind: 'won' });
    await say(YES);
    expect(await takeBack(factId)).toMatchObject({
      kind: 'hangs',
      told: { hangs: { answers: [{ by: 'Ana Example' }] } },
    });
    await takeBack(factId, { hanging: 'take_back' });
    expect(await wholeOf(office)).toEqual(before);
  });
});

it('an order that was typed is taken back, and its client is as new as before', async () => {
  const { office, flow, ana, last, takeBack } = await acme();
  const before = await wholeOf(office);
  const typed = {
    ...ana,
    client: { name: 'Newco', isNew: true },
    amount: { value: '5', currency: 'USD' },
    key: 'command:1',
  };
  await declareWon(flow, typed);
  expect(await takeBack(await last())).toMatchObject({ kind: 'undone', told: { what: { kind: 'order' } } });
  expect(await wholeOf(office)).toEqual(before);
  expect(await showAccount(flow, { ...ana, client: { name: 'Newco' }, limit: 5 })).toMatchObject({
    kind: 'unknown',
  });
  expect(await breaches(office)).toEqual([]);
});
