import { expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import type { Question } from '../../../src/domain/cycle/stage.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { showPrompt } from '../../../src/flow/show/show-prompt.ts';
import type { PromptView } from '../../../src/flow/show/views.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const partly: Extract<Answer, { kind: 'verified' }> = {
  kind: 'verified',
  verification: { seesValue: 'partly', words: 'one shift still types', heldOn: '2026-11-23' },
  needs: [],
  repair: { what: 'a workshop', by: '2026-12-04' },
};

/** Ana has won Acme, who see it partly and need a second site. */
async function notSeen() {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ status: 'won', account: { name: 'Acme' } }));
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const need = { words: 'a second site', neededOn: '2026-12-01' };
  await hearNeed(office.flow, { ...ana, client: { name: 'Acme' }, need, key: 'need' });
  const asked = async (question: Question): Promise<PromptView> => {
    const { doors } = await showBoard(office.flow, { ...ana, limit: 10 });
    for (const { promptId } of doors) {
      const shown = await showPrompt(office.flow, { ...ana, promptId });
      if (shown.kind === 'shown' && shown.prompt.question === question) return shown.prompt;
    }
    throw new Error(`nobody is asked: ${question}`);
  };
  const say = async (question: Question, answer: Answer) => {
    const { promptId } = await asked(question);
    return await receiveAnswer(office.flow, { ...ana, promptId, key: `${question} ${answer.kind}`, answer });
  };
  await say('verify', partly);
  expect(await asked('need')).toMatchObject({ waitsForRepair: true });
  return { office, asked, say };
}

it('“nothing to follow up here” of what is not seen ends the asking, not the door: the next can begin there', async () => {
  const { asked, say } = await notSeen();
  expect(await say('verify', { kind: 'dismissed' })).toMatchObject({ kind: 'taken' });
  const { need, waitsForRepair } = await asked('need');
  expect(waitsForRepair).toBe(false);
  const begins = await say('need', { kind: 'need_taken_up', needId: need?.id ?? '' });
  expect(begins).toMatchObject({ kind: 'taken' });
  expect(await asked('develop')).toMatchObject({ account: { name: 'Acme' } });
});

it('whether they see it can be told, too, once the deal has been opened again', async () => {
  const { office, asked, say } = await notSeen();
  office.clock.pass({ minutes: 1 });
  await office.receive(
    dealUpdate({ status: 'open', account: { name: 'Acme' }, occurredAt: office.clock.now() }),
  );
  const yes: Answer = { ...partly, verification: { ...partly.verification, seesValue: 'yes' } };
  expect(await say('promised', { ...yes, repair: undefined })).toMatchObject({ kind: 'taken' });
  expect(await asked('need')).toMatchObject({ waitsForRepair: false });
});
