import { expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { findUndoable } from '../../../src/flow/corrections/find-undoable.ts';
import { undo } from '../../../src/flow/corrections/undo.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { showPrompt } from '../../../src/flow/show/show-prompt.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

it('what a rep will bring is known when it is asked again, in its latest words, also after another day', async () => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ stage: 'develop', account: { name: 'Acme' } }));
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const asked = async () => {
    const { doors } = await showBoard(office.flow, { ...ana, limit: 1 });
    const shown = await showPrompt(office.flow, { ...ana, promptId: doors[0]?.promptId ?? '' });
    if (shown.kind !== 'shown') throw new Error('Ana is asked about Acme');
    return shown.prompt;
  };
  const say = async (answer: Answer) => {
    const { promptId } = await asked();
    const key = JSON.stringify(answer);
    office.clock.pass({ minutes: 1 });
    const taken = await receiveAnswer(office.flow, { ...ana, promptId, key, answer });
    return taken.kind === 'taken' ? taken.prompt : null;
  };
  expect(await asked()).toMatchObject({ question: 'develop', bring: null });
  // Answered, the question says by its answer what will be brought.
  expect(await say({ kind: 'later', on: '2026-11-30', note: 'a demo' })).toMatchObject({ bring: null });
  expect(await asked()).toMatchObject({ question: 'develop', bring: 'a demo' });
  await say({ kind: 'later', on: '2026-12-01', note: 'a dozen demos' });
  const last = await findUndoable(office.flow, ana);
  await undo(office.flow, { ...ana, factId: last.kind === 'found' ? last.told.factId : '', key: 'undo' });
  expect(await asked()).toMatchObject({ question: 'develop', bring: 'a demo' });
  await say({ kind: 'later', on: '2026-12-01', note: 'two demos' });
  await say({ kind: 'later', on: '2026-12-02' });
  expect(await asked()).toMatchObject({ question: 'develop', bring: 'two demos' });
  await say({ kind: 'moved', to: 'deliver' });
  expect(await asked()).toMatchObject({ question: 'deliver', bring: null });
});
