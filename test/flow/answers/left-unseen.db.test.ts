import { expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { showPrompt } from '../../../src/flow/show/show-prompt.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const partly: Answer = {
  kind: 'verified',
  verification: { seesValue: 'partly', words: 'one shift still types', heldOn: '2026-11-23' },
  needs: [],
  repair: { what: 'a workshop', by: '2026-12-04' },
};

it('“nothing to follow up here” of what is not seen ends the asking, not the door: the next can begin there', async () => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ status: 'won', account: { name: 'Acme' } }));
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const need = { words: 'a second site', neededOn: '2026-12-01' };
  await hearNeed(office.flow, { ...ana, client: { name: 'Acme' }, need, key: 'need' });
  const promptOf = async (...questions: string[]) => {
    const { doors } = await showBoard(office.flow, { ...ana, limit: 10 });
    const shown = await Promise.all(
      doors.map(({ promptId }) => showPrompt(office.flow, { ...ana, promptId })),
    );
    const open = shown.flatMap((one) => (one.kind === 'shown' ? [one.prompt] : []));
    const found = open.find(({ question }) => questions.includes(question));
    if (found === undefined)
      throw new Error(`nobody is asked ${questions} but ${open.map((p) => p.question)}`);
    return found;
  };
  const say = async (question: string, answer: Answer) => {
    const { promptId } = await promptOf(question);
    return await receiveAnswer(office.flow, { ...ana, promptId, key: `${question} ${answer.kind}`, answer });
  };
  await say('verify', partly);
  expect(await promptOf('need')).toMatchObject({ waitsForRepair: true });
  expect(await say('verify', { kind: 'dismissed' })).toMatchObject({ kind: 'taken' });
  expect(await promptOf('need')).toMatchObject({ waitsForRepair: false });
  const { need: heard } = await promptOf('need');
  expect(await say('need', { kind: 'need_taken_up', needId: heard?.id ?? '' })).toMatchObject({
    kind: 'taken',
  });
  expect(await promptOf('develop')).toMatchObject({ account: { name: 'Acme' } });
});
