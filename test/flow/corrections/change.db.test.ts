import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { changeAnswer } from '../../../src/flow/corrections/change-answer.ts';
import { changeNeed, type NeedChange } from '../../../src/flow/corrections/change-need.ts';
import { findUndoable } from '../../../src/flow/corrections/find-undoable.ts';
import { undo } from '../../../src/flow/corrections/undo.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { wholeOf } from '../model/put-right.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const sees = (seesValue: 'yes' | 'not_yet', words: string): Answer => ({
  kind: 'verified',
  verification: { seesValue, words, heldOn: '2026-11-23' },
  needs: [{ words: 'A second line', neededOn: '2026-12-18' }],
});

/** Ana has won Acme, and answers whether they see it. */
async function won() {
  const office = await Office.open(store(), { people: [ANA, BEN] });
  await office.receive(dealUpdate({ status: 'won' }));
  await office.sweep();
  const { flow, workspaceId } = office;
  const ana = { workspaceId, slackUserId: ANA.slackUserId };
  let clicks = 0;
  const key = () => {
    clicks += 1;
    return `click-${clicks}`;
  };
  const last = async () => {
    const found = await findUndoable(flow, ana);
    return found.kind === 'found' ? found.told.factId : '';
  };
  const say = async (answer: Answer) => {
    const open = (await readOffice(office)).prompts.find(
      (one) => one.closedAt === null && one.question === 'verify',
    );
    await receiveAnswer(flow, { ...ana, promptId: open?.id ?? '', key: key(), answer });
    await office.jobs.runDue();
    return await last();
  };
  const takeBackLast = async () => await undo(flow, { ...ana, factId: await last(), key: key() });
  return { office, flow, ana, key, last, say, takeBackLast };
}

describe('an answer that was changed', () => {
  it('stands where the first one stood, and gives way to it again when it is taken back', async () => {
    const { office, flow, ana, key, say, takeBackLast } = await won();
    const before = await wholeOf(office);
    const factId = await say(sees('yes', 'A day earlier'));
    const after = await wholeOf(office);
    const changed = await changeAnswer(flow, {
      ...ana,
      factId,
      key: key(),
      answer: sees('not_yet', 'Not so far'),
    });
    expect(changed).toMatchObject({ kind: 'changed', told: { what: { answer: { kind: 'verified' } } } });
    const now = await wholeOf(office);
    expect(now.engagements).toMatchObject([{ stage: 'verify', ending: null }]);
    expect(now.verifications).toEqual([expect.stringContaining('Not so far')]);
    expect(now.needs).toEqual(after.needs);
    expect(await breaches(office)).toEqual([]);
    expect(await takeBackLast()).toMatchObject({ kind: 'undone' });
    expect(await wholeOf(office)).toEqual(after);
    expect(await takeBackLast()).toMatchObject({ kind: 'undone' });
    expect(await wholeOf(office)).toEqual(before);
  });

  it("is none that is taken back, of another kind, or somebody else's", async () => {
    const { flow, ana, key, say } = await won();
    const factId = await say(sees('yes', 'A day earlier'));
    const later = { kind: 'later' as const, on: '2026-12-04' };
    expect(await changeAnswer(flow, { ...ana, factId, key: key(), answer: later })).toEqual({
      kind: 'nothing',
    });
    const ben = { ...ana, slackUserId: BEN.slackUserId };
    const answer = sees('not_yet', 'Not so far');
    expect(await changeAnswer(flow, { ...ben, factId, key: key(), answer })).toEqual({ kind: 'not_theirs' });
  });
});

describe('a need that was heard', () => {
  it.each<[string, (ids: string[]) => NeedChange, object]>([
    [
      'is changed in its words and its day',
      ([needId = '']) => ({ kind: 'need_changed', needId, words: 'A third line', neededOn: '2027-01-15' }),
      { words: 'A third line', neededOn: '2027-01-15' },
    ],
    [
      'is dropped, with the reason',
      ([needId = '']) => ({ kind: 'need_dropped', needId, reason: 'no budget' }),
      { outcome: 'dropped' },
    ],
    [
      'is the same as another',
      ([needId = '', asId = '']) => ({ kind: 'need_same', needId, asId }),
      { outcome: 'same' },
    ],
  ])('%s; undone, it is as before', async (_, change, expected) => {
    const { office, flow, ana, key, takeBackLast } = await won();
    for (const words of ['A second line', 'Training'])
      await hearNeed(flow, {
        ...ana,
        client: { name: 'Acme' },
        need: { words, neededOn: '2026-12-18' },
        key: key(),
      });
    const before = await wholeOf(office);
    const ids = (await readOffice(office)).needs.map(({ id }) => id);
    const changed = await changeNeed(flow, { ...ana, change: change(ids), key: key() });
    expect(changed).toMatchObject({ kind: 'changed', account: 'Acme', need: expected });
    expect(await wholeOf(office)).not.toEqual(before);
    expect(await breaches(office)).toEqual([]);
    expect(await takeBackLast()).toMatchObject({ kind: 'undone' });
    expect(await wholeOf(office)).toEqual(before);
  });
});
