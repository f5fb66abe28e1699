import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import type { Stage } from '../../../src/domain/cycle/stage.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import type { PromptView } from '../../../src/flow/show/views.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const verification = { who: 'Dana', seesValue: 'yes' as const, words: 'A day earlier', heldOn: '2026-11-23' };
const needs = [{ words: 'A second line' }];

describe('an answer tells what is asked next', () => {
  it('of the knock on the door, once the client said no', async () => {
    const next = await afterAnswering(
      { status: 'open', stage: 'close' },
      { kind: 'lost', reason: 'No budget', returnOn: '2027-03-01' },
    );
    expect(next).toMatchObject({ question: 'return', dueAt: new Date('2027-03-01T09:00:00Z') });
  });

  it('of the knock on the door, once a day to come back was agreed', async () => {
    const agreed = { kind: 'return' as const, on: '2027-01-11' };
    const next = await afterAnswering(
      { status: 'won' },
      { kind: 'verified', verification, needs: [], next: agreed },
    );
    expect(next).toMatchObject({ question: 'return', dueAt: new Date('2027-01-11T09:00:00Z') });
  });

  it('of the engagement that grew from a need', async () => {
    const next = await afterAnswering(
      { status: 'won' },
      { kind: 'verified', verification, needs, next: { kind: 'engage_heard', index: 0 } },
    );
    expect(next).toMatchObject({ question: 'develop', engagement: { name: 'A second line' } });
  });
});

it('an answer to what has moved on is refused, with where to look instead', async () => {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ status: 'won' }));
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const { doors } = await showBoard(office.flow, { ...ana, limit: 1 });
  office.clock.pass({ minutes: 1 });
  await office.receive(dealUpdate({ status: 'lost', occurredAt: office.flow.now() }));
  const answer = { kind: 'later' as const, on: '2026-11-30' };
  const promptId = doors[0]?.promptId ?? '';
  const answered = await receiveAnswer(office.flow, { ...ana, promptId, key: 'click:1', answer });
  expect(answered).toEqual({
    kind: 'refused',
    why: 'moved_on',
  });
});

/** What is asked next once Ana has answered the question about a deal of hers. */
async function afterAnswering(
  deal: { status: 'open' | 'won'; stage?: Stage },
  answer: Answer,
): Promise<PromptView | null> {
  const office = await Office.open(store());
  await office.receive(dealUpdate(deal));
  const ana = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  const { doors } = await showBoard(office.flow, { ...ana, limit: 1 });
  const promptId = doors[0]?.promptId ?? '';
  const answered = await receiveAnswer(office.flow, { ...ana, promptId, key: 'click:1', answer });
  if (answered.kind === 'refused') throw new Error(answered.why);
  return answered.next;
}
